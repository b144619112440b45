import type { ContractPayment } from '../items.ts'
import type { Call } from './endpoint.ts'
import { resource, type View } from './resource.ts'
import { contractPaymentLock } from './rules/locks.ts'
import type { FieldErrors } from './rules/refusal.ts'
import type { Fields } from './rules/shape.ts'
import type { Writing } from './rules/write.ts'

const fields: Fields = {
  ...{ origin_id: 'text', origin_data: 'text', date: 'date', invoice_number: 'text', check_number: 'text', invoice_date: 'date' },
  ...{ draw_request_number: 'whole', notes: 'text', payment_number: 'whole', payment_method: ['check', 'credit_card', 'electronic'] },
  ...{ amount: 'text', requisition_id: 'whole' },
}

/** payment_method and invoice_date go in and are not answered (reference of May 2026). */
const view: View<'contract_payments'> = () => (payment) => {
  const { deleted_at: _deleted, payment_method: _method, invoice_date: _invoiced, ...rest } = payment
  return {
    ...{ notes: null, draw_request_number: null, ...rest, attachments: [] },
    ...{ status: null, external_payment_id: null, date_payment_settled: null, date_payment_initiated: null },
  }
}

const contractId = (call: Call): string => String(call.query.get('contract_id') ?? call.body['contract_id'])
const inContract = (call: Call, one: ContractPayment) => one.project_id === call.projectId && String(one.contract_id) === contractId(call)

/** The commitment must be one of the project, the invoice one of the commitment: assumption payment-places. */
function misplaced(call: Call, invoice: unknown): FieldErrors | undefined {
  const contract = call.company.commitments(call.projectId).find((one) => String(one.id) === contractId(call))
  if (!contract) return { contract_id: ['is invalid'] }
  const known = typeof invoice !== 'number' || call.company.tables.requisitions.get(invoice)?.commitment_id === contract.id
  return known ? undefined : { requisition_id: ['is invalid'] }
}

const writing: Writing<'contract_payments'> = {
  ...{ kind: 'contract_payments', fields, lock: contractPaymentLock, visible: inContract },
  fresh: (call, submitted) => {
    if (submitted['amount'] === undefined || submitted['amount'] === null) return { errors: { amount: ["can't be blank"] } }
    const nothing = { requisition_id: null, date: null, check_number: null, invoice_number: null, payment_number: null }
    return { ...nothing, payment_method: null, origin_code: null, project_id: call.projectId, contract_id: Number(contractId(call)) }
  },
  settle: (call, changes) => {
    const errors = misplaced(call, changes['requisition_id'])
    return errors ? { changes, errors } : { changes }
  },
}

const path = '/rest/v1.0/contract_payments'
const body = {
  project: 'body',
  key: 'contract_payment',
  beside: { contract_id: 'whole' },
  required: ['contract_id'],
  writing,
  view,
} as const

/** Payments issued: no filters at all, contract_id required (facts 4.2); full compare is the only way. */
export const contractPayments = resource({
  kind: 'contract_payments',
  lists: [
    {
      ...{ path, project: 'query', view, query: ['contract_id'] },
      items: (call) => call.company.tables.contract_payments.where((one) => inContract(call, one)),
    },
  ],
  shows: [{ path: `${path}/:id`, project: 'query', visible: inContract, view, query: ['contract_id'] }],
  posts: [{ path, ...body }],
  patches: [{ path: `${path}/:id`, ...body }],
})
