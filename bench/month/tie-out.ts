/** The end of the month: both sides' totals side by side, to the cent; what is missing, what is there twice, and what was left out for which reason. */
import type { Reader } from '../../agent/ledger/reader.ts'
import { keyText } from '../../shared/record-key.ts'
import { toMillionths } from '../../test/procore/money.ts'
import { centsOn } from './exports.ts'
import { type Month, type MonthCost, size } from './firm.ts'
import type { ProcoreSide } from './procore-side.ts'

export type TieOut = {
  /** Σ of |difference| over everything that should tie, in cents. */
  centsOff: number
  /** What is off, by how much. */
  off: string[]
  /** Records that should stand in Procore and don't. */
  lost: string[]
  /** Origins that stand there more than once, or that nobody knows. */
  doubled: string[]
  /** Σ cents of the JC file by what became of it; their sum is the file's. */
  classes: Record<string, { rows: number; cents: number }>
}

const last = size.days - 1

/** What one cost becomes: sent by itself, part of a wage sum, or left out for a reason. */
function classOf(month: Month, one: MonthCost): string {
  if (one.type === 'Scheduled value') return 'not-a-cost'
  if (one.commitment !== '') return 'carried-by-commitment'
  const known = month.jobs.find(({ number }) => number === one.job)?.inProcore
  if (!known) return 'project-unmatched'
  return one.type === 'PR cost' ? 'wages' : 'sent'
}

const wageKey = (one: MonthCost): string => `wages ${[one.job, one.extra, one.code, one.category, one.date.slice(0, 7)].join('|')}`

export function tieOut(month: Month, side: ProcoreSide, reader: Reader, key: string): TieOut {
  const classes: TieOut['classes'] = {}
  const expected = new Map<string, number>()
  for (const one of month.costs) {
    const [why, cents] = [classOf(month, one), centsOn(one, last)]
    const tally = classes[why] ?? { rows: 0, cents: 0 }
    classes[why] = { rows: tally.rows + 1, cents: tally.cents + cents }
    if (why === 'sent') expected.set(`${key}:jc-transactions:${one.run}|1|${one.sequence}|1`, cents)
    if (why === 'wages') add(expected, `${key}:jc-transactions:${wageKey(one)}`, cents)
  }
  const costs = compare(expected, directCosts(side))
  const payments = compare(expectedPayments(month, key), paymentsIn(side))
  const file = fileTotal(reader)
  const told = month.costs.reduce((all, one) => all + centsOn(one, last), 0)
  const off = [costs, payments, commitmentsOff(month, reader), vendorsOff(month, side)]
  return {
    centsOff: off.reduce((all, one) => all + one.centsOff, 0) + Math.abs(file - told) + classesOff(classes, reader),
    off: off.flatMap(({ off: those = [] }) => those),
    lost: off.flatMap(({ lost }) => lost),
    doubled: off.flatMap(({ doubled }) => doubled),
    classes,
  }
}

type Compared = Pick<TieOut, 'centsOff' | 'lost' | 'doubled'> & { off?: string[] }
type Found = { origin: string; cents: number }

const add = (sums: Map<string, number>, key: string, cents: number): void => void sums.set(key, (sums.get(key) ?? 0) + cents)

function compare(expected: ReadonlyMap<string, number>, found: readonly Found[]): Compared {
  const byOrigin = Map.groupBy(found, ({ origin }) => origin)
  const lost = [...expected.keys()].filter((origin) => !byOrigin.has(origin))
  const doubled = [...byOrigin].flatMap(([origin, all]) => (all.length > 1 || !expected.has(origin) ? [origin] : []))
  const differing = [...expected].flatMap(([origin, cents]) => {
    const there = (byOrigin.get(origin) ?? []).reduce((all, one) => all + one.cents, 0)
    return there === cents ? [] : [{ origin, cents: Math.abs(cents - there) }]
  })
  const centsOff = differing.reduce((all, { cents }) => all + cents, 0)
  return { centsOff, lost, doubled, off: differing.map(({ origin, cents }) => `${origin}: ${cents}`) }
}

const centsOf = (text: unknown): number => Number((toMillionths(text) ?? Number.NaN) as bigint) / 10_000

/** Every direct cost by its origin; those without one were made by nobody here, so they count as unknown. */
function directCosts({ company }: ProcoreSide): Found[] {
  const sums = new Map<number, number>()
  for (const line of company.tables.direct_cost_line_items.live())
    sums.set(line.holder_id, (sums.get(line.holder_id) ?? 0) + centsOf(line.amount))
  return company.tables.direct_costs.live().map(({ id, origin_id }) => ({ origin: origin_id ?? `nobody ${id}`, cents: sums.get(id) ?? 0 }))
}

const expectedPayments = ({ invoices }: Month, key: string): Map<string, number> =>
  new Map(
    invoices.flatMap(({ paid, vendor, invoice }) =>
      paid ? [[`${key}:ap-payments:${keyText([`P${paid.check}`, vendor, invoice])}`, paid.cents] as const] : [],
    ),
  )

const paymentsIn = ({ company }: ProcoreSide): Found[] =>
  company.tables.contract_payments
    .live()
    .map(({ id, origin_id, amount }) => ({ origin: origin_id ?? `nobody ${id}`, cents: centsOf(amount) }))

/** What the ledger says differs is what the month made differ, and nothing else. */
function commitmentsOff(month: Month, { raw }: Reader): Compared {
  const rows = raw
    .prepare(
      `select s.entity, r.key, l.differs, l.item_id from records r join sources s on s.id = r.source join links l on l.record = r.id
       where s.entity in ('commitments', 'commitment-cos', 'ap-invoices') and r.vanished_at is null`,
    )
    .all()
  const differing = new Set(month.commitments.filter(({ differsBy }) => differsBy !== 0).map(({ number }) => number))
  const known = month.commitments.length + month.invoices.filter(({ day }) => day <= last).length
  const orders = month.commitments.reduce((all, one) => all + one.orders.length, 0)
  const lost = rows.filter((row) => row['item_id'] === null).map((row) => `${row['entity']} ${row['key']}`)
  const wrong = rows.filter((row) => (row['differs'] !== null) !== (row['entity'] === 'commitments' && differing.has(String(row['key']))))
  const missing = known + orders - rows.length
  return {
    centsOff: wrong.length,
    lost: [
      ...lost,
      ...wrong.map((row) => `wrongly judged ${row['entity']} ${row['key']}`),
      ...(missing > 0 ? [`${missing} records never taken`] : []),
    ],
    doubled: [],
  }
}

function vendorsOff({ vendors }: Month, { company, vendors: ids }: ProcoreSide): Compared {
  const lost = vendors.filter(({ code, phones }) => company.tables.vendors.get(ids.get(code)!)?.business_phone !== phones[last])
  const doubled = company.tables.vendors.live().length - vendors.length
  return { centsOff: 0, lost: lost.map(({ code }) => `vendor ${code}`), doubled: doubled > 0 ? [`${doubled} vendors too many`] : [] }
}

/** The control total the last file was reported with, in cents. */
function fileTotal({ raw }: Reader): number {
  const row = raw.prepare(`select f.counts from sources s join export_files f on f.id = s.file where s.entity = 'jc-transactions'`).get()
  const counts = JSON.parse(String(row?.['counts'] ?? '{}')) as { total?: string }
  return centsOf(counts.total)
}

/** The agent's own classes against the month's: every exclusion counted with its reason. */
function classesOff(classes: TieOut['classes'], { raw }: Reader): number {
  const row = raw.prepare(`select f.counts from sources s join export_files f on f.id = s.file where s.entity = 'jc-transactions'`).get()
  const counts = JSON.parse(String(row?.['counts'] ?? '{}')) as Record<string, string>
  const pairs = [
    ['not-a-cost', ['not-a-cost']],
    ['carried-by-commitment', ['carried-by-commitment']],
  ] as const
  return pairs.reduce((off, [name, ours]) => {
    const mine = ours.reduce((all, one) => all + (classes[one]?.cents ?? 0), 0)
    return off + Math.abs(mine - centsOf(counts[`amount.${name}`] ?? '0'))
  }, 0)
}
