import { problem } from '../../shared/problem.ts'
import { sameUpTo, textFigure, textOf } from './figures.ts'
import type { Kind } from './kind.ts'
import { nameToSend } from './standard-cost-codes.ts'

/** Extras ↔ sub jobs of the job's project, by code. */
export const extras: Kind = {
  entity: 'extras',
  role: 'master',
  fields: ['job', 'extra', 'description'],
  itemTypes: ['sub-job'],
  delivery: 'create',
  matched: true,
  after: ['jobs'],
  keysOfRecord({ fields: { job, extra } }, context) {
    const project = job == null ? null : context.projectOfJob(job)
    return project === null || extra == null ? [] : [`exact:sub-job:${project.id}:${extra}`]
  },
  keysOfItem({ project, content }) {
    const code = textOf(content['code'])
    return project === null || code === null ? [] : [`exact:sub-job:${project}:${code}`]
  },
  compare: ({ fields }, { content }) => [
    textFigure('extra', content['code'], fields['extra']),
    textFigure('name', content['name'], fields['description'], sameUpTo(30)),
  ],
  toBody({ fields }, item, context) {
    const { job, extra, description } = fields
    if (job == null || context.projectOfJob(job) === null) return problem('project-unmatched', { job: job ?? '' })
    return { ...(item === null ? { code: extra ?? '' } : {}), name: nameToSend(description, item) ?? extra ?? '' }
  },
  jobOf: ({ job }) => job ?? null,
}
