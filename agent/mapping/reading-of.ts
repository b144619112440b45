/** How the cells of a sample are written: the order of its dates, its decimal mark, what stands between thousands, how minus looks. Pure. */
import type { ReadSettings } from '../formats/format.ts'
import { amountOf, dateOf } from '../formats/values.ts'
import { headerWords } from './header-words.ts'

/** A column of a sample: its header and the cells that are not empty. */
export type SampleColumn = { header: string; cells: readonly string[] }

/** What fits every cell; more than one where the sample leaves it open, and a person says which. None where it holds no such cells. */
export type Readings = {
  date: readonly ReadSettings['date'][]
  decimal: readonly ReadSettings['decimal'][]
  thousands: ReadSettings['thousands']
  minus: ReadSettings['minus']
}

type DateFormat = ReadSettings['date']
const spelledOut: readonly DateFormat[] = ['yyyy-mm-dd', 'mm/dd/yyyy', 'dd/mm/yyyy', 'dd.mm.yyyy', 'dd-mon-yyyy']
const digitsOnly: readonly DateFormat[] = ['yyyymmdd', 'mmddyyyy', 'ddmmyyyy']
const marks = [',', '.', ' ', "'"] as const
const styles = ['leading', 'trailing', 'parentheses', 'unicode', 'cr'] as const

/** All cells of a column say a date, or all say an amount, in at least one way: such columns decide. */
export function readingsOf(columns: readonly SampleColumn[]): Readings {
  const filled = columns.filter(({ cells }) => cells.length > 0)
  const decimal = decimals(filled)
  const amounts = filled.filter((column) => (['.', ','] as const).some((mark) => isAmounts(column, mark)))
  const cells = amounts.flatMap((column) => column.cells)
  const [mark = '.'] = decimal
  return {
    date: dates(filled),
    decimal,
    thousands: marks.filter((between) => between !== mark && cells.some((cell) => isGroupedBy(cell, between))),
    minus: styles.filter((style) => cells.some((cell) => isNegative(cell) && read(cell, mark, [style]))),
  }
}

/** The formats that read the most columns whole. */
function dates(columns: readonly SampleColumn[]): DateFormat[] {
  const readWhole = (format: DateFormat): number =>
    columns.filter(({ header, cells }) => {
      // Eight digits are a date only where the header says so: they may as well be a number.
      if (digitsOnly.includes(format) && !headerWords(header).has('date')) return false
      return cells.every((cell) => dateOf(cell.trim(), format) !== null)
    }).length
  const counts = [...spelledOut, ...digitsOnly].map((format) => ({ format, count: readWhole(format) }))
  const most = Math.max(...counts.map(({ count }) => count))
  return most === 0 ? [] : counts.flatMap(({ format, count }) => (count === most ? [format] : []))
}

/** The marks that read the most columns of amounts whole. None where no amount has a mark: nothing speaks for either. */
function decimals(columns: readonly SampleColumn[]): ReadSettings['decimal'][] {
  const marked = columns.filter(({ cells }) => cells.some((cell) => /\d[.,]\d/.test(cell)))
  const counts = (['.', ','] as const).map((mark) => ({ mark, count: marked.filter((column) => isAmounts(column, mark)).length }))
  const most = Math.max(...counts.map(({ count }) => count))
  return most === 0 ? [] : counts.flatMap(({ mark, count }) => (count === most ? [mark] : []))
}

const isAmounts = ({ cells }: SampleColumn, mark: ReadSettings['decimal']): boolean => cells.every((cell) => read(cell, mark, styles))

const read = (cell: string, decimal: ReadSettings['decimal'], minus: ReadSettings['minus']): boolean =>
  amountOf(cell.trim(), { decimal, minus, thousands: marks.filter((mark) => mark !== decimal) }) !== null

const isNegative = (cell: string): boolean => /^\s*[-−(]|(?:-|\)|CR)\s*$/.test(cell)

/** A blank between thousands is printed three ways (formats/values.ts). */
const isGroupedBy = (cell: string, mark: (typeof marks)[number]): boolean =>
  new RegExp(`\\d${mark === ' ' ? '[ \\u00a0\\u202f]' : `\\${mark}`}\\d{3}(?!\\d)`).test(cell)
