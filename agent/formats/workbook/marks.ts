/**
 * A sheet's cells know what they are; text lines do not. What is more than text is marked by its first character in the lines made of a sheet:
 * control characters that XML, and so a cell's own text, cannot hold.
 */

/** A number as plain decimal text, a day in the connection's date format, an error as Excel shows it, a formula that was never calculated. */
export const marks = { number: '\u0002', date: '\u0003', error: '\u0004', noValue: '\u0005' } as const

/** Stands for a line break inside a cell, so that a line is a row of the sheet. */
const lineBreak = '\u001e'

export const isMarked = (cell: string): boolean => cell.charCodeAt(0) <= 5

/** A text in one line. */
export const inOneLine = (text: string): string => (/[\r\n]/.test(text) ? text.replace(/\r\n?|\n/g, lineBreak) : text)

/** What a cell says, without its mark and with its line breaks. */
export const plainCell = (cell: string): string => (isMarked(cell) ? cell.slice(1) : cell).replaceAll(lineBreak, '\n')
