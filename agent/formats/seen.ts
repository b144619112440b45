/** An ASCII character that is no blank: most cells begin with one, and need no closer look to be something. */
export const isSeen = (code: number): boolean => code > 32 && code < 127
