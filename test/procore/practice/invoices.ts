import type { FirmCommitment, FirmInvoice } from '../business/shapes.ts'
import { centsMoney } from '../money.ts'
import type { Filling } from '../practice-company.ts'

/** The subcontractor invoices (requisitions) and one payment for each second approved one. */
export function addInvoices(filling: Filling): void {
  const commitments = new Map(filling.business.commitments.map((one) => [one.number, one]))
  for (const [n, invoice] of filling.business.invoices.entries()) addInvoice(filling, invoice, commitments.get(invoice.commitment)!, n)
}

function addInvoice({ company, projects, contracts, vendors }: Filling, invoice: FirmInvoice, commitment: FirmCommitment, n: number): void {
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
  if (n % 2 === 0 && invoice.status.startsWith('approved')) addPayment(company, { ...place, contractId, requisitionId: id }, invoice, n)
}

function addPayment(
  company: Filling['company'],
  at: { project_id: number; contractId: number; requisitionId: number },
  invoice: FirmInvoice,
  n: number,
): void {
  company.add('contract_payments', {
    ...{ project_id: at.project_id, contract_id: at.contractId, requisition_id: at.requisitionId, origin_code: null },
    ...{ amount: centsMoney(invoice.amount - invoice.retainage), date: invoice.to, check_number: String(20_000 + n) },
    ...{ invoice_number: invoice.invoice, payment_number: invoice.number },
  })
}
