import type { Kinds } from '../items.ts'
import type { Call } from './endpoint.ts'
import { resource, type View } from './resource.ts'
import { open } from './rules/locks.ts'
import type { Fields } from './rules/shape.ts'
import type { Writing } from './rules/write.ts'

const fields: Fields = { id: 'whole', origin_id: 'text', origin_data: 'text', name: 'text', code: 'text' }

const inProject = (call: Call, job: Kinds['sub_jobs']) => job.project_id === call.projectId

const view: View<'sub_jobs'> =
  () =>
  ({ project_id: _project, deleted_at: _gone, ...rest }) =>
    rest

/** A sub job's code is its own within the project: assumption codes-are-unique. */
const writing: Writing<'sub_jobs'> = {
  ...{ kind: 'sub_jobs', fields, lock: open, visible: inProject },
  fresh: (call, submitted) => {
    if (typeof submitted['code'] !== 'string' || typeof submitted['name'] !== 'string') return { errors: { code: ["can't be blank"] } }
    const twin = call.company.tables.sub_jobs.where((one) => inProject(call, one) && one.code === submitted['code'])
    return twin.length > 0 ? { errors: { code: ['has already been taken'] } } : { project_id: call.projectId }
  },
}

export const subJobs = resource({
  kind: 'sub_jobs',
  lists: [
    {
      path: '/rest/v1.0/sub_jobs',
      project: 'query',
      view,
      items: (call) => call.company.tables.sub_jobs.where((one) => inProject(call, one)),
    },
  ],
  shows: [{ path: '/rest/v1.0/sub_jobs/:id', project: 'query', visible: inProject, view }],
  syncs: [{ path: '/rest/v1.0/sub_jobs/sync', project: 'query', beside: { project_id: 'whole' }, required: ['project_id'], writing, view }],
})
