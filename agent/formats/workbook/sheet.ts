/** A sheet as rows of cells, in order (ECMA-376 part 1, 18.3). Values are the stored ones: of a formula, what was calculated last. */
import { inOneLine, marks } from './marks.ts'
import type { NumberFormat } from './number-formats.ts'
import { isoDateCell, type NumberSettings, numberCell } from './numbers.ts'
import { RichText } from './shared-strings.ts'
import type { TextStore } from './text-store.ts'
import type { XmlHandlers } from './xml.ts'

/** Cells stand at their place; trailing empty ones are left out. */
export type SheetRow = { number: number; cells: string[]; hidden: boolean }

/** Rows and columns from 0, last ones included. */
export type Range = { top: number; left: number; bottom: number; right: number }

export type SheetContext = NumberSettings & { strings: TextStore; formats: readonly NumberFormat[]; uncalculated: boolean }

const rowLimit = 1_048_576
const columnLimit = 16_384

/** Takes a sheet's tags, gives its rows: feed it, then `take()` what is whole. */
export class SheetReader implements XmlHandlers {
  readonly merged: Range[] = []
  readonly #context: SheetContext
  #rows: SheetRow[] = []
  #row: SheetRow = { number: 0, cells: [], hidden: false }
  #cell = { column: -1, type: 'n', style: 0 }
  #value: string | null = null
  #isFormula = false
  #inValue = false
  readonly #inline = new RichText()

  constructor(context: SheetContext) {
    this.#context = context
  }

  take(): SheetRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'c') this.#beginCell(attributes)
    else if (name === 'v') this.#beginValue()
    else if (name === 'f') this.#isFormula = true
    else if (name === 'row') this.#beginRow(attributes)
    else if (name === 'mergeCell') this.merged.push(rangeOf(attributes['ref'] ?? ''))
    else this.#inline.open(name)
  }

  text(said: string): void {
    if (this.#inValue) this.#value += said
    else this.#inline.add(said)
  }

  close(name: string): void {
    if (name === 'v') this.#inValue = false
    else if (name === 'c') this.#endCell()
    else if (name === 'row') this.#rows.push(this.#row)
    else this.#inline.close(name)
  }

  #beginRow({ r, hidden }: Record<string, string>): void {
    const number = r === undefined ? this.#row.number + 1 : Number(r)
    if (!(number > this.#row.number && number <= rowLimit)) throw new Error(`row ${r} is out of order`)
    this.#row = { number, cells: [], hidden: hidden === '1' || hidden === 'true' }
    this.#cell.column = -1
  }

  #beginCell({ r, t, s }: Record<string, string>): void {
    const column = r === undefined ? this.#cell.column + 1 : columnOf(r)
    if (!(column > this.#cell.column && column < columnLimit)) throw new Error(`cell ${r} is out of order`)
    this.#cell = { column, type: t ?? 'n', style: Number(s ?? 0) }
    this.#value = null
    this.#isFormula = false
  }

  #beginValue(): void {
    this.#inValue = true
    this.#value = ''
  }

  #endCell(): void {
    const cell = this.#cellText()
    if (cell === '') return
    const { cells } = this.#row
    while (cells.length < this.#cell.column) cells.push('')
    cells.push(cell)
  }

  #cellText(): string {
    const { type } = this.#cell
    if (type === 'inlineStr') return inOneLine(this.#inline.take())
    const value = this.#value
    if (this.#isFormula && (this.#context.uncalculated || value === null || (value === '' && type !== 'str'))) return marks.noValue
    if (value === null || value === '') return ''
    return this.#valueText(type, value)
  }

  #valueText(type: string, value: string): string {
    if (type === 's') return this.#shared(value)
    if (type === 'str') return inOneLine(value)
    if (type === 'b') return value === '1' || value === 'true' ? 'TRUE' : 'FALSE'
    if (type === 'e') return marks.error + value
    if (type === 'd') return isoDateCell(value, this.#context.date) ?? value
    return numberCell(value, this.#context.formats[this.#cell.style] ?? 'number', this.#context)
  }

  #shared(index: string): string {
    const text = this.#context.strings.get(Number(index))
    if (text === undefined) throw new Error(`shared text ${index} is missing`)
    return inOneLine(text)
  }
}

/** “AB12” → 27. */
function columnOf(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) & 0xdf
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
  }
  return column - 1
}

function rangeOf(reference: string): Range {
  const [first = '', last = first] = reference.split(':')
  const row = (cell: string): number => Number(/\d+$/.exec(cell)?.[0] ?? 0) - 1
  return { top: row(first), left: columnOf(first), bottom: row(last), right: columnOf(last) }
}
