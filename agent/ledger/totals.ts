import { decimalText, unitsOf } from './content.ts'

/** Rows and their amount, in ten-thousandths. */
type Tally = { rows: number; amount: bigint }

/**
 * Control totals of one file: every row is counted once, either as going to Procore or under the reason why not, so that
 * sent + left out = the file's total to the cent. Rows whose amount could not be read are counted apart; their amount is unknown.
 */
export class Totals {
  readonly #tallies = new Map<string, Tally>()
  /** Whole numbers not yet added to the tallies: as long as they are safe they are exact, and cost a tenth of a BigInt. */
  readonly #small = new Map<string, { rows: number; amount: number }>()

  /** Counts one row read anew. */
  count(why: string, amount: number | null): void {
    const small = this.#small.get(why)
    const sum = (small?.amount ?? 0) + (amount ?? 0)
    if (small === undefined) this.#small.set(why, { rows: 1, amount: sum })
    else if (Number.isSafeInteger(sum)) {
      small.rows += 1
      small.amount = sum
    } else this.add(why, amount)
  }

  add(why: string, amount: number | bigint | null, rows = 1): void {
    const tally = this.#tallies.get(why) ?? { rows: 0, amount: 0n }
    tally.rows += rows
    tally.amount += BigInt(amount ?? 0)
    this.#tallies.set(why, tally)
  }

  #settle(): void {
    for (const [why, { rows, amount }] of this.#small) this.add(why, amount, rows)
    this.#small.clear()
  }

  /** Takes rows out again: lines that are no longer in the file. */
  takeOut(why: string, amount: number | bigint | null, rows = 1): void {
    this.add(why, -BigInt(amount ?? 0), -rows)
  }

  /** Adds what another file's stored totals say. */
  addJson(stored: TotalsJson): void {
    for (const [why, { rows, amount }] of Object.entries(stored)) this.add(why, unitsOf(amount), rows)
  }

  /** As stored with the file: rows and decimal text by class; classes without rows left off. */
  toJson(): TotalsJson {
    this.#settle()
    const kept = [...this.#tallies].filter(([, { rows, amount }]) => rows !== 0 || amount !== 0n)
    return Object.fromEntries(kept.map(([why, { rows, amount }]) => [why, { rows, amount: decimalText(amount) }]))
  }

  /** Σ of all classes. */
  sum(): Tally {
    this.#settle()
    const all = [...this.#tallies.values()]
    return { rows: all.reduce((n, { rows }) => n + rows, 0), amount: all.reduce((n, { amount }) => n + amount, 0n) }
  }
}

export type TotalsJson = Record<string, { rows: number; amount: string }>
