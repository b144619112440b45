import { problem } from '../../shared/problem.ts'
import { sameUpTo, textFigure, textOf } from './figures.ts'
import type { Context, ErpRecord, Kind, ProcoreItem } from './kind.ts'
import { fullCodeOf, nameToSend } from './standard-cost-codes.ts'

const placeKey = (project: string, subJob: string | null, code: string): string => `exact:cost-code:${project}:${subJob ?? ''}:${code}`

/** Code of the sub job a cost code lies under; null for the project's own (procore/cost-codes.ts says it). */
const subJobOf = ({ content }: ProcoreItem): string | null => textOf(content['sub_job_code'])

/** The codes under a sub job are written by a call of their own, which names it (procore-api.md 5.2). */
function toBody({ fields }: ErpRecord, item: ProcoreItem | null, context: Context) {
  const { job, extra, cost_code: code, description } = fields
  const project = job == null ? null : context.projectOfJob(job)
  if (project === null) return problem('project-unmatched', { job: job ?? '' })
  const subJob = extra == null ? null : context.subJob(project.id, extra)
  if (extra != null && subJob === null) return problem('sub-job-missing', { project: projectName(project), code: extra })
  const standard = code == null ? null : context.standardCode(code)
  return {
    ...(item === null ? { code: code ?? '', ...(standard ? { standard_cost_code_id: standard.id } : {}) } : {}),
    ...(subJob ? { sub_job_id: subJob.id } : {}),
    name: nameToSend(description, item) ?? code ?? '',
  }
}

const projectName = ({ id, content }: ProcoreItem): string => textOf(content['project_number']) ?? id

/** Cost codes of jobs and extras ↔ cost codes of projects and sub jobs. */
export const costCodes: Kind = {
  entity: 'cost-codes',
  role: 'master',
  fields: ['job', 'extra', 'cost_code', 'description'],
  itemTypes: ['cost-code'],
  delivery: 'create',
  matched: true,
  after: ['jobs', 'extras', 'standard-cost-codes'],
  keysOfRecord({ fields: { job, extra, cost_code } }, context) {
    const project = job == null ? null : context.projectOfJob(job)
    return project === null || cost_code == null ? [] : [placeKey(project.id, extra ?? null, cost_code)]
  },
  keysOfItem(item) {
    const code = fullCodeOf(item)
    // An answer to a write does not say the sub job's code: where it lies is known with the next reading.
    const placed = !('sub_job_id' in item.content) || item.content['sub_job_id'] === null || subJobOf(item) !== null
    return item.project === null || code === null || !placed ? [] : [placeKey(item.project, subJobOf(item), code)]
  },
  compare: ({ fields }, item) => [
    textFigure('cost-code', fullCodeOf(item), fields['cost_code']),
    textFigure('name', item.content['name'], fields['description'], sameUpTo(30)),
  ],
  toBody,
  jobOf: ({ job }) => job ?? null,
}
