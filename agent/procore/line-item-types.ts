/** Cost types of the company (procore-api.md 6.1). The reference asks for a project as well; any one will do. */
import type { ProcoreItem } from '../items/kind.ts'
import type { ProcoreList } from './list.ts'
import { contentOf, itemOf, type Raw } from './reading.ts'
import { listOf } from './reading-lists.ts'

/** The code is answered as `code` and sent as `csv_import_code`: kept under both names, so that either can be compared. */
const content = (raw: Raw): ProcoreItem['content'] =>
  contentOf(raw, { code: 'text', csv_import_code: ['text', 'csv_import_code', 'code'], name: 'text', base_type: 'text' })

const baseTypes = ['equipment', 'materials', 'commitment', 'owner_cost', 'professional_services', 'other']

export const lineItemTypes: ProcoreList = listOf({
  ...{ id: 'line-item-types', itemTypes: ['cost-type'], scope: 'company', updatedFilter: false, includeDeleted: false, perPage: 1_000 },
  path: () => '/rest/v1.0/line_item_types',
  show: (client, _where, id) => ({ path: `/rest/v1.0/line_item_types/${id}`, query: { company_id: client.company } }),
  query: (client, where) => ({ company_id: client.company, project_id: where.anyProject ?? undefined }),
  idFilter: null,
  originFilter: true,
  parse: (raw) => itemOf('cost-type', raw, null, content),
  sync: {
    path: () => '/rest/v1.0/line_item_types/sync',
    scope: (client) => ({ company_id: client.company }),
    locked: false,
    serial: false,
    fields: { name: 'text', csv_import_code: 'text', base_type: baseTypes, origin_data: 'text' },
  },
})
