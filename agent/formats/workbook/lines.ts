/** Rows of a sheet become lines of CSV: line n is row n, commas, quotes doubled. */
import type { SheetRow } from './sheet.ts'

/** The delimiter of the lines a sheet becomes. */
export const sheetDelimiter = ','

/** Joins rows to lines; rows the sheet leaves out are empty lines. */
export class SheetLines {
  hiddenRows = 0
  #line = 0

  add(rows: readonly SheetRow[]): string {
    let text = ''
    for (const { number, cells, hidden } of rows) {
      text += '\n'.repeat(number - this.#line - 1)
      text += `${cells.map(quoted).join(sheetDelimiter)}\n`
      this.#line = number
      if (hidden && cells.length > 0) this.hiddenRows++
    }
    return text
  }
}

const quoted = (cell: string): string => (cell.includes(sheetDelimiter) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell)
