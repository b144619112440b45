/**
 * The spaces French puts before its double signs: they must not break, and nobody can see in a source file whether they do. Before a colon and
 * inside quotation marks a whole one; before ; ! ? a narrow one in France, none in Canada (imprimerie nationale; OQLF).
 */
const whole = '\u00a0'
const before = { 'fr-FR': '\u202f', 'fr-CA': '' } as const

export type French = keyof typeof before

export const frenchSpaces = (text: string, language: French): string =>
  text
    .replaceAll(/ (?=[:»])/g, whole)
    .replaceAll(/(?<=«) /g, whole)
    .replaceAll(/ (?=[;!?])/g, before[language])
