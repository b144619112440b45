import type { DatabaseSync } from 'node:sqlite'
import { itemTypes } from '../../shared/item.ts'
import type { ErpRecord, Kind, ProcoreItem } from '../items/kind.ts'
import { type Kinds, recordOf, type StoredRow } from './rows.ts'
import type { Source } from './sources.ts'

const projectType = itemTypes.indexOf('project')

type Vanished = { source: Source; kind: Kind; record: ErpRecord; item: Pick<ProcoreItem, 'project'> | null }
/** The job something belongs to; and the records among which the last of that job may have left, where it is known by one of them. */
type Belongs = { job: string; among: { source: Source; kind: Kind } | null }

/**
 * The job a vanished record left with, or null: its job itself is gone or closed; or, where no export of jobs tells, nothing of that job is left
 * among its like either (design §6). What does not name its job has that of its commitment, else that of the project its item lies in: a change
 * order or an invoice leaves with its job as its commitment does. Make one per transaction or answer: it remembers.
 */
export function jobLeftOf(
  raw: DatabaseSync,
  kinds: Kinds,
  connection: number,
  sources: readonly Source[],
): (of: Vanished) => string | null {
  const sourceOf = (entity: Kind['entity']): Source | undefined => sources.find((one) => one.entity === entity)
  const [jobs, commitments] = [sourceOf('jobs'), sourceOf('commitments')]
  const find = raw.prepare('select * from records where source = ? and key = ?')
  const live = raw.prepare('select content from records where source = ? and vanished_at is null and left_out = 0')
  const ofProject = raw.prepare(
    `select r.key from items i join links l on l.item_type = i.type and l.item_id = i.id join records r on r.id = l.record
     where i.connection = ? and i.type = ? and i.id = ? and r.source = ?`,
  )
  const liveJobs = new Map<number, Set<string>>()

  function stillHere({ source: { id }, kind }: NonNullable<Belongs['among']>): Set<string> {
    const known = liveJobs.get(id)
    if (known) return known
    const here = new Set<string>()
    for (const row of live.iterate(id)) {
      const job = kind.jobOf(recordOf({ ...row, id: 0, key: '' }, kind).fields)
      if (job !== null) here.add(job)
    }
    liveJobs.set(id, here)
    return here
  }

  function belongs({ source, kind, record: { fields }, item }: Vanished): Belongs | null {
    const own = kind.jobOf(fields)
    if (own !== null) return { job: own, among: { source, kind } }
    return ofCommitment(fields['commitment'] ?? null) ?? ofItem(item?.project ?? null)
  }

  function ofCommitment(key: string | null): Belongs | null {
    const row = commitments && key !== null ? (find.get(commitments.id, key) as StoredRow | undefined) : undefined
    const job = row && kinds.commitments.jobOf(recordOf(row, kinds.commitments).fields)
    if (!commitments || !row || job == null) return null
    return { job, among: row['vanished_at'] === null ? null : { source: commitments, kind: kinds.commitments } }
  }

  function ofItem(project: string | null): Belongs | null {
    const row = project !== null && jobs ? ofProject.get(connection, projectType, project, jobs.id) : undefined
    return row ? { job: String(row['key']), among: null } : null
  }

  return (of) => {
    const found = of.kind.entity === 'jobs' ? null : belongs(of)
    if (found === null) return null
    const { job, among } = found
    const row = jobs && find.get(jobs.id, job)
    const left = row
      ? row['vanished_at'] !== null || kinds.jobs.closed?.(recordOf(row, kinds.jobs).fields) === true
      : among !== null && !stillHere(among).has(job)
    return left ? job : null
  }
}
