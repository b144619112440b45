import { centsMoney } from '../money.ts'
import type { Filling } from '../practice-company.ts'

/** The owner's side of each project: change orders of its prime contract, and the bills. */
export function addOwnerSide(filling: Filling): void {
  addPrimeChanges(filling)
  addPaymentApplications(filling)
}

const primeOf = ({ company, projects }: Filling, job: string) => {
  const project_id = projects.get(job)!
  return { project_id, contract: company.tables.prime_contracts.where((one) => one.project_id === project_id)[0]! }
}

function addPrimeChanges(filling: Filling): void {
  for (const { job, number, title, amount, status } of filling.business.primeChanges) {
    const { project_id, contract } = primeOf(filling, job)
    filling.company.add('change_order_packages', {
      ...{ project_id, contract_id: contract.id, number, revision: 0, title, description: null, type: 'PrimeContractChangeOrder' },
      ...{ status, executed: status === 'approved', grand_total: centsMoney(amount), origin_code: null },
      ...{ due_date: null, invoiced_date: null, paid_date: null, reviewed_at: null },
    })
  }
}

function addPaymentApplications(filling: Filling): void {
  for (const one of filling.business.ownerInvoices.filter(({ where }) => where !== 'erp')) {
    const { project_id, contract } = primeOf(filling, one.job)
    filling.company.add('payment_applications', {
      ...{ project_id, prime_contract_id: contract.id, number: one.number, invoice_number: one.invoice, billing_date: one.to },
      ...{ period_start: one.from, period_end: one.to, status: one.status, percent_complete: '0.0' },
      ...{ claimed: centsMoney(one.amount), retainage: centsMoney(one.retainage) },
      total_amount_paid: centsMoney(one.paid ? one.amount - one.retainage : 0),
    })
  }
}
