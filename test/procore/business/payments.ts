import { dayAfter } from './dates.ts'
import type { FirmInvoice, FirmPayment } from './shapes.ts'

/** Fixed places for what differs, counted among all payments. */
const differing = { otherAmount: [10, 11, 12], procoreOnly: [20, 21] }

/** How much less the ERP paid where amounts differ. */
const withheld = 12_500

/** Each second approved invoice is paid and known to both sides; of the others each fifth was paid in the ERP alone, as yet. */
export function makePayments(invoices: readonly FirmInvoice[]): FirmPayment[] {
  const paid = invoices.flatMap((invoice, n): FirmPayment[] => {
    const both = n % 2 === 0
    if (!invoice.status.startsWith('approved') || (!both && n % 10 !== 1)) return []
    const amount = invoice.amount - invoice.retainage
    return [
      {
        ...{ id: `P${50_000 + n}`, commitment: invoice.commitment, invoice: invoice.invoice, number: invoice.number },
        ...{ amount, erpAmount: amount, date: both ? invoice.to : dayAfter(20, invoice.to), check: String(20_000 + n) },
        where: both ? 'both' : 'erp',
      },
    ]
  })
  const known = paid.filter((one) => one.where === 'both')
  const at = (places: readonly number[]) => new Set(places.map((n) => known[n]))
  const [other, alone] = [at(differing.otherAmount), at(differing.procoreOnly)]
  return paid.map((one) => ({
    ...one,
    ...(other.has(one) ? { erpAmount: one.amount - withheld } : {}),
    ...(alone.has(one) ? { where: 'procore' as const } : {}),
  }))
}
