/** Texts for other people’s spreadsheets. Pure. */

/** What a spreadsheet takes for a number by itself. */
const isNumber = (text: string): boolean => /^[+-]?\d+(?:[.,]\d+)?$/.test(text)

/** A text that begins like a formula is marked as text: a file's contents must not become one in somebody's workbook. */
export function safeText(text: string): string {
  const line = text.replace(/[\t\r\n]+/g, ' ')
  return /^\s*[=+\-@]/.test(line) && !isNumber(line.trim()) ? `'${line}` : line
}
