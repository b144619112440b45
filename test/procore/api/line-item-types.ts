import { resource, type View } from './resource.ts'
import { open } from './rules/locks.ts'
import type { Fields } from './rules/shape.ts'
import type { Writing } from './rules/write.ts'

const fields: Fields = {
  ...{ id: 'whole', origin_id: 'text', origin_data: 'text', name: 'text', csv_import_code: 'text' },
  base_type: ['equipment', 'materials', 'commitment', 'owner_cost', 'professional_services', 'other'],
}

const view: View<'line_item_types'> =
  () =>
  ({ id, name, code, base_type, origin_id, origin_data }) => ({ id, name, code, base_type, origin_id, origin_data })

/** The code goes in as csv_import_code and comes back as code: assumption csv-import-code. */
const writing: Writing<'line_item_types'> = {
  ...{ kind: 'line_item_types', fields, lock: open, visible: () => true },
  fresh: (call, submitted) => {
    if (typeof submitted['name'] !== 'string') return { errors: { name: ["can't be blank"] } }
    const code = submitted['csv_import_code'] ?? null
    const twin = call.company.tables.line_item_types.where((one) => code !== null && one.code === code)
    return twin.length > 0 ? { errors: { csv_import_code: ['has already been taken'] } } : { code, base_type: 'other' }
  },
  settle: (_call, { csv_import_code, ...changes }) => ({
    changes: csv_import_code === undefined ? changes : { ...changes, code: csv_import_code },
  }),
}

/** Cost types. The reference requires project_id beside company_id in the list. */
export const lineItemTypes = resource({
  kind: 'line_item_types',
  lists: [
    {
      ...{ path: '/rest/v1.0/line_item_types', companyIn: 'query', filters: { origin_id: 'text' }, query: ['project_id'], view },
      items: (call) => call.company.tables.line_item_types.all(),
    },
  ],
  shows: [{ path: '/rest/v1.0/line_item_types/:id', companyIn: 'query', visible: () => true, view }],
  syncs: [{ path: '/rest/v1.0/line_item_types/sync', companyIn: 'body', writing, view }],
})
