/** What becomes of export files that are not taken row by row: refused, older than what is known, or the same as last time. */

import type { DatabaseSync } from 'node:sqlite'
import type { Problem } from '../../shared/problem.ts'
import type { ExportFile } from '../connectors/connector.ts'
import { provesRows } from './absence.ts'
import type { WriterTx } from './command.ts'
import { keepCursor } from './cursors.ts'
import { roleOf } from './may-be-gone.ts'
import { missAgain } from './missing.ts'
import { samePath, supersede } from './out-of-date.ts'
import { closeProblems, openProblem } from './problems.ts'
import { finish, reconcile, reconciling } from './reconcile.ts'
import { ofParts } from './release-take.ts'
import type { Kinds } from './rows.ts'
import { beginRun, endRun } from './runs.ts'
import { sourceAsOf } from './source-as-of.ts'
import { type Source, sourceById } from './sources.ts'
import { storeFile } from './take.ts'

/** What was last taken from a path; `met`: how the file looked then, in its connector's words. */
export type LastTaken = { sha256: string; source: number; settingsVersion: string; met: string | null }

/** What was last taken from this path, or null. The folder asks before it reads. */
export function lastTaken(raw: DatabaseSync, connection: number, path: string): LastTaken | null {
  const row = raw
    .prepare(
      'select h.sha256, h.source, h.settings_version, h.met from fingerprint_heads h join sources s on s.id = h.source where s.connection = ? and h.path = ?',
    )
    .get(connection, path)
  if (!row) return null
  return {
    ...{ sha256: String(row['sha256']), source: Number(row['source']), settingsVersion: String(row['settings_version']) },
    met: row['met'] === null ? null : String(row['met']),
  }
}

/** True when known content is now said to be complete and was not when it was taken: what is missing from it is known only now. */
export function provesMore(raw: DatabaseSync, source: number, { path, complete }: ExportFile): boolean {
  if (!provesRows(complete)) return false
  const taken = raw
    .prepare("select complete from export_files where source = ? and path = ? and state = 'taken' order by id desc limit 1")
    .get(source, path)
  return taken !== undefined && !provesRows(JSON.parse(String(taken['complete'])))
}

/** Sets a file aside, whole: its run failed, the reason stands open until a file at this path is taken. */
export function refuseFile(
  tx: WriterTx,
  connection: number,
  file: ExportFile,
  trouble: Problem,
  known: { file: number; run: number } | null = null,
): { run: number } {
  const id = known?.file ?? storeFile(tx, connection, file, 'refused')
  const run = known?.run ?? beginRun(tx, { connection, entity: null, kind: 'file', file: id })
  tx.raw.prepare("update export_files set state = 'refused' where id = ?").run(id)
  openProblem(tx, { connection, problem: trouble, file: id, run })
  closeAtPath(tx, connection, file.path, id)
  if (known === null) endRun(tx, run, 'failed', { code: trouble.code })
  tx.emit('file-refused', { connection: String(connection), run: String(run), data: { file: file.name, code: trouble.code } })
  return { run }
}

/** The newest word about a path replaces the older ones; or only what was said of files in one state. */
function closeAtPath(tx: WriterTx, connection: number, path: string, but: number, state: 'refused' | null = null): void {
  const older = tx.raw
    .prepare(
      `select distinct p.file from problems p join export_files f on f.id = p.file
       where p.closed_at is null and f.connection = ? and f.path = ? and f.id <> ? and f.state = coalesce(?, f.state)`,
    )
    .all(connection, path, but, state)
  for (const row of older) closeProblems(tx, { file: Number(row['file']) })
}

/** Leaves a file that is older than what is known to a person. */
export function holdFile(
  tx: WriterTx,
  connection: number,
  file: ExportFile,
  trouble: Problem,
  source: number,
  format: string,
): { run: number } {
  const id = storeFile(tx, connection, file, 'waiting')
  tx.raw.prepare('update export_files set source = ?, format = ? where id = ?').run(source, format, id)
  const { entity } = sourceById(tx.raw, source)
  const run = beginRun(tx, { connection, entity, kind: 'file', file: id })
  openProblem(tx, { connection, problem: trouble, file: id, run })
  supersede(tx, source, id, samePath(file.path))
  endRun(tx, run, 'waiting', {})
  return { run }
}

const marks = ofParts.map(() => '?').join(', ')

/** Files that wait for a person because of this cause, whole or in part. */
export const waitingBehind = (raw: DatabaseSync, cause: string): number[] =>
  raw
    .prepare(
      `select distinct f.id from problems p join export_files f on f.id = p.file where p.cause = ? and p.closed_at is null and (f.state = 'waiting' or p.code in (${marks}))`,
    )
    .all(cause, ...ofParts)
    .map(({ id }) => Number(id))

/** The same file again, to the letter: nothing moved, but the books are as of later, and what one export missed two have now missed. */
export function sameAgain(tx: WriterTx, kinds: Kinds, source: Source, file: ExportFile): { run: number } {
  const asOf = sourceAsOf(tx, kinds[source.entity], source, file)
  const id = storeFile(tx, source.connection, file, 'unchanged')
  tx.raw.prepare('update export_files set source = ? where id = ?').run(source.id, id)
  const run = beginRun(tx, { connection: source.connection, entity: source.entity, kind: 'file', file: id })
  closeAtPath(tx, source.connection, file.path, id, 'refused') // what was wrong with one in between is over; with its own rows, it is not
  if (asOf > (source.as_of ?? 0)) tx.raw.prepare('update sources set as_of = ? where id = ?').run(asOf, source.id)
  keepCursor(tx, source.id, file)
  if (source.always_complete === 1 && file.complete.proof !== 'part' && roleOf(kinds[source.entity], source) === 'master') {
    const on = reconciling(tx, kinds, source.connection, { code: 'take', run })
    reconcile(on, missAgain(tx, source.id, file))
    finish(on)
  }
  const said = { connection: String(source.connection), run: String(run) }
  tx.emit('file-taken', { ...said, data: { file: file.name, entity: source.entity, unchanged: true } })
  endRun(tx, run, 'done', { unchanged: 1 })
  return { run }
}
