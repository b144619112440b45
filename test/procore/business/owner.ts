import type { Random } from '../random.ts'
import { dayAfter } from './dates.ts'
import { jobs } from './jobs.ts'
import type { FirmOwnerInvoice, FirmPrimeChange } from './shapes.ts'

const contracted = jobs.filter((job) => job.where === 'both')

/** Three change orders with the owner of each job; the last one is not yet approved. */
export function makePrimeChanges(chance: Random): FirmPrimeChange[] {
  const titles = ['Owner request', 'Design development', 'Unforeseen condition', 'Allowance reconciliation']
  return contracted.flatMap((job, at) =>
    [1, 2, 3].map((n) => ({
      ...{ job: job.number, number: String(n).padStart(3, '0'), title: chance.pick(titles), amount: chance.whole(-900_000, 24_000_000) },
      status: n < 3 ? ('approved' as const) : at % 2 === 0 ? ('pending' as const) : ('draft' as const),
      date: dayAfter(chance.whole(40, 220)),
    })),
  )
}

/** Where the sides differ: the ERP billed another amount, has one Procore lacks, or lacks one that is approved. */
const differing = { otherAmount: 5, erpOnly: 11, procoreOnly: 14 }
const freight = 75_000

/** Four monthly bills to the owner of each job, 5 % held back; the last one still under review. */
export function makeOwnerInvoices(chance: Random): FirmOwnerInvoice[] {
  const bills = contracted.flatMap((job) =>
    [1, 2, 3, 4].map((n): FirmOwnerInvoice => {
      const amount = Math.floor((job.contract * chance.whole(3, 9)) / 100)
      const from = dayAfter(30 * n)
      return {
        ...{ job: job.number, number: n, invoice: `OB-${job.number.replace('-', '')}-${n}`, from, to: dayAfter(29, from) },
        ...{ amount, erpAmount: amount, retainage: Math.floor(amount / 20), paid: n < 3 },
        ...(n < 4 ? { status: 'approved', where: 'both' } : { status: 'under_review', where: 'procore' }),
      } as FirmOwnerInvoice
    }),
  )
  const approved = bills.filter((one) => one.status === 'approved')
  return bills.map((one) => {
    const at = approved.indexOf(one)
    if (at === differing.otherAmount) return { ...one, erpAmount: one.amount + freight }
    if (at === differing.erpOnly) return { ...one, where: 'erp' }
    return at === differing.procoreOnly ? { ...one, where: 'procore' } : one
  })
}
