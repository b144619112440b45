/** Cells become rows: columns found by any of their known names, values read or refused, headers and totals in between told apart. */
import { type Problem, problem, Trouble } from '../../shared/problem.ts'
import type { Column, Format, ReadSettings, Row } from './format.ts'
import { headerName } from './header-names.ts'
import { readValue } from './values.ts'

export type Skip = 'header' | 'total' | 'blank'

/** What became of one logical line: a row, a problem, or nothing to take with the reason. */
export type Read = { row: Row } | { problem: Problem } | { skip: Skip }

type Placed = Column & { at: number; name: string }

export class RowReader {
  readonly #format: Format
  readonly #settings: ReadSettings
  readonly #header: readonly string[]
  readonly #file: string
  readonly #columns: readonly Placed[]

  /** Throws Trouble `header-twice` when a mapped column stands in the header more than once. */
  constructor(format: Format, settings: ReadSettings, header: readonly string[], file: string) {
    this.#format = format
    this.#settings = settings
    this.#header = header
    this.#file = file
    this.#columns = format.columns.flatMap((column) => placed(column, header, file))
  }

  /** Only mapped columns come out of here; what else the line held is not kept. */
  read(cells: readonly string[], line: number, offset: number): Read {
    if (cells.every((cell) => cell.trim() === '')) return { skip: 'blank' }
    if (this.#isHeader(cells)) return { skip: 'header' }
    if (this.#isTotal(cells)) return { skip: 'total' }
    if (cells.length !== this.#header.length) return { problem: this.#wrongCount(cells.length, line) }
    return this.#row(cells, line, offset)
  }

  #row(cells: readonly string[], line: number, offset: number): Read {
    const fields: Record<string, string | null> = {}
    for (const column of this.#columns) {
      const value = readValue(cells[column.at] ?? '', column.type, this.#settings, { file: this.#file, line, column: column.name })
      if ('problem' in value) return value
      fields[column.field] = value.text
    }
    const key = this.#format.key(fields)
    if (typeof key !== 'string') return { problem: { ...key, params: { ...key.params, line }, at: { ...key.at, file: this.#file, line } } }
    return { row: { key, fields, amount: this.#format.amount === undefined ? null : (fields[this.#format.amount] ?? null), line, offset } }
  }

  /** Reports repeat the header on every page. */
  #isHeader(cells: readonly string[]): boolean {
    return (
      cells[0]?.trim() === this.#header[0]?.trim() &&
      cells.length === this.#header.length &&
      cells.every((cell, at) => cell.trim() === this.#header[at]?.trim())
    )
  }

  /** A line that says it is a total and cannot be a record: another required column that is no amount is empty, or it has another width. */
  #isTotal(cells: readonly string[]): boolean {
    const said = cells.findIndex((cell) => cell.trim() !== '')
    if (!saysTotal.test((cells[said] ?? '').trim())) return false
    if (cells.length !== this.#header.length) return true
    return this.#columns.some(
      (column) => column.required && column.at !== said && !isAmount(column) && (cells[column.at] ?? '').trim() === '',
    )
  }

  #wrongCount(found: number, line: number): Problem {
    return problem('row-field-count', { line, found, expected: this.#header.length }, { file: this.#file, line })
  }
}

/** In the languages the product speaks. Words alone decide nothing: see #isTotal. */
const saysTotal =
  /^(?:(?:grand|report|sub|job|vendor|page)[\s-]*)?totals?\b|^(?:sous[\s-]?total|total g[eé]n[eé]ra[l]|summe|zwischensumme|gesamt(?:summe)?)\b/i

const isAmount = ({ type }: Column): boolean => type === 'money' || type === 'quantity'

/** Where a column stands: under the strongest of its known names. Absent columns give no field at all. */
function placed(column: Column, header: readonly string[], file: string): Placed[] {
  const names = header.map(headerName)
  const known = column.headers.map(headerName).find((name) => names.includes(name))
  if (known === undefined) return []
  const at = names.indexOf(known)
  if (names.lastIndexOf(known) !== at)
    throw new Trouble(problem('header-twice', { file, column: header[at] ?? known }, { file, column: header[at] ?? known }))
  return [{ ...column, at, name: (header[at] ?? known).trim() }]
}
