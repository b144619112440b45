/** A line of a CSV file for people (RFC 4180), whose texts never run as formulas. Pure. */
import { safeText } from './safe-text.ts'

/** Cells as texts; null is an empty cell. Ends with CRLF. */
export const csvLine = (cells: readonly (string | null)[]): string =>
  `${cells.map((cell) => (cell === null ? '' : quoted(safeText(cell)))).join(',')}\r\n`

const quoted = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
