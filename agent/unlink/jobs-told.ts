import type { DatabaseSync } from 'node:sqlite'
import type { Looked } from '../ledger/look.ts'

/** Exports of one set are taken from the ERP within so many minutes of each other; an earlier one is of an earlier set. */
const oneSetMs = 10 * 60_000

/**
 * Whether the list of jobs is as new as the export a record first went missing from. Exports of one night come one after the other, and
 * commitments may come before the jobs that say theirs was closed: until those are in, a record may yet turn out to have left with its job.
 * True where no jobs are exported, or the record belongs to none.
 */
export function jobsTold(raw: DatabaseSync, { record, kind, connection, link }: Looked): boolean {
  if (kind.entity === 'jobs' || kind.jobOf(record.fields) === null) return true
  const jobs = raw
    .prepare(
      `select max(f.as_of) as at from export_files f join sources s on s.id = f.source
       where s.connection = ? and s.entity = 'jobs' and f.state in ('taken', 'unchanged')`,
    )
    .get(connection.id)
  if (jobs?.['at'] == null) return true
  const missing = raw.prepare('select as_of from export_files where id = ?').get(link['absent_since'] as number | null)
  return Number(jobs['at']) >= Number(missing?.['as_of'] ?? 0) - oneSetMs
}
