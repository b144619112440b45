/** Cells become rows: columns found by any of their known names, values read or refused, headers and totals in between told apart. */
import { type Problem, problem, Trouble } from '../../shared/problem.ts'
import type { Column, Format, ReadSettings, Row } from './format.ts'
import { headerName } from './header-names.ts'
import { type Placed, ReportLines, type Skip } from './report-lines.ts'
import { readValue, unreadable, unreadableCell, type Value } from './values.ts'

/** What became of one logical line: a row, a problem, or nothing to take with the reason. */
export type Read = { row: Row } | { problem: Problem } | { skip: Skip }

export class RowReader {
  readonly #format: Format
  readonly #settings: ReadSettings
  readonly #header: readonly string[]
  readonly #file: string
  readonly #columns: readonly Placed[]
  readonly #report: ReportLines
  readonly #dates = new Map<string, Value>()

  /** `above`: the cells of the lines above the header. Throws Trouble `header-twice` when a mapped column stands in the header more than once. */
  constructor(format: Format, settings: ReadSettings, header: readonly string[], file: string, above: readonly (readonly string[])[] = []) {
    this.#format = format
    this.#settings = settings
    this.#header = header.map((cell) => cell.trim())
    this.#file = file
    this.#columns = format.columns.flatMap((column) => placed(column, header, file))
    this.#report = new ReportLines(this.#header, this.#columns, above)
  }

  /** Only mapped columns come out of here; what else the line held is not kept. */
  read(cells: readonly string[], line: number, offset: number): Read {
    const found = this.#report.look(cells)
    if (typeof found === 'string') return { skip: found }
    if (found !== null) return { problem: problem('key-missing', { line, column: found.lacks.name }, { file: this.#file, line }) }
    if (cells.length !== this.#header.length) return { problem: this.#wrongCount(cells.length, line) }
    return this.#row(cells, line, offset)
  }

  #row(cells: readonly string[], line: number, offset: number): Read {
    const fields: Record<string, string | null> = {}
    for (const column of this.#columns) {
      const cell = cells[column.at] as string
      const value = column.type === 'date' ? this.#date(cell) : readValue(cell, column, this.#settings)
      if (value === unreadable)
        return {
          problem: this.#named(unreadableCell(cell, column.type, this.#settings, { file: this.#file, line, column: column.name }), cells),
        }
      fields[column.field] = value
    }
    const key = this.#format.key(fields)
    if (typeof key !== 'string') return { problem: { ...key, params: { ...key.params, line }, at: { ...key.at, file: this.#file, line } } }
    return { row: { key, fields, amount: this.#format.amount === undefined ? null : (fields[this.#format.amount] ?? null), line, offset } }
  }

  /** Says whose row is in trouble where its key can be read all the same: that record is not missing from the file. */
  #named(trouble: Problem, cells: readonly string[]): Problem {
    const fields: Record<string, string | null> = {}
    for (const column of this.#columns) {
      const value = readValue(cells[column.at] as string, column, this.#settings)
      if (value !== unreadable) fields[column.field] = value
    }
    const key = this.#format.key(fields)
    return typeof key === 'string' ? { ...trouble, params: { ...trouble.params, key } } : trouble
  }

  /** A file holds few dates, many times each. */
  #date(cell: string): Value {
    const known = this.#dates.get(cell)
    if (known !== undefined) return known
    const value = readValue(cell, { type: 'date' }, this.#settings)
    if (this.#dates.size < 10_000) this.#dates.set(cell, value)
    return value
  }

  #wrongCount(found: number, line: number): Problem {
    return problem('row-field-count', { line, found, expected: this.#header.length }, { file: this.#file, line })
  }
}

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
