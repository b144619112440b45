/**
 * The company of the held month, told day by day: 42 jobs, 400 vendors, 600 commitments, 120,000 job cost transactions, and what a month does to
 * them. Pure; the same seed gives the same month. Amounts are whole cents.
 */
import { type Random, random } from '../../test/procore/random.ts'

export const size = {
  days: 12,
  jobs: 42,
  erpOnlyJobs: 2,
  vendors: 400,
  commitments: 600,
  costs: Number(process.env['MONTH_COSTS'] ?? 120_000),
  invoices: 900,
}

export type MonthJob = { number: string; name: string; inProcore: boolean; extras: readonly string[] }
type MonthVendor = { code: string; name: string; phones: readonly string[] }
export type MonthCommitment = {
  number: string
  subcontract: boolean
  job: string
  vendor: string
  title: string
  lines: readonly { code: string; category: string; cents: number }[]
  orders: readonly { number: string; title: string; cents: number }[]
  /** Procore says so much more on the first line: the month's known differences. */
  differsBy: number
}
/** A bill on a commitment: an invoice in both systems, paid on a later day by one check. */
export type MonthInvoice = {
  vendor: string
  invoice: string
  commitment: string
  day: number
  cents: number
  retainage: number
  /** What each distribution carries; they add up to `cents`. */
  shares: readonly number[]
  paid: { day: number; check: string; cents: number } | null
}
export type MonthCost = {
  /** Day of the export it first stands in. */
  day: number
  run: number
  sequence: number
  job: string
  extra: string
  code: string
  category: string
  type: 'AP cost' | 'PR cost' | 'JC cost' | 'EQ cost' | 'Scheduled value'
  date: string
  description: string
  cents: number
  vendor: string
  invoice: string
  commitment: string
  /** Later days' corrections: the amount from that day on. */
  corrected: { day: number; cents: number } | null
}
export type Month = {
  jobs: readonly MonthJob[]
  vendors: readonly MonthVendor[]
  commitments: readonly MonthCommitment[]
  invoices: readonly MonthInvoice[]
  costs: readonly MonthCost[]
  codes: readonly string[]
  categories: readonly string[]
}

export const codes = Array.from({ length: 24 }, (_, n) => `${String(1 + (n % 16)).padStart(2, '0')}-${3000 + 100 * n}`)
export const categories = ['LAB', 'MAT', 'SUB', 'EQP', 'OTH'] as const
/** A code the ERP posts to from day 2 on; the project people add it on day 6. */
export const lateCode = { code: '09-9999', job: 4, fromDay: 2, addedOn: 6 }

export function makeMonth(seed: number): Month {
  const chance = random(seed)
  const jobs = Array.from({ length: size.jobs }, (_, n) => job(n))
  const vendors = Array.from({ length: size.vendors }, (_, n) => vendor(chance, n))
  const commitments = Array.from({ length: size.commitments }, (_, n) => commitment(chance, jobs, vendors, n))
  const invoices = Array.from({ length: size.invoices }, (_, n) => invoice(chance, commitments, n))
  return { jobs, vendors, commitments, invoices, costs: makeCosts(chance, jobs, vendors, invoices), codes, categories }
}

const job = (n: number): MonthJob => ({
  number: `26-${1001 + n}`,
  name: `Month Hall ${n + 1}`,
  inProcore: n < size.jobs - size.erpOnlyJobs,
  extras: n % 4 === 0 ? ['010'] : [],
})

function vendor(chance: Random, n: number): MonthVendor {
  const phone = (): string => `(555) ${chance.whole(200, 999)}-${chance.whole(1000, 9999)}`
  const first = phone()
  let now = first
  // About three in two hundred move on any day.
  const phones = Array.from({ length: size.days }, (_, day) => {
    if (day > 0 && chance.chance(0.015)) now = phone()
    return now
  })
  return { code: `V${10_001 + n}`, name: `Trade Partner ${n + 1} LLC`, phones }
}

function commitment(chance: Random, jobs: readonly MonthJob[], vendors: readonly MonthVendor[], n: number): MonthCommitment {
  const subcontract = n % 3 !== 0
  const lines = Array.from({ length: chance.whole(1, 4) }, () => ({
    code: chance.pick(codes),
    category: subcontract ? 'SUB' : 'MAT',
    cents: chance.whole(150_000, 30_000_000),
  }))
  const orders = n % 5 === 0 ? Array.from({ length: chance.whole(1, 2) }, (_, k) => order(chance, k)) : []
  return {
    number: `${subcontract ? 'SC' : 'PO'}-${3001 + n}`,
    subcontract,
    job: jobs[n % (size.jobs - size.erpOnlyJobs)]!.number,
    vendor: chance.pick(vendors).code,
    title: `Work package ${n + 1}`,
    ...{ lines, orders, differsBy: n % 60 === 59 ? 12_345 : 0 },
  }
}

const order = (chance: Random, k: number) => ({
  number: String(k + 1).padStart(3, '0'),
  title: 'Added scope',
  cents: chance.whole(-200_000, 900_000),
})

function invoice(chance: Random, commitments: readonly MonthCommitment[], n: number): MonthInvoice {
  const of = chance.pick(commitments.filter(({ subcontract }) => subcontract))
  const cents = chance.whole(40_000, 4_000_000)
  const retainage = Math.floor(cents / 10)
  const day = chance.whole(0, size.days - 3)
  const paid = chance.chance(0.7)
    ? { day: chance.whole(day + 1, size.days - 1), check: String(40_000 + n), cents: cents - retainage }
    : null
  return {
    vendor: of.vendor,
    invoice: `INV-${7001 + n}`,
    commitment: of.number,
    ...{ day, cents, retainage, paid, shares: sharesOf(cents, 1 + (n % 3)) },
  }
}

/** Unequal parts, the last one takes what is left. */
function sharesOf(cents: number, count: number): number[] {
  const firsts = Array.from({ length: count - 1 }, (_, n) => Math.floor(cents / (count + 2 + n)))
  return [...firsts, cents - firsts.reduce((all, one) => all + one, 0)]
}

function makeCosts(
  chance: Random,
  jobs: readonly MonthJob[],
  vendors: readonly MonthVendor[],
  invoices: readonly MonthInvoice[],
): MonthCost[] {
  const perDay = size.costs / size.days
  return Array.from({ length: size.costs }, (_, n) => {
    const day = Math.floor(n / perDay)
    const bare = cost(chance, { jobs, vendors, invoices }, day)
    const corrected =
      chance.chance(0.002) && day < size.days - 1 ? { day: chance.whole(day + 1, size.days - 1), cents: bare.cents + 77 } : null
    return { ...bare, day, run: 500 + Math.floor(n / 1000), sequence: (n % 1000) + 1, corrected }
  })
}

type Parts = Pick<Month, 'jobs' | 'vendors' | 'invoices'>

function cost(chance: Random, parts: Parts, day: number): Omit<MonthCost, 'day' | 'run' | 'sequence' | 'corrected'> {
  const kind = chance.next()
  if (kind < 0.5) return ofCommitment(chance, parts, day)
  const n = chance.chance(0.002) ? size.jobs - 1 : chance.whole(0, size.jobs - size.erpOnlyJobs - 1)
  const { number, extras } = parts.jobs[n]!
  const late = n === lateCode.job && day >= lateCode.fromDay && chance.chance(0.02)
  const place = {
    job: number,
    extra: extras.length > 0 && chance.chance(0.1) ? extras[0]! : '',
    code: late ? lateCode.code : chance.pick(codes),
    date: dateOf(day),
    ...{ vendor: '', invoice: '', commitment: '' },
  }
  if (kind < 0.75) return { ...place, ...{ category: 'LAB', type: 'PR cost', description: 'Wages', cents: chance.whole(2_000, 90_000) } }
  if (kind < 0.77)
    return { ...place, ...{ category: 'OTH', type: 'Scheduled value', description: 'Value', cents: chance.whole(1, 900_000) } }
  if (kind < 0.87) return { ...place, ...{ category: 'OTH', type: 'JC cost', description: 'Entry', cents: chance.whole(-40_000, 400_000) } }
  if (kind < 0.92) return { ...place, ...{ category: 'EQP', type: 'EQ cost', description: 'Machine', cents: chance.whole(900, 300_000) } }
  const bill = { vendor: chance.pick(parts.vendors).code, invoice: `B${chance.whole(100_000, 999_999)}` }
  return { ...place, ...bill, ...{ category: 'MAT', type: 'AP cost', description: 'Material', cents: chance.whole(1_000, 900_000) } }
}

function ofCommitment(chance: Random, { invoices, jobs }: Parts, day: number): Omit<MonthCost, 'day' | 'run' | 'sequence' | 'corrected'> {
  const of = chance.pick(invoices)
  return {
    ...{ job: jobs[chance.whole(0, size.jobs - size.erpOnlyJobs - 1)]!.number, extra: '', code: chance.pick(codes), category: 'SUB' },
    ...{ type: 'AP cost', date: dateOf(day), description: 'On commitment', cents: chance.whole(1_000, 2_000_000) },
    ...{ vendor: of.vendor, invoice: of.invoice, commitment: of.commitment },
  }
}

/** The month's working days start on the first Monday of October. */
export const dateOf = (day: number): string =>
  new Date(Date.parse('2026-10-05T00:00:00Z') + (day + 2 * Math.floor(day / 5)) * 86_400_000).toISOString().slice(0, 10)
