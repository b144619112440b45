import { resource, type View } from './resource.ts'

const view: View<'contract_payments'> = () => (payment) => {
  const { deleted_at: _deleted, ...rest } = payment
  return {
    ...rest,
    attachments: [],
    notes: null,
    draw_request_number: null,
    status: null,
    date_payment_settled: null,
    date_payment_initiated: null,
  }
}

/** Payments issued: no filters at all, contract_id required (facts 4.2); full compare is the only way. */
export const contractPayments = resource({
  kind: 'contract_payments',
  lists: [
    {
      ...{ path: '/rest/v1.0/contract_payments', project: 'query', view, query: ['contract_id'] },
      items: (call) =>
        call.company.tables.contract_payments.where(
          (one) => one.project_id === call.projectId && String(one.contract_id) === call.query.get('contract_id'),
        ),
    },
  ],
})
