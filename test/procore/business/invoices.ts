import type { Random } from '../random.ts'
import { dayAfter } from './dates.ts'
import type { FirmCommitment, FirmInvoice } from './shapes.ts'

/** 300 subcontractor invoices, monthly, never beyond 90 % of their commitment. */
const invoiceCount = 300

export function makeInvoices(chance: Random, commitments: readonly FirmCommitment[]): FirmInvoice[] {
  const billed = commitments.filter(
    (one) => one.kind === 'subcontract' && one.where !== 'procore' && one.where !== 'erp' && one.status === 'Approved',
  )
  const carriers = chance.shuffled(billed.filter((one) => one.disaster !== 'negative')).slice(0, invoiceCount / 3)
  return carriers.flatMap((one) => [1, 2, 3].map((n) => invoice(chance, one, n)))
}

function invoice(chance: Random, commitment: FirmCommitment, n: number): FirmInvoice {
  const total = commitment.lines.reduce((all, line) => all + line.amount, 0)
  const amount = Math.floor((total * chance.whole(8, 30)) / 100)
  const start = dayAfter(30 * n)
  return {
    commitment: commitment.number,
    number: n,
    invoice: `${commitment.number.slice(3)}-${String(n).padStart(2, '0')}`,
    from: start,
    to: dayAfter(29, start),
    billed: dayAfter(29, start),
    amount,
    retainage: Math.floor((amount * commitment.retainage) / 100),
    status: n < 3 ? chance.pick(['approved', 'approved', 'approved_as_noted']) : chance.pick(['approved', 'under_review', 'draft']),
  }
}
