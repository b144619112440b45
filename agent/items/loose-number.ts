/** Leading zeros and what is no letter or digit say nothing about which number is meant; a match without them waits for a person. */
export const looseNumber = (number: string): string =>
  number
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replace(/^0+(?=\d)/, '')
