import type { FirmCommitment, FirmInvoice, FirmPayment } from '../business/shapes.ts'
import { centsMoney } from '../money.ts'
import type { Filling } from '../practice-company.ts'

/** The subcontractor invoices (requisitions), each with what was paid on it. */
export function addInvoices(filling: Filling): void {
  const commitments = new Map(filling.business.commitments.map((one) => [one.number, one]))
  const paid = new Map(filling.business.payments.filter(({ where }) => where !== 'erp').map((one) => [one.invoice, one]))
  for (const invoice of filling.business.invoices) {
    const place = addInvoice(filling, invoice, commitments.get(invoice.commitment)!)
    const payment = paid.get(invoice.invoice)
    if (payment) addPayment(filling, place, payment)
  }
}

type Place = { project_id: number; contract_id: number; requisition_id: number }

function addInvoice({ company, projects, contracts, vendors }: Filling, invoice: FirmInvoice, commitment: FirmCommitment): Place {
  const place = { project_id: projects.get(commitment.job)! }
  const contractId = contracts.get(commitment.number)!
  const { id } = company.add('requisitions', {
    ...{ ...place, commitment_id: contractId, commitment_type: 'WorkOrderContract', contract_name: commitment.title },
    ...{
      vendor_id: vendors.get(commitment.vendor) ?? null,
      number: invoice.number,
      invoice_number: invoice.invoice,
      billing_date: invoice.billed,
    },
    ...{ requisition_start: invoice.from, requisition_end: invoice.to, status: invoice.status, final: false, erp_status: null },
    ...{ percent_complete: '0.0', total_claimed_amount: centsMoney(invoice.amount), retainage: centsMoney(invoice.retainage) },
  })
  return { ...place, contract_id: contractId, requisition_id: id }
}

function addPayment({ company }: Filling, place: Place, payment: FirmPayment): void {
  company.add('contract_payments', {
    ...{ ...place, origin_code: null, amount: centsMoney(payment.amount), date: payment.date, check_number: payment.check },
    ...{ invoice_number: payment.invoice, payment_number: payment.number, payment_method: 'check' },
  })
}
