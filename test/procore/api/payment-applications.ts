import { g702 } from '../owner-amounts.ts'
import type { PaymentApplication } from '../owner-items.ts'
import type { Call } from './endpoint.ts'
import { resource, type View } from './resource.ts'
import { paymentApplicationLock } from './rules/locks.ts'
import { currency } from './rules/names.ts'
import type { Fields } from './rules/shape.ts'
import type { Writing } from './rules/write.ts'

const fields: Fields = {
  ...{ origin_id: 'text', origin_data: 'text', commitment_billing_period_id: 'whole', period_start: 'date', period_end: 'date' },
  ...{ billing_date: 'date', invoice_number: 'text', status: ['draft', 'under_review', 'revise_and_resubmit', 'approved'] },
}

const inProject = (call: Call, one: PaymentApplication) => one.project_id === call.projectId
const inContract = (call: Call, one: PaymentApplication) =>
  inProject(call, one) && String(one.prime_contract_id) === call.path('prime_contract_id')

const view: View<'payment_applications'> = (call) => (one) => {
  const { project_id: _project, prime_contract_id, claimed, retainage: _held, deleted_at: _gone, ...rest } = one
  const contract = call.company.tables.prime_contracts.get(prime_contract_id)
  return {
    ...{ ...rest, total_amount_accrued_this_period: claimed, period_id: null, formatted_contract_company: null },
    ...{ g702: g702(call.company, one), currency_configuration: { ...currency, base_currency_iso_code: 'USD' } },
    billing_period: { start_date: one.period_start, end_date: one.period_end },
    contract: { id: prime_contract_id, type: 'PrimeContract', title: contract?.title ?? null },
  }
}

const writing: Writing<'payment_applications'> = {
  ...{ kind: 'payment_applications', fields, lock: paymentApplicationLock, visible: inContract },
  fresh: () => ({ errors: { base: ['is made on the page'] } }),
}

const items = (call: Call) => call.company.tables.payment_applications.all()
const ofContract = '/rest/v1.0/prime_contracts/:prime_contract_id/payment_applications'

/** Owner invoices: listed by project or by prime contract, written under their prime contract alone (facts 6.3). */
export const paymentApplications = resource({
  kind: 'payment_applications',
  lists: [
    { path: '/rest/v1.0/payment_applications', project: 'query', view, items: (call) => items(call).filter((one) => inProject(call, one)) },
    {
      ...{ path: ofContract, project: 'query', view, filters: { id: 'any of' } },
      items: (call) => items(call).filter((one) => inContract(call, one)),
    },
  ],
  shows: [{ path: '/rest/v1.0/payment_applications/:id', project: 'query', visible: inProject, view }],
  patches: [{ path: `${ofContract}/:id`, project: 'body', key: 'payment_application', writing, view }],
})
