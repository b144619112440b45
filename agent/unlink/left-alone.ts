import type { DatabaseSync } from 'node:sqlite'
import { type Looked, recordOfItem } from '../ledger/look.ts'
import { heldIn } from '../ledger/missing.ts'
import { takenFiles } from '../ledger/other-files.ts'

/** Exports of one set are taken from the ERP within so many minutes of each other; an earlier one is of an earlier set. */
const oneSetMs = 10 * 60_000

/**
 * Whether a record surely left by itself: the lists of what it belongs to (its job, and for a change order its commitment) are as new as the
 * export it first went missing from, and do not say that both left. Where a list comes in several files (of a division each), the one that holds
 * what this record belongs to is meant; another's says nothing of it. Exports of one night come one after the other, and commitments may
 * come before the jobs that say theirs was closed. True where no such list is exported, or the record belongs to nothing. `family`: it goes
 * together with its commitment, which therefore may have left too; with their job neither may.
 */
export function leftAlone(raw: DatabaseSync, looked: Looked, family = false): boolean {
  const missing = raw.prepare('select as_of from export_files where id = ?').get(looked.link['absent_since'] as number | null)
  return wholesOf(looked).every((of) => {
    const at = listedAt(raw, looked, of)
    return (
      at === null || (at >= Number(missing?.['as_of'] ?? 0) - oneSetMs && !(of === 'commitments' && !family && commitmentLeft(raw, looked)))
    )
  })
}

type Whole = 'jobs' | 'commitments'

/** Of when the newest list is that holds the job or commitment of this record (ms); of the newest at all where none does. Null where there is none. */
function listedAt(raw: DatabaseSync, looked: Looked, of: Whole): number | null {
  const source = raw.prepare('select id from sources where connection = ? and entity = ?').get(looked.connection.id, of)?.['id']
  if (source === undefined) return null
  const files = takenFiles(raw, Number(source))
  const whole = recordOfWhole(raw, looked, of, Number(source))
  const holding = whole === null ? undefined : files.find((file) => heldIn(raw, Number(source), [file]).has(whole))
  return (holding ?? files[0])?.asOf ?? null
}

/** The record of the job or commitment it belongs to: the one it names, else for a job the one of the project its item lies in. */
function recordOfWhole(
  raw: DatabaseSync,
  { kind, record: { fields }, item, connection }: Looked,
  of: Whole,
  source: number,
): number | null {
  const key = of === 'commitments' ? (fields['commitment'] ?? null) : kind.jobOf(fields)
  if (key === null) return item?.project == null ? null : recordOfItem(raw, connection.id, 'project', item.project)
  const row = raw.prepare('select id from records where source = ? and key = ?').get(source, key)
  return row ? Number(row['id']) : null
}

function wholesOf({ kind, record: { fields }, item }: Looked): Whole[] {
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
