import { decimalText, tenThousandths } from './content.ts'

/** Rows and their amount, in ten-thousandths. */
export type Tally = { rows: number; amount: bigint }

/**
 * Control totals of one file: every row is counted once, either as going to Procore or under the reason why not, so that
 * sent + left out = the file's total to the cent. Rows whose amount could not be read are counted apart; their amount is unknown.
 */
export class Totals {
  readonly #tallies = new Map<string, Tally>()

  add(why: string, amount: number | bigint | null, rows = 1): void {
    const tally = this.of(why)
    tally.rows += rows
    tally.amount += BigInt(amount ?? 0)
    this.#tallies.set(why, tally)
  }

  /** Takes rows out again: lines that are no longer in the file. */
  takeOut(why: string, amount: number | bigint | null, rows = 1): void {
    this.add(why, -BigInt(amount ?? 0), -rows)
  }

  /** Adds what another file's stored totals say. */
  addJson(stored: TotalsJson): void {
    for (const [why, { rows, amount }] of Object.entries(stored)) this.add(why, BigInt(tenThousandths(amount) ?? 0), rows)
  }

  of(why: string): Tally {
    return this.#tallies.get(why) ?? { rows: 0, amount: 0n }
  }

  /** As stored with the file: rows and decimal text by class; classes without rows left off. */
  toJson(): TotalsJson {
    const kept = [...this.#tallies].filter(([, { rows, amount }]) => rows !== 0 || amount !== 0n)
    return Object.fromEntries(kept.map(([why, { rows, amount }]) => [why, { rows, amount: decimalText(amount) }]))
  }

  /** Σ of all classes but those named. */
  sum(but: readonly string[] = []): Tally {
    const all = [...this.#tallies].filter(([why]) => !but.includes(why)).map(([, tally]) => tally)
    return { rows: all.reduce((n, { rows }) => n + rows, 0), amount: all.reduce((n, { amount }) => n + amount, 0n) }
  }
}

export type TotalsJson = Record<string, { rows: number; amount: string }>
