/** Sub jobs of a project, the ERP's extras (procore-api.md 6.2): no filter at all, so compared whole. */
import type { ProcoreItem } from '../items/kind.ts'
import type { ProcoreList } from './list.ts'
import { contentOf, itemOf, type Raw } from './reading.ts'
import { listOf } from './reading-lists.ts'

const content = (raw: Raw): ProcoreItem['content'] => contentOf(raw, { code: 'text', name: 'text' })

export const subJobs: ProcoreList = listOf({
  ...{ id: 'sub-jobs', itemTypes: ['sub-job'], scope: 'project', updatedFilter: false, includeDeleted: false, perPage: 1_000 },
  path: () => '/rest/v1.0/sub_jobs',
  show: (_client, where, id) => ({ path: `/rest/v1.0/sub_jobs/${id}`, query: { project_id: where.project ?? '' } }),
  query: (_client, where) => ({ project_id: where.project ?? '' }),
  idFilter: null,
  originFilter: false,
  parse: (raw, project) => itemOf('sub-job', raw, project, content),
  // The project stands in the query and in the body.
  sync: {
    path: () => '/rest/v1.0/sub_jobs/sync',
    query: (where) => ({ project_id: where.project ?? '' }),
    scope: (_client, where) => ({ project_id: where.project ?? '' }),
    locked: false,
    serial: false,
    fields: { name: 'text', code: 'text', origin_data: 'text' },
  },
})
