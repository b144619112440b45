/** A table as Excel takes it from the clipboard: tab and CRLF, numbers in the reader's decimal mark, nothing that could run as a formula. Pure. */
import { safeText } from '../safe-text.ts'

/** A number is a plain decimal text (shared/money.ts), whatever its length: never rounded, never grouped. Null is an empty cell. */
type Cell = string | null | { number: string | null }
export type Table = { head: readonly string[]; rows: readonly (readonly Cell[])[] }

const decimal = /^-?\d+(?:\.\d+)?$/

function cellText(cell: Cell, mark: string): string {
  if (cell === null) return ''
  if (typeof cell === 'string') return safeText(cell)
  const { number } = cell
  return number !== null && decimal.test(number) ? number.replace('.', mark) : safeText(number ?? '')
}

const markOf = (locale: string): string =>
  new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.'

export function tableText({ head, rows }: Table, locale: string): string {
  const mark = markOf(locale)
  return [head, ...rows].map((row) => `${row.map((cell) => cellText(cell, mark)).join('\t')}\r\n`).join('')
}
