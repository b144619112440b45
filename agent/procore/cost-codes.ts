/**
 * Cost codes of a project and of its sub jobs (procore-api.md 4.2, 6.2): no updated_at filter, so compared whole. Whether the list
 * without `sub_job_id` holds the sub jobs' codes too is not published; they are asked for by sub job, and `biller` tells them apart.
 * `sub_job_code` is null for the project's own codes and absent where an answer does not say it (one code by itself, a write).
 */
import type { ProcoreItem } from '../items/kind.ts'
import type { Client } from './client.ts'
import type { ProcoreList, ReadOptions, Where } from './list.ts'
import { contentOf, itemOf, type Raw, text } from './reading.ts'
import { listOf } from './reading-lists.ts'
import { subJobs } from './sub-jobs.ts'

const content = (raw: Raw): ProcoreItem['content'] => ({
  ...contentOf(raw, {
    ...{ code: 'text', full_code: 'text', sortable_code: 'text', name: 'text', parent_id: ['id', 'parent.id'], biller_id: 'id' },
    ...{ biller_type: 'text', biller: 'text', biller_origin_id: 'text', budgeted: 'flag', standard_cost_code_id: 'id' },
    position: 'amount',
  }),
  sub_job_id: raw['biller_type'] === 'SubJob' ? text(raw['biller_id']) : null,
})

const own: ProcoreList = listOf({
  ...{ id: 'cost-codes', itemTypes: ['cost-code'], scope: 'project', updatedFilter: false, includeDeleted: false, perPage: 1_000 },
  path: () => '/rest/v1.0/cost_codes',
  query: (_client, where) => ({ project_id: where.project ?? '' }),
  idFilter: null,
  // There is one (4.2), but it would look in the project's own codes only.
  originFilter: false,
  parse: (raw, project) => itemOf('cost-code', raw, project, content),
  sync: {
    path: () => '/rest/v1.0/cost_codes/sync',
    query: (where) => ({ project_id: where.project ?? '' }),
    scope: () => ({}),
    locked: false,
    serial: false,
    rowQuery: ['sub_job_id'],
    fields: {
      ...{ code: 'text', name: 'text', position: 'number', parent_id: 'id', standard_cost_code_id: 'id', sub_job_id: 'id' },
      origin_data: 'text',
    },
  },
})

/** One list for the project, one call more per sub job; each code says its sub job's code as `sub_job_code`. */
export const costCodes: ProcoreList = { ...own, read, byIds }

/** A code of a sub job may not be shown without naming its sub job, which an id does not tell: looked for in the whole list. */
async function byIds(client: Client, where: Where, ids: readonly string[], options?: ReadOptions): Promise<ProcoreItem[]> {
  const wanted = new Set(ids)
  const found: ProcoreItem[] = []
  for await (const page of read(client, where, options)) {
    found.push(...page.filter((one) => wanted.has(one.id)))
    if (found.length === wanted.size) break
  }
  return found
}

async function* read(client: Client, where: Where, options?: ReadOptions): AsyncGenerator<ProcoreItem[]> {
  const codeOf = new Map<string, string | null>()
  for await (const page of subJobs.read(client, where, options)) for (const job of page) codeOf.set(job.id, code(job))
  for (const subJob of [null, ...codeOf.keys()]) {
    const filters: Record<string, string> = subJob === null ? {} : { sub_job_id: subJob }
    for await (const page of own.read(client, where, { ...options, filters })) {
      // Codes of sub jobs that the project's own list already holds come again with their sub job.
      const here = page.filter((one) => subJob !== null || !codeOf.has(billerOf(one)))
      yield here.map((one) => ({
        ...one,
        content: { ...one.content, sub_job_code: subJob === null ? null : (codeOf.get(subJob) ?? null) },
      }))
    }
  }
}

const code = (job: ProcoreItem): string | null => (typeof job.content['code'] === 'string' ? job.content['code'] : null)
const billerOf = ({ content: { biller_type, biller_id } }: ProcoreItem): string => (biller_type === 'SubJob' ? String(biller_id) : '')
