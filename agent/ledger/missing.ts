import type { ExportFile } from '../connectors/connector.ts'
import { recordsIn } from '../formats/line-set.ts'
import type { Absence } from './absence.ts'
import type { WriterTx } from './command.ts'
import { IdSet } from './id-set.ts'
import { filesBeside, type TakenFile, takenFiles } from './other-files.ts'
import { loadPack } from './pieces.ts'
import type { Finished } from './seal.ts'
import type { OpenTake } from './take.ts'

/** Every record this file speaks of, be it by a line with a problem. */
export function presentRecords({ raw }: WriterTx, take: OpenTake, finished: Finished, pack: Uint8Array): IdSet {
  const present = new IdSet()
  for (const id of finished.recordsIn(pack)) present.add(id)
  for (const id of [...take.twiceNew, ...take.twiceOld, ...take.held.ids()]) present.add(id)
  const find = raw.prepare('select id from records where source = ? and key = ?')
  for (const key of finished.keysInTrouble) {
    const row = find.get(take.source.id, key)
    if (row) present.add(Number(row['id']))
  }
  return present
}

/** Known records that neither this file speaks of nor another one that still counts; an admin's word makes each hold every record. */
export function absentRecords({ raw }: WriterTx, { source, id, export: { path, asOf } }: OpenTake, present: IdSet): number[] {
  const absent = raw
    .prepare('select id from records where source = ? and take <> ? and vanished_at is null')
    .all(source.id, id)
    .map((row) => Number(row['id']))
    .filter((record) => !present.has(record))
  if (absent.length === 0 || source.always_complete === 1) return absent
  const elsewhere = heldIn(raw, source.id, filesBeside(takenFiles(raw, source.id), { path, asOf: Date.parse(asOf) }))
  return absent.filter((record) => !elsewhere.has(record))
}

/** Records whose lines these files hold. */
export function heldIn(raw: WriterTx['raw'], source: number, files: readonly Pick<TakenFile, 'path'>[]): IdSet {
  const held = new IdSet()
  for (const { path } of files) for (const id of recordsIn(loadPack(raw, source, path) ?? new Uint8Array())) held.add(id)
  return held
}

/** Records that were missing and are in this file again; answers those that had counted as gone. */
export function comeBack({ raw }: WriterTx, { source }: OpenTake, present: IdSet): number[] {
  const rows = raw
    .prepare('select id, vanished_at from records where source = ? and (vanished_at is not null or absent_since is not null)')
    .all(source.id)
  const back = rows.filter((row) => present.has(Number(row['id'])))
  const clear = raw.prepare('update records set vanished_at = null, absent_since = null where id = ?')
  for (const row of back) clear.run(Number(row['id']))
  return back.filter((row) => row['vanished_at'] !== null).map((row) => Number(row['id']))
}

/** Writes down who is missing, and who is thereby gone; answers the gone. */
export function goMissing(
  { raw, now }: WriterTx,
  { file, export: { asOf } }: OpenTake,
  absent: readonly number[],
  absence: Absence,
): number[] {
  const first = raw.prepare('update records set absent_since = ? where id = ? and absent_since is null')
  const vanish = raw.prepare('update records set vanished_at = ? where id = ?')
  const gone = absent.filter((record) => absence === 'gone' || missedBefore(raw, record, Date.parse(asOf)))
  for (const record of absent) first.run(file, record)
  for (const record of gone) vanish.run(now(), record)
  return gone
}

/** True when an earlier export missed it too; the same export read a second time is no second witness. */
function missedBefore(raw: WriterTx['raw'], record: number, asOf: number): boolean {
  const row = raw.prepare('select f.as_of from records r join export_files f on f.id = r.absent_since where r.id = ?').get(record)
  return row !== undefined && Number(row['as_of']) < asOf
}

/** An export equal to the last at its path to the letter is the second witness for what was missed first; never for what it holds itself. */
export function missAgain({ raw, now }: WriterTx, source: number, file: Pick<ExportFile, 'path' | 'asOf'>): number[] {
  const missing = raw
    .prepare('select id from records where source = ? and absent_since is not null and vanished_at is null')
    .all(source)
    .map((row) => Number(row['id']))
  if (missing.length === 0) return []
  const held = heldIn(raw, source, [file])
  const gone = missing.filter((record) => !held.has(record) && missedBefore(raw, record, Date.parse(file.asOf)))
  for (const record of gone) raw.prepare('update records set vanished_at = ? where id = ?').run(now(), record)
  return gone
}
