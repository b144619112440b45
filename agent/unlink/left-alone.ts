import type { DatabaseSync } from 'node:sqlite'
import type { Looked } from '../ledger/look.ts'

/** Exports of one set are taken from the ERP within so many minutes of each other; an earlier one is of an earlier set. */
const oneSetMs = 10 * 60_000

/**
 * Whether a record surely left by itself: the lists of what it belongs to (its job, and for a change order its commitment) are as new as the
 * export it first went missing from, and do not say that both left. Exports of one night come one after the other, and commitments may
 * come before the jobs that say theirs was closed. True where no such list is exported, or the record belongs to nothing. `family`: it goes
 * together with its commitment, which therefore may have left too; with their job neither may.
 */
export function leftAlone(raw: DatabaseSync, looked: Looked, family = false): boolean {
  const missing = raw.prepare('select as_of from export_files where id = ?').get(looked.link['absent_since'] as number | null)
  const newest = raw.prepare(
    `select max(f.as_of) as at from export_files f join sources s on s.id = f.source
     where s.connection = ? and s.entity = ? and f.state in ('taken', 'unchanged')`,
  )
  return wholesOf(looked).every((of) => {
    const at = newest.get(looked.connection.id, of)?.['at']
    if (at == null) return true
    return Number(at) >= Number(missing?.['as_of'] ?? 0) - oneSetMs && !(of === 'commitments' && !family && commitmentLeft(raw, looked))
  })
}

function wholesOf({ kind, record: { fields }, item }: Looked): ('jobs' | 'commitments')[] {
  if (kind.entity === 'jobs') return []
  if (kind.jobOf(fields) !== null) return ['jobs']
  if (fields['commitment'] != null) return ['commitments', 'jobs']
  return item?.project == null ? [] : ['jobs']
}

/** A change order does not name its job: where its commitment left too, nobody can say that it alone was deleted. */
const commitmentLeft = (raw: DatabaseSync, { connection, record }: Looked): boolean =>
  raw
    .prepare(
      `select 1 from records r join sources s on s.id = r.source
       where s.connection = ? and s.entity = 'commitments' and r.key = ? and r.vanished_at is not null`,
    )
    .get(connection.id, record.fields['commitment'] ?? null) !== undefined
