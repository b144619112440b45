/** A long list of numbers that mostly count up by two: kept as runs, so a million lines in their old order are one entry. */
import { Growing } from './growing.ts'

export class Runs {
  /** Numbers in all. */
  length = 0
  readonly #firsts = new Growing()
  readonly #lengths = new Growing()
  #next = -1

  push(value: number): void {
    this.length++
    if (value === this.#next) this.#lengths.set(this.#lengths.length - 1, this.#lengths.get(this.#lengths.length - 1) + 1)
    else {
      this.#firsts.push(value)
      this.#lengths.push(1)
    }
    this.#next = value + 2
  }

  /** Each run as its first number and how many there are: first, first + 2, first + 4 … */
  forEach(give: (first: number, length: number) => void): void {
    for (let run = 0; run < this.#firsts.length; run++) give(this.#firsts.get(run), this.#lengths.get(run))
  }
}
