/** Header names as files write them, made comparable: case, blanks and underscores carry no meaning; Xero marks mandatory columns with *. */

/** "Cost Code", "COST_CODE" and "cost_code" are one name. */
export const headerName = (text: string): string =>
  text
    .trim()
    .replace(/^\*/, '')
    .toLowerCase()
    .replace(/[\s_]+/g, '_')

/** The set of comparable names in a header row. */
export const headerNames = (header: readonly string[]): Set<string> => new Set(header.map(headerName).filter((name) => name !== ''))
