/** A cell of a sheet becomes a value: it says itself what it is, so number styles and date formats of the connection are for its texts only. */
import { type Problem, problem } from '../../shared/problem.ts'
import type { Column, ReadSettings } from './format.ts'
import { dateOf, flagOf, type Place, readValue, unreadable, unreadableCell, type Value } from './values.ts'
import { isMarked, marks, plainCell } from './workbook/marks.ts'

export function readSheetCell(cell: string, column: Column, settings: ReadSettings): Value {
  if (!isMarked(cell)) return readValue(plainCell(cell), column, settings)
  const text = cell.slice(1)
  if (cell.startsWith(marks.number)) return numberAs(text, column, settings) ?? unreadable
  if (!cell.startsWith(marks.date)) return unreadable
  // A code that is a day: a spreadsheet took it for one.
  if (column.type === 'date') return readValue(text, column, settings)
  return column.type === 'text' ? text : unreadable
}

/** Excel keeps 15 digits: what is longer has lost its last ones. */
const lastWholeNumber = 1e15

function numberAs(text: string, { type }: Column, settings: ReadSettings): string | null {
  if (type === 'code') return settings.codes === 'refuse' && Math.abs(Number(text)) >= lastWholeNumber ? null : text
  if (type === 'date') return dateOf(text, settings.date)
  return type === 'flag' ? flagOf(text) : text
}

/** Why a cell of a sheet was refused. */
export function unreadableSheetCell(cell: string, column: Column, settings: ReadSettings, place: Place): Problem {
  const { file, line, column: name } = place
  const at = { file, line, column: name }
  if (cell.startsWith(marks.error)) return problem('cell-error', { line, column: name, text: plainCell(cell) }, at)
  if (cell.startsWith(marks.noValue)) return problem('cell-no-value', { line, column: name }, at)
  return unreadableCell(plainCell(cell), column.type, settings, place)
}

/** Cells of a sheet stand at their place: what is missing at the end is empty, what stands beside the table is not part of it. */
export const inWidth = (cells: readonly string[], width: number): string[] =>
  cells.length < width ? [...cells, ...new Array<string>(width - cells.length).fill('')] : cells.slice(0, width)
