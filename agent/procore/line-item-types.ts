/** Cost types of the company (procore-api.md 6.1). The reference asks for a project as well; any one will do. */
import type { ProcoreItem } from '../items/kind.ts'
import type { ProcoreList } from './list.ts'
import { contentOf, itemOf, type Raw } from './reading.ts'
import { listOf } from './reading-lists.ts'

const content = (raw: Raw): ProcoreItem['content'] => contentOf(raw, { code: 'text', name: 'text', base_type: 'text' })

export const lineItemTypes: ProcoreList = listOf({
  ...{ id: 'line-item-types', itemTypes: ['cost-type'], scope: 'company', updatedFilter: false, includeDeleted: false, perPage: 1_000 },
  path: () => '/rest/v1.0/line_item_types',
  query: (client, where) => ({ company_id: client.company, project_id: where.anyProject ?? undefined }),
  idFilter: null,
  originFilter: true,
  parse: (raw) => itemOf('cost-type', raw, null, content),
})
