/** Which cells of a sheet have given their place to another: they look filled and hold nothing. */
import type { Range } from './sheet.ts'

export class MergedCells {
  /** Per row, the ranges that cover more than their first cell there. */
  readonly #rows = new Map<number, Range[]>()
  /** Ranges over many rows, looked through one by one: there are few. */
  readonly #tall: Range[] = []

  constructor(ranges: readonly Range[]) {
    for (const range of ranges) {
      if (range.bottom - range.top >= tall) this.#tall.push(range)
      else for (let row = range.top; row <= range.bottom; row++) this.#rows.set(row, [...(this.#rows.get(row) ?? []), range])
    }
  }

  /** `line` from 1, `column` from 0. False for the cell that keeps the value. */
  hides(line: number, column: number): boolean {
    const row = line - 1
    const covers = ({ top, left, bottom, right }: Range): boolean =>
      row >= top && row <= bottom && column >= left && column <= right && !(row === top && column === left)
    return (this.#rows.get(row)?.some(covers) ?? false) || this.#tall.some(covers)
  }
}

const tall = 100
