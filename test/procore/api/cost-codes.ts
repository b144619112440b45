import type { CostCode } from '../company-items.ts'
import type { Call } from './endpoint.ts'
import { resource, type View } from './resource.ts'
import { open } from './rules/locks.ts'
import type { Fields } from './rules/shape.ts'
import type { Writing } from './rules/write.ts'

const fields: Fields = {
  ...{ id: 'whole', origin_id: 'text', origin_data: 'text', position: 'whole', code: 'text', name: 'text', parent_id: 'whole' },
  standard_cost_code_id: 'whole',
}

const subJobOf = (call: Call): number | null => (call.query.has('sub_job_id') ? Number(call.query.get('sub_job_id')) : null)

/** Without sub_job_id the project's own codes; with it the sub job's (facts 4.2; assumption cost-codes-of-sub-jobs). */
const inPlace = (call: Call, code: CostCode) => code.project_id === call.projectId && code.sub_job_id === subJobOf(call)

const view: View<'cost_codes'> = (call) => (code) => {
  const { project_id, sub_job_id, parent_id, ...rest } = code
  const biller = sub_job_id === null ? call.company.tables.projects.get(project_id) : call.company.tables.sub_jobs.get(sub_job_id)
  return {
    ...{ ...rest, sortable_code: code.full_code, parent: { id: parent_id }, budgeted: false, line_item_types: [] },
    ...{ biller: biller?.name ?? null, biller_id: biller?.id ?? null, biller_type: sub_job_id === null ? 'Project' : 'SubJob' },
    biller_origin_id: biller?.origin_id ?? null,
  }
}

const writing: Writing<'cost_codes'> = {
  ...{ kind: 'cost_codes', fields, lock: open, visible: inPlace },
  fresh: (call, submitted) => {
    if (typeof submitted['code'] !== 'string') return { errors: { code: ["can't be blank"] } }
    const twin = call.company.tables.cost_codes.where((one) => inPlace(call, one) && one.full_code === submitted['code'])
    if (twin.length > 0) return { errors: { code: ['has already been taken'] } }
    const blank = { name: '', parent_id: null, position: null, standard_cost_code_id: null }
    return { ...blank, project_id: call.projectId, sub_job_id: subJobOf(call), full_code: submitted['code'] }
  },
}

export const costCodes = resource({
  kind: 'cost_codes',
  lists: [
    {
      ...{
        path: '/rest/v1.0/cost_codes',
        project: 'query',
        view,
        filters: { id: 'any of', origin_id: 'text' },
        query: ['sub_job_id', 'view'],
      },
      items: (call) => call.company.tables.cost_codes.all().filter((code) => inPlace(call, code)),
    },
  ],
  shows: [{ path: '/rest/v1.0/cost_codes/:id', project: 'query', visible: inPlace, view, query: ['sub_job_id'] }],
  syncs: [{ path: '/rest/v1.0/cost_codes/sync', project: 'query', writing, view, query: ['sub_job_id'] }],
})
