/** Cells become rows: columns found by any of their known names, values read or refused, headers and totals in between told apart. */
import { type Problem, problem, Trouble } from '../../shared/problem.ts'
import type { Column, Format, ReadSettings, Row } from './format.ts'
import { headerName } from './header-names.ts'
import { type Placed, ReportLines, type Skip } from './report-lines.ts'
import { inWidth, readSheetCell, unreadableSheetCell } from './sheet-cell.ts'
import { readValue, unreadable, unreadableCell, type Value } from './values.ts'
import { plainCell } from './workbook/marks.ts'

/** What became of one logical line: a row, a problem, or nothing to take with the reason. */
export type Read = { row: Row } | { problem: Problem } | { skip: Skip }

export class RowReader {
  readonly #format: Format
  readonly #settings: ReadSettings
  readonly #header: readonly string[]
  readonly #file: string
  readonly #columns: readonly Placed[]
  readonly #report: ReportLines
  /** A record with nothing filled: copied for each row, so that all rows are built alike. */
  readonly #empty: Record<string, string | null>
  readonly #dates = new Map<string, Value>()

  /** `above`: the cells of the lines above the header. Throws Trouble `header-twice` when a mapped column stands in the header more than once. */
  constructor(format: Format, settings: ReadSettings, header: readonly string[], file: string, above: readonly (readonly string[])[] = []) {
    this.#format = format
    this.#settings = settings
    this.#header = header.map((cell) => cell.trim())
    this.#file = file
    this.#columns = format.columns.flatMap((column) => placed(column, header, file))
    this.#empty = Object.fromEntries(this.#columns.map((column) => [column.field, null]))
    this.#report = new ReportLines(this.#header, this.#columns, above)
  }

  /** Only mapped columns come out of here; what else the line held is not kept. */
  read(cells: readonly string[], line: number, offset: number): Read {
    return this.#settings.merged ? this.#line(inWidth(cells, this.#header.length), line, offset) : this.#line(cells, line, offset)
  }

  #line(cells: readonly string[], line: number, offset: number): Read {
    const found = this.#report.look(this.#settings.merged ? cells.map(plainCell) : cells)
    if (typeof found === 'string') return { skip: found }
    if (found !== null) return { problem: problem('key-missing', { line, column: found.lacks.name }, { file: this.#file, line }) }
    if (cells.length !== this.#header.length) return { problem: this.#wrongCount(cells.length, line) }
    return this.#row(cells, line, offset)
  }

  #row(cells: readonly string[], line: number, offset: number): Read {
    const fields: Record<string, string | null> = { ...this.#empty }
    for (const column of this.#columns) {
      const cell = cells[column.at] as string
      if (cell === '' && !this.#settings.merged) continue
      const value = column.type === 'date' ? this.#date(cell, column) : this.#value(cell, column)
      if (value === unreadable) return { problem: this.#named(this.#refusal(cell, column, line), cells) }
      if (value === null && this.#settings.merged?.hides(line, column.at)) return { problem: this.#merged(column, line) }
      if (value !== null) fields[column.field] = value
    }
    const key = this.#format.key(fields)
    if (typeof key !== 'string') return { problem: { ...key, params: { ...key.params, line }, at: { ...key.at, file: this.#file, line } } }
    return { row: { key, fields, amount: this.#format.amount === undefined ? null : (fields[this.#format.amount] ?? null), line, offset } }
  }

  #value(cell: string, column: Placed): Value {
    return this.#settings.merged ? readSheetCell(cell, column, this.#settings) : readValue(cell, column, this.#settings)
  }

  #refusal(cell: string, column: Placed, line: number): Problem {
    const place = { file: this.#file, line, column: column.name }
    return this.#settings.merged
      ? unreadableSheetCell(cell, column, this.#settings, place)
      : unreadableCell(cell, column.type, this.#settings, place)
  }

  #merged({ name }: Placed, line: number): Problem {
    return problem('cell-merged', { line, column: name }, { file: this.#file, line, column: name })
  }

  /** Says whose row is in trouble where its key can be read all the same: that record is not missing from the file. A code that cannot be read may be part of the key. */
  #named(trouble: Problem, cells: readonly string[]): Problem {
    const fields: Record<string, string | null> = {}
    for (const column of this.#columns) {
      const value = this.#value(cells[column.at] as string, column)
      if (value === unreadable && column.type === 'code') return trouble
      if (value !== unreadable) fields[column.field] = value
    }
    const key = this.#format.key(fields)
    return typeof key === 'string' ? { ...trouble, params: { ...trouble.params, key } } : trouble
  }

  /** A file holds few dates, many times each. */
  #date(cell: string, column: Placed): Value {
    const known = this.#dates.get(cell)
    if (known !== undefined) return known
    const value = this.#value(cell, column)
    if (this.#dates.size < 10_000) this.#dates.set(cell, value)
    return value
  }

  #wrongCount(found: number, line: number): Problem {
    return problem('row-field-count', { line, found, expected: this.#header.length }, { file: this.#file, line })
  }
}

/** The name a column has in this header: the strongest of those it is known by. */
const nameIn = (column: Column, names: readonly string[]): string | undefined =>
  column.headers.map(headerName).find((name) => names.includes(name))

/** The header, as written, that each field of a format is read from. */
export function fedBy({ columns }: Pick<Format, 'columns'>, header: readonly string[]): Record<string, string> {
  const names = header.map(headerName)
  return Object.fromEntries(
    columns.flatMap((column) => {
      const known = nameIn(column, names)
      return known === undefined ? [] : [[column.field, (header[names.indexOf(known)] ?? known).trim()]]
    }),
  )
}

/** Where a column stands. Absent columns give no field at all. */
function placed(column: Column, header: readonly string[], file: string): Placed[] {
  const names = header.map(headerName)
  const known = nameIn(column, names)
  if (known === undefined) return []
  const at = names.indexOf(known)
  if (names.lastIndexOf(known) !== at)
    throw new Trouble(problem('header-twice', { file, column: header[at] ?? known }, { file, column: header[at] ?? known }))
  return [{ ...column, at, name: (header[at] ?? known).trim() }]
}
