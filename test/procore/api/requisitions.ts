import { contractAmounts } from '../amounts.ts'
import type { Json, Requisition } from '../items.ts'
import type { Call } from './endpoint.ts'
import { resource, type View } from './resource.ts'
import type { Filters } from './rules/filters.ts'
import { requisitionLock } from './rules/locks.ts'
import { compactProject, currency, vendorName } from './rules/names.ts'
import type { Fields } from './rules/shape.ts'
import type { Writing } from './rules/write.ts'

const inProject = (call: Call, one: Requisition) => one.project_id === call.projectId

const common =
  (call: Call) =>
  (one: Requisition): { [field: string]: Json } => {
    const { deleted_at: _deleted, retainage: _held, vendor_id: _vendor, ...rest } = one
    return {
      ...rest,
      vendor_name: vendorName(call.company, one.vendor_id),
      deletable: one.origin_id === null,
      attachments: [],
      custom_fields: {},
    }
  }

/** v1.0: money in `summary`, every list row carries it (reference of May 2026). */
const v10: View<'requisitions'> = (call) => (one) => ({
  ...common(call)(one),
  summary: summary(call, one),
  currency_configuration: currency,
})

/** v1.1: vendor_id beside; the summary only in the extended view and in show. */
const v11: View<'requisitions'> = (call) => (one) => ({
  ...{ ...common(call)(one), vendor_id: one.vendor_id, invoice_type: 'subcontractor', currency_configuration: currency },
  ...(call.query.get('view') === 'extended' ? { summary: summary(call, one), project: compactProject(call.company, one.project_id) } : {}),
})

function summary(call: Call, one: Requisition): Json {
  const { work_order_contracts, purchase_order_contracts } = call.company.tables
  const contract = work_order_contracts.get(one.commitment_id) ?? purchase_order_contracts.get(one.commitment_id)
  const amounts = contract ? contractAmounts(call.company, contract) : undefined
  return {
    ...{ current_payment_due: one.total_claimed_amount, total_retainage: one.retainage, completed_work_retainage_amount: one.retainage },
    ...{ original_contract_sum: amounts?.grand_total, net_change_by_change_orders: amounts?.approved_change_orders },
    contract_sum_to_date: amounts?.revised_contract,
  }
}

const filters: Filters = {
  ...{ id: 'any of', commitment_id: 'any of', period_id: 'any of', status: 'text', created_at: 'range', updated_at: 'range' },
  origin_id: 'text',
}
const items = (call: Call) => call.company.tables.requisitions.all().filter((one) => inProject(call, one))

const fields: Fields = {
  ...{ origin_id: 'text', origin_data: 'text', period_id: 'whole', requisition_start: 'date', requisition_end: 'date', final: 'flag' },
  ...{ billing_date: 'date', invoice_number: 'text', payment_date: 'date', submitted_at: 'text', comment: 'text' },
  status: ['draft', 'under_review', 'revise_and_resubmit', 'approved', 'approved_as_noted', 'pending_owner_approval'],
}

/** The body names the commitment beside the invoice; its items are not taken here. */
const writing: Writing<'requisitions'> = {
  ...{ kind: 'requisitions', fields, lock: requisitionLock, fresh: () => ({ errors: { base: ['is made on the page'] } }) },
  visible: (call, one) => inProject(call, one) && call.body['commitment_id'] === one.commitment_id,
}
const body = { project: 'body', key: 'requisition', beside: { commitment_id: 'whole' }, required: ['commitment_id'], writing } as const

/** Subcontractor invoices. v1.1 pages by 30 (facts 4.1). */
export const requisitions = resource({
  kind: 'requisitions',
  lists: [
    { path: '/rest/v1.0/requisitions', project: 'query', items, view: v10, filters },
    {
      ...{ path: '/rest/v1.1/requisitions', project: 'query', view: v11, filters, paging: { usual: 30, most: 2000 } },
      ...{ items: newestOnly, query: ['view', 'filters[is_last]'] },
    },
  ],
  shows: [
    { path: '/rest/v1.0/requisitions/:id', project: 'query', visible: inProject, view: v10 },
    { path: '/rest/v1.1/requisitions/:id', project: 'query', visible: inProject, view: v11, query: ['view'] },
  ],
  patches: [
    { path: '/rest/v1.0/requisitions/:id', ...body, view: v10 },
    { path: '/rest/v1.1/requisitions/:id', ...body, view: v11, query: ['view'] },
  ],
})

/** filters[is_last]: the newest invoice of each commitment. */
function newestOnly(call: Call): Requisition[] {
  const all = items(call)
  if (call.query.get('filters[is_last]') !== 'true') return all
  const last = new Map(all.map((one) => [one.commitment_id, one.id]))
  return all.filter((one) => last.get(one.commitment_id) === one.id)
}
