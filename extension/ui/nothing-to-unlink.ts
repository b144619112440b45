const without: readonly string[] = ['foreign', 'compare-only', 'not-in-procore']

/** Nothing to unlink, or not by us: a button would promise what nobody can keep. The popover says why. */
export const isNothingToUnlink = (code: string): boolean => without.includes(code)
