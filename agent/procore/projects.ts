/** Projects, the ERP's jobs (procore-api.md 6.1). Read and matched by number; created nowhere (the docs call it slow and not for bulk). */
import type { ProcoreItem } from '../items/kind.ts'
import type { ProcoreList } from './list.ts'
import { contentOf, itemOf, type Raw } from './reading.ts'
import { listOf } from './reading-lists.ts'

const content = (raw: Raw): ProcoreItem['content'] =>
  contentOf(raw, {
    ...{ name: 'text', display_name: 'text', project_number: 'text', accounting_project_number: 'text', active: 'flag' },
    ...{ address: 'text', city: 'text', state_code: 'text', zip: 'text', country_code: 'text', time_zone: 'text' },
    ...{ total_value: 'amount', start_date: 'text', completion_date: 'text', parent_job_id: 'id', origin_code: 'text' },
    ...{ is_erp_integrated: 'flag', project_stage: ['text', 'project_stage.name'] },
  })

/** v1.0 pages; v1.1 answers at most 300 a page. The list text says active ones only, unless by_status says otherwise. */
export const projects: ProcoreList = listOf({
  ...{ id: 'projects', itemTypes: ['project'], scope: 'company', updatedFilter: true, includeDeleted: false, perPage: 1_000 },
  path: () => '/rest/v1.0/projects',
  show: (client, _where, id) => ({ path: `/rest/v1.0/projects/${id}`, query: { company_id: client.company } }),
  query: (client) => ({ company_id: client.company, 'filters[by_status]': 'All' }),
  idFilter: null,
  originFilter: true,
  parse: (raw) => itemOf('project', raw, null, content),
  sync: {
    path: () => '/rest/v1.0/projects/sync',
    scope: (client) => ({ company_id: client.company }),
    locked: false,
    serial: false,
    fields: {
      ...{ name: 'text', project_number: 'text', accounting_project_number: 'text', active: 'flag', address: 'text', city: 'text' },
      ...{ state_code: 'text', zip: 'text', country_code: 'text', time_zone: 'text', total_value: 'number', start_date: 'date' },
      ...{ completion_date: 'date', project_stage_id: 'id', office_id: 'id', origin_code: 'text', origin_data: 'text' },
    },
  },
})
