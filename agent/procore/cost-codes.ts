/** Cost codes of a project (procore-api.md 6.2): no updated_at filter, so compared whole. */
import type { ProcoreItem } from '../items/kind.ts'
import type { ProcoreList } from './list.ts'
import { contentOf, itemOf, type Raw } from './reading.ts'
import { listOf } from './reading-lists.ts'

const content = (raw: Raw): ProcoreItem['content'] =>
  contentOf(raw, {
    ...{ code: 'text', full_code: 'text', sortable_code: 'text', name: 'text', parent_id: ['id', 'parent.id'], biller_id: 'id' },
    ...{ biller_type: 'text', biller: 'text', biller_origin_id: 'text', budgeted: 'flag', standard_cost_code_id: 'id' },
  })

export const costCodes: ProcoreList = listOf({
  ...{ id: 'cost-codes', itemTypes: ['cost-code'], scope: 'project', updatedFilter: false, includeDeleted: false, perPage: 1_000 },
  path: () => '/rest/v1.0/cost_codes',
  show: (_client, where, id) => ({ path: `/rest/v1.0/cost_codes/${id}`, query: { project_id: where.project ?? '' } }),
  query: (_client, where) => ({ project_id: where.project ?? '' }),
  idFilter: null,
  originFilter: true,
  parse: (raw, project) => itemOf('cost-code', raw, project, content),
})
