import type { Random } from '../random.ts'
import { missingCode, workCodes } from './codes.ts'
import { dayAfter } from './dates.ts'
import { jobs } from './jobs.ts'
import type { FirmCommitment, FirmCost, FirmInvoice, FirmVendor } from './shapes.ts'

/** Beside one row for each approved invoice: bills without commitment, wages, job cost entries, reversals, and the missing code. */
const costCounts = { bills: 120, wages: 140, entries: 60, equipment: 20, reversals: 24, missingCode: 12 }

type Bare = Omit<FirmCost, 'batch' | 'run' | 'sequence'>

export function makeCosts(
  chance: Random,
  vendors: readonly FirmVendor[],
  commitments: readonly FirmCommitment[],
  invoices: readonly FirmInvoice[],
): FirmCost[] {
  const known = vendors.flatMap((vendor, n) => (vendor.where === 'both' ? [n] : []))
  const times = (count: number, make: () => Bare): Bare[] => Array.from({ length: count }, make)
  const bills = times(costCounts.bills, () => bill(chance, known))
  const rows = [
    ...invoices.filter((one) => one.status.startsWith('approved')).map((one) => ofInvoice(one, commitments)),
    ...bills,
    ...bills.slice(0, costCounts.reversals).map(reversal),
    ...times(costCounts.wages, () => wage(chance)),
    ...times(costCounts.entries, () => entry(chance, 'JC cost', 'OTH')),
    ...times(costCounts.equipment, () => entry(chance, 'EQ cost', 'EQP')),
    ...times(costCounts.missingCode, () => ({ ...bill(chance, known), costCode: missingCode, disaster: 'missing cost code' as const })),
  ]
  const inOrder = rows.map((row, n) => ({ row, n })).sort((a, b) => a.row.accountingDate.localeCompare(b.row.accountingDate) || a.n - b.n)
  return inOrder.map(({ row }, n) => ({
    ...row,
    batch: 4100 + Math.floor(n / 25),
    run: 900 + Math.floor(n / 100),
    sequence: (n % 100) + 1,
  }))
}

function ofInvoice(invoice: FirmInvoice, commitments: readonly FirmCommitment[]): Bare {
  const commitment = commitments.find((one) => one.number === invoice.commitment)!
  const line = commitment.lines[0]!
  return {
    ...{ job: commitment.job, extra: line.extra, costCode: line.costCode, category: line.category },
    type: 'AP cost',
    date: invoice.billed,
    accountingDate: dayAfter(2, invoice.billed),
    description: commitment.title.slice(0, 30),
    units: null,
    amount: invoice.amount,
    vendor: commitment.vendor,
    invoice: invoice.invoice,
    commitment: commitment.number,
  }
}

function entry(chance: Random, type: FirmCost['type'], category: string): Bare {
  const job = chance.pick(jobs.filter((one) => one.active && one.where === 'both'))
  const extra = job.extras.length > 0 && chance.chance(0.15) ? chance.pick(job.extras).code : ''
  const code = chance.pick(workCodes)
  const date = dayAfter(chance.whole(0, 260))
  const amount = chance.whole(1_500, 900_000)
  return {
    job: job.number,
    extra,
    costCode: code.code,
    category,
    type,
    date,
    accountingDate: date,
    description: code.name,
    units: null,
    amount,
  }
}

function bill(chance: Random, known: readonly number[]): Bare {
  const invoice = `B${chance.whole(100_000, 999_999)}`
  return { ...entry(chance, 'AP cost', chance.pick(['MAT', 'OTH'])), vendor: chance.pick(known), invoice }
}

const reversal = (row: Bare): Bare => ({
  ...row,
  amount: -row.amount,
  accountingDate: dayAfter(3, row.accountingDate),
  description: `Reverse ${row.description}`.slice(0, 30),
})

/** The firm's own crews work on two jobs and four codes, so that a month's wages add up from several rows. */
function wage(chance: Random): Bare {
  const hours = chance.whole(1, 40)
  const employee = String(chance.whole(1, 38)).padStart(4, '0')
  const date = dayAfter(chance.whole(0, 85))
  return {
    ...{ job: chance.pick(jobs.slice(0, 2)).number, extra: '', costCode: chance.pick(crewCodes), category: 'LAB', type: 'PR cost' },
    ...{ date, accountingDate: date, description: `Employee ${employee}`, units: hours, amount: hours * chance.whole(2_800, 6_400) },
    ...{ employee, payId: chance.pick(['REG', 'REG', 'REG', 'OT', 'BURDEN']) },
  }
}

const crewCodes = ['01-3100', '01-5000', '03-3000', '06-1000']
