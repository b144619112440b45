import type { LineItem } from '../items.ts'
import { inProject } from './direct-costs.ts'
import type { Call } from './endpoint.ts'
import { calculated, lineView, newLine, unknownCodes } from './line-items.ts'
import { resource, type View } from './resource.ts'
import type { Filters } from './rules/filters.ts'
import { directCostLineLock } from './rules/locks.ts'
import type { Submitted } from './rules/origin.ts'
import { type FieldErrors, Refusal } from './rules/refusal.ts'
import type { Fields } from './rules/shape.ts'
import type { Writing } from './rules/write.ts'

/** Amounts come in as numbers here, unlike on commitments (facts 5.2). */
const fields: Fields = {
  ...{
    id: 'whole',
    origin_id: 'text',
    origin_data: 'text',
    direct_cost_id: 'whole',
    amount: 'number',
    unit_cost: 'number',
    quantity: 'number',
  },
  ...{ description: 'text', uom: 'text', extended_type: ['manual', 'calculated'], wbs_code_id: 'whole', cost_code_id: 'whole' },
  ...{ line_item_type_id: 'whole', tax_code_id: 'whole' },
}

const writing: Writing<'direct_cost_line_items'> = {
  ...{ kind: 'direct_cost_line_items', fields, lock: directCostLineLock, visible: inProject },
  fresh: (call, submitted) => {
    const errors = incomplete(call, submitted)
    return errors ? { errors } : newLine(call, 'direct_cost_line_items', Number(submitted['direct_cost_id']), 'DirectCost::Item')
  },
  settle: (call, { direct_cost_id: _header, ...changes }) => {
    const errors = unknownCodes(call, changes)
    return errors ? { changes, errors } : { changes: calculated(changes) }
  },
}

/** A new line needs its direct cost and its code: wbs_code_id, or cost_code_id with line_item_type_id (facts 5.2; texts inferred). */
function incomplete(call: Call, submitted: Submitted): FieldErrors | undefined {
  const header = call.company.tables.direct_costs.get(Number(submitted['direct_cost_id']))
  if (!header || header.deleted_at !== null || header.project_id !== call.projectId) return { direct_cost_id: ['is invalid'] }
  if (typeof submitted['wbs_code_id'] === 'number') return undefined
  if (typeof submitted['cost_code_id'] !== 'number') return { cost_code_id: ["can't be blank"] }
  return typeof submitted['line_item_type_id'] === 'number' ? undefined : { line_item_type_id: ["can't be blank"] }
}

const holder = (call: Call, line: LineItem) => {
  const wanted = call.query.get('filters[direct_cost_id]')
  return wanted === null || String(line.holder_id) === wanted
}
/** The list leaves out origin_data and company, which the sync answer has (reference of May 2026). */
const listed: View<'direct_cost_line_items'> = (call) => (line) => {
  const { origin_data: _data, company: _company, ...rest } = lineView(call)(line)
  return rest
}

/** Of one cost the list holds both. */
const ofOne = (call: Call): LineItem[] => {
  const cost = call.company.tables.direct_costs.get(Number(call.path('direct_cost_id')))
  if (!cost || cost.deleted_at !== null || !inProject(call, cost)) throw new Refusal(404, 'Item not found')
  return call.company.tables.direct_cost_line_items.heldBy(cost.id)
}

const costs = '/rest/v1.0/projects/:project_id/direct_costs'
const base = `${costs}/line_items`
const filters: Filters = { id: 'any of', created_at: 'range', updated_at: 'range', cost_code_id: 'text', line_item_type_id: 'text' }

export const directCostLineItems = resource({
  kind: 'direct_cost_line_items',
  lists: [
    {
      ...{ path: base, project: 'path', view: listed, query: ['filters[direct_cost_id]'] },
      items: (call) => call.company.tables.direct_cost_line_items.all().filter((line) => inProject(call, line) && holder(call, line)),
      filters,
    },
    { path: `${costs}/:direct_cost_id/line_items`, project: 'path', view: lineView, items: ofOne, filters },
  ],
  syncs: [{ path: `${base}/sync`, project: 'path', serial: 'direct costs', writing, view: lineView }],
})
