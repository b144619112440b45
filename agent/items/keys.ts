/** Keys of several parts, as the formats make them: one text, never the same for two different keys. */
export const keyOf = (parts: readonly (string | null | undefined)[]): string =>
  parts.map((part) => (part == null ? '' : /[\\|]/.test(part) ? part.replace(/[\\|]/g, '\\$&') : part)).join('|')

/** Leading zeros and what is no letter or digit say nothing about which number is meant; a match without them waits for a person. */
export const looseNumber = (number: string): string =>
  number
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replace(/^0+(?=\d)/, '')
