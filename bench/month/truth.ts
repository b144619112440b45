/** The month's own books: what each record amounts to at its end, and what becomes of each cost. From what was invented, without the agent's code. */
import { centsOn } from './exports.ts'
import { type Month, type MonthCost, size } from './firm.ts'

/** Cents by key. */
export type Amounts = ReadonlyMap<string, number>

/** What becomes of a cost: brought to Procore by itself, in a wage sum, or not at all for a reason. */
export const fates = ['sent', 'wages', 'carried-by-commitment', 'not-a-cost', 'project-unmatched'] as const
export type Fate = (typeof fates)[number]

type Tally = { rows: number; cents: number }
export type Tallies = Readonly<Record<Fate, Tally>>

const last = size.days - 1
const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0)

function fateOf({ jobs }: Pick<Month, 'jobs'>, one: MonthCost): Fate {
  if (one.type === 'Scheduled value') return 'not-a-cost'
  if (one.commitment !== '') return 'carried-by-commitment'
  if (!jobs.find(({ number }) => number === one.job)?.inProcore) return 'project-unmatched'
  return one.type === 'PR cost' ? 'wages' : 'sent'
}

export function tallyCosts(month: Month): Tallies {
  const tallies = Object.fromEntries(fates.map((fate) => [fate, { rows: 0, cents: 0 }])) as Record<Fate, Tally>
  for (const one of month.costs) {
    const tally = tallies[fateOf(month, one)]
    tally.rows += 1
    tally.cents += centsOn(one, last)
  }
  return tallies
}

const wageKey = (one: MonthCost): string => `wages ${[one.job, one.extra, one.code, one.category, one.date.slice(0, 7)].join('|')}`

/** What should stand as direct costs, by origin. */
export function directCosts(month: Month, key: string): Amounts {
  const sums = new Map<string, number>()
  const add = (origin: string, cents: number) => sums.set(origin, (sums.get(origin) ?? 0) + cents)
  for (const one of month.costs) {
    const fate = fateOf(month, one)
    if (fate === 'sent') add(`${key}:jc-transactions:${one.run}|1|${one.sequence}|1`, centsOn(one, last))
    if (fate === 'wages') add(`${key}:jc-transactions:${wageKey(one)}`, centsOn(one, last))
  }
  return sums
}

export const payments = ({ invoices }: Month, key: string): Amounts =>
  new Map(
    invoices.flatMap(({ paid, vendor, invoice }) =>
      paid ? [[`${key}:ap-payments:P${paid.check}|${vendor}|${invoice}`, paid.cents] as const] : [],
    ),
  )

export const originals = ({ commitments }: Month): Amounts =>
  new Map(commitments.map(({ number, lines }) => [number, sum(lines.map(({ cents }) => cents))]))

export const approved = ({ commitments }: Month): Amounts =>
  new Map(commitments.map(({ number, orders }) => [number, sum(orders.map(({ cents }) => cents))]))

export const revised = (month: Month): Amounts => {
  const changes = approved(month)
  return new Map([...originals(month)].map(([number, cents]) => [number, cents + (changes.get(number) ?? 0)]))
}

/** What Procore is known to say otherwise, on the original and so on the revised amount. */
export const differences = ({ commitments }: Month): Amounts => new Map(commitments.map(({ number, differsBy }) => [number, differsBy]))

export const changeOrders = ({ commitments }: Month): Amounts =>
  new Map(commitments.flatMap(({ number, orders }) => orders.map((one) => [`${number}|${one.number}`, one.cents] as const)))

export const invoices = ({ invoices: all }: Month): Amounts =>
  new Map(all.map(({ vendor, invoice, cents }) => [`${vendor}|${invoice}`, cents]))

export const distributions = ({ invoices: all }: Month): Amounts =>
  new Map(all.flatMap(({ vendor, invoice, shares }) => shares.map((cents, n) => [`${vendor}|${invoice}|${n + 1}`, cents] as const)))

/** Lines of commitments, by commitment and number. */
export const commitmentItems = ({ commitments }: Month): Amounts =>
  new Map(commitments.flatMap(({ number, lines }) => lines.map(({ cents }, n) => [`${number}|${n + 1}`, cents] as const)))
