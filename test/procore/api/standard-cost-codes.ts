import type { Kinds } from '../items.ts'
import type { Call } from './endpoint.ts'
import { resource, type View } from './resource.ts'
import { open } from './rules/locks.ts'
import type { Fields } from './rules/shape.ts'
import type { Writing } from './rules/write.ts'

export const standardCostCodeLists = resource({
  kind: 'standard_cost_code_lists',
  lists: [
    {
      ...{ path: '/rest/v1.0/standard_cost_code_lists', companyIn: 'query' },
      items: (call) => call.company.tables.standard_cost_code_lists.all(),
      view:
        () =>
        ({ id, name, is_erp_list, available_to_use_on_new_projects }) => ({ id, name, is_erp_list, available_to_use_on_new_projects }),
    },
  ],
})

const fields: Fields = { id: 'whole', origin_id: 'text', origin_data: 'text', code: 'text', name: 'text', parent_id: 'whole' }

/** The list is named in the query to read and in the body to write (reference of May 2026). */
const listOf = (call: Call): number => Number(call.query.get('standard_cost_code_list_id') ?? call.body['standard_cost_code_list_id'])
const inList = (call: Call, code: Kinds['standard_cost_codes']) => code.standard_cost_code_list_id === listOf(call)

const view: View<'standard_cost_codes'> =
  () =>
  ({ created_at: _made, updated_at: _moved, deleted_at: _gone, ...rest }) =>
    rest

const writing: Writing<'standard_cost_codes'> = {
  ...{ kind: 'standard_cost_codes', fields, lock: open, visible: inList },
  fresh: (call, submitted) => {
    const { standard_cost_code_lists, standard_cost_codes } = call.company.tables
    if (typeof submitted['code'] !== 'string') return { errors: { code: ["can't be blank"] } }
    if (!standard_cost_code_lists.get(listOf(call))) return { errors: { standard_cost_code_list_id: ['is invalid'] } }
    const twin = standard_cost_codes.where((one) => inList(call, one) && one.full_code === submitted['code'])
    if (twin.length > 0) return { errors: { code: ['has already been taken'] } }
    return { name: '', parent_id: null, standard_cost_code_list_id: listOf(call), full_code: submitted['code'] }
  },
}

const query = ['standard_cost_code_list_id', 'view']

export const standardCostCodes = resource({
  kind: 'standard_cost_codes',
  lists: [
    {
      ...{ path: '/rest/v1.0/standard_cost_codes', companyIn: 'query', filters: { origin_id: 'text' }, query, view },
      items: (call) => call.company.tables.standard_cost_codes.all().filter((code) => inList(call, code)),
    },
  ],
  shows: [{ path: '/rest/v1.0/standard_cost_codes/:id', companyIn: 'query', visible: inList, query, view }],
  syncs: [
    {
      ...{ path: '/rest/v1.0/standard_cost_codes/sync', companyIn: 'body', writing, view, query: ['view'] },
      ...{ beside: { standard_cost_code_list_id: 'whole' }, required: ['standard_cost_code_list_id'] },
    },
  ],
})
