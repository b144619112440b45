import type { DirectCost, Json } from '../items.ts'
import { sum } from '../money.ts'
import type { Call } from './endpoint.ts'
import { lineView } from './line-items.ts'
import { resource, type View } from './resource.ts'
import type { Filters } from './rules/filters.ts'
import { directCostLock } from './rules/locks.ts'
import { compactProject, currency, vendorName } from './rules/names.ts'
import type { Fields } from './rules/shape.ts'
import type { Writing } from './rules/write.ts'

/** Facts 5.2. subcontractor_invoice exists only on request to Procore. */
const fields: Fields = {
  ...{ id: 'whole', origin_id: 'text', origin_data: 'text', direct_cost_type: ['invoice', 'expense', 'payroll'], direct_cost_date: 'date' },
  ...{ description: 'text', invoice_number: 'text', vendor_id: 'whole', employee_id: 'whole', terms: 'text', payment_date: 'date' },
  ...{
    received_date: 'date',
    status: ['draft', 'pending', 'revise_and_resubmit', 'approved'],
    currency_iso_code: 'text',
    currency_exchange_rate: 'number',
  },
}

export const inProject = (call: Call, cost: { project_id: number }) => cost.project_id === call.projectId

const writing: Writing<'direct_costs'> = {
  ...{ kind: 'direct_costs', fields, lock: directCostLock, visible: inProject },
  fresh: (call) => ({
    ...{ project_id: call.projectId, direct_cost_type: 'invoice', direct_cost_date: null, description: null, invoice_number: null },
    ...{ vendor_id: null, employee_id: null, status: 'draft', terms: null, payment_date: null, received_date: null },
  }),
  settle: (call, { currency_iso_code: _iso, currency_exchange_rate: _rate, ...changes }) => {
    const vendor = changes['vendor_id']
    const unknown = typeof vendor === 'number' && !call.company.tables.vendors.get(vendor)
    return unknown ? { changes, errors: { vendor_id: ['is invalid'] } } : { changes }
  },
}

const linesOf = (call: Call, cost: DirectCost) => call.company.tables.direct_cost_line_items.heldBy(cost.id)

const common = (call: Call, cost: DirectCost): { [field: string]: Json } => {
  const { project_id: _project, employee_id, ...rest } = cost
  const grand_total = sum(linesOf(call, cost).map((line) => line.amount))
  return {
    ...{ ...rest, grand_total, vendor_name: vendorName(call.company, cost.vendor_id), currency_configuration: currency },
    employee: employee_id === null ? null : { id: employee_id, name: call.company.tables.users.get(employee_id)?.name ?? null },
  }
}

/** In lists the vendor is its name, in the show view an object (reference of May 2026). */
const listed: View<'direct_costs'> = (call) => (cost) => {
  const made = common(call, cost)
  return { ...made, amount: made['grand_total'], vendor: vendorName(call.company, cost.vendor_id) }
}

const shown: View<'direct_costs'> = (call) => (cost) => ({
  ...{ ...common(call, cost), attachments: [], attachments_count: 0, line_items_count: linesOf(call, cost).length },
  vendor: cost.vendor_id === null ? null : { id: cost.vendor_id, name: vendorName(call.company, cost.vendor_id) },
})

const shown11: View<'direct_costs'> = (call) => (cost) => ({
  ...(shown(call)(cost) as object),
  ...{ company: { id: call.company.id, name: call.company.name }, project: compactProject(call.company, cost.project_id) },
  line_items: linesOf(call, cost).map(lineView(call)),
})

const filters: Filters = {
  ...{ id: 'any of', origin_id: 'text', invoice_number: 'text', created_at: 'range', updated_at: 'range', payment_date: 'range' },
  received_date: 'range',
}
const items = (call: Call) => call.company.tables.direct_costs.all().filter((cost) => inProject(call, cost))
const base = (version: string) => `/rest/${version}/projects/:project_id/direct_costs`
const project = 'path' as const

/** Direct costs: v1.0 wraps a patch in `item`, v1.1 in `direct_cost`; sync one at a time per project (facts 5.2). */
export const directCosts = resource({
  kind: 'direct_costs',
  lists: [
    { path: base('v1.0'), project, items, view: listed, filters },
    { path: base('v1.1'), project, items, view: listed, filters },
  ],
  shows: [
    { path: `${base('v1.0')}/:id`, project, visible: inProject, view: shown },
    { path: `${base('v1.1')}/:id`, project, visible: inProject, view: shown11 },
  ],
  patches: [
    { path: `${base('v1.0')}/:id`, project, key: 'item', writing, view: shown },
    { path: `${base('v1.1')}/:id`, project, key: 'direct_cost', writing, view: shown11 },
  ],
  syncs: [{ path: `${base('v1.0')}/sync`, project, serial: 'direct costs', writing, view: shown }],
})
