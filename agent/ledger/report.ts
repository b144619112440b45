import { problem } from '../../shared/problem.ts'
import { bulkOf } from './bulk.ts'
import type { WriterTx } from './command.ts'
import { decimalText } from './content.ts'
import { roleOf } from './may-be-gone.ts'
import { closeProblems, openProblem } from './problems.ts'
import { endRun, type RunCounts, type RunState } from './runs.ts'
import type { Finished, Sealed } from './seal.ts'
import type { OpenTake } from './take.ts'
import type { Totals, TotalsJson } from './totals.ts'

/** Ends a sealed take: counts and control totals, trouble with rows, what the next one starts from, and the events. */
export function report(
  tx: WriterTx,
  take: OpenTake,
  finished: Finished,
  totals: Totals,
  moved: { changed: number; missing: number },
): Sealed {
  const { raw } = tx
  const stored = totals.toJson()
  const counts = countsOf(take, finished, totals, moved)
  raw.prepare('delete from record_changes where take = ?').run(take.id)
  raw.prepare('update takes set sealed_at = ? where id = ?').run(tx.now(), take.id)
  raw.prepare('update sources set as_of = ?, file = ? where id = ?').run(Date.parse(take.export.asOf), take.file, take.source.id)
  raw
    .prepare("update export_files set state = 'taken', counts = ? where id = ?")
    .run(JSON.stringify({ ...counts, totals: stored, unnamed: finished.rowsWithoutKey }), take.file)
  supersede(tx, take.source.id, take.file)
  openRowProblems(tx, take)
  closeOlder(tx, take)
  const said = { connection: String(take.source.connection), run: String(take.run) }
  tx.emit('file-taken', { ...said, data: { file: take.export.name, entity: take.kind.entity, ...counts } })
  endRun(tx, take.run, 'done', counts)
  return { outcome: 'taken', run: take.run, counts }
}

/** What a class of rows is called where people read it: nothing goes while writing is off, and what is only compared never goes. */
function calledOf(why: string, { kind, source }: OpenTake): string {
  if (why !== 'sent') return why
  if (kind.delivery === 'match') return 'compared'
  return source.writing === 1 && (kind.matched || source.creating === 1) ? 'sent' : 'writing-off'
}

function countsOf(
  take: OpenTake,
  finished: Finished,
  totals: Totals,
  { changed, missing }: { changed: number; missing: number },
): RunCounts {
  const { rows, unchanged } = finished
  const base: RunCounts = { rows, unchanged, changed, missing, problems: take.rowsInTrouble, ...finished.said }
  if (take.rowsInTrouble > 0) base['unread'] = finished.rowsInTrouble
  const classes: TotalsJson = totals.toJson()
  for (const [why, { rows: n }] of Object.entries(classes)) base[`rows.${calledOf(why, take)}`] = n
  const all = totals.sum()
  if (!take.hasAmounts) return base
  for (const [why, { amount }] of Object.entries(classes)) base[`amount.${calledOf(why, take)}`] = amount
  return { ...base, total: decimalText(all.amount) }
}

/** A newer file makes those of this source that wait for a person out of date; met again at its path (`path`), the same file waits once. */
export function supersede(tx: WriterTx, source: number, file: number, path: string | null = null): void {
  const old = tx.raw
    .prepare("select id from export_files where source = ?1 and state = 'waiting' and id <> ?2 and (?3 is null or path = ?3)")
    .all(source, file, path)
  for (const { id } of old) {
    tx.raw.prepare("update export_files set state = 'refused' where id = ?").run(Number(id))
    closeProblems(tx, { file: Number(id) })
  }
}

function openRowProblems(tx: WriterTx, take: OpenTake): void {
  const on = { connection: take.source.connection, file: take.file, run: take.run }
  const last = take.problems.length - 1
  for (const [n, one] of take.problems.entries()) openProblem(tx, { ...on, problem: one, more: n === last ? take.moreProblems : 0 })
}

/** What was wrong with older files of this path (or, where each file holds everything, of this source) is over; what still is was opened anew above. */
function closeOlder(tx: WriterTx, { source, file, export: { path }, kind }: OpenTake): void {
  const older = tx.raw
    .prepare(
      'select distinct p.file from problems p join export_files f on f.id = p.file where p.closed_at is null and f.connection = ? and f.id <> ? and (f.path = ? or (f.source = ? and ?))',
    )
    .all(source.connection, file, path, source.id, roleOf(kind, source) === 'master' ? 1 : 0)
  for (const row of older) closeProblems(tx, { file: Number(row['file']) })
  closeProblems(tx, { file, codes: ['blast-radius', 'file-older'] })
}

/** Leaves a file to a person: nothing of it counts, and letting it through takes it anew from its spool copy. */
export function leaveWaiting(tx: WriterTx, take: OpenTake, count: number, total: number): Sealed {
  const trouble = problem('blast-radius', { file: take.export.name, count, total }, { file: take.export.name })
  openProblem(tx, { connection: take.source.connection, problem: trouble, file: take.file, run: take.run })
  supersede(tx, take.source.id, take.file, take.export.path)
  endTake(tx, take, 'waiting', 'waiting', { count, total })
  return { outcome: 'waiting', run: take.run, counts: { count, total } }
}

/** Takes an open take back, as if it had never been, but for its file and run. */
export function endTake(tx: WriterTx, take: Pick<OpenTake, 'id' | 'file' | 'run'>, file: string, run: RunState, counts: RunCounts): void {
  bulkOf(tx.raw).drop(take.id)
  tx.raw.prepare('delete from takes where id = ?').run(take.id)
  tx.raw.prepare('update export_files set state = ? where id = ?').run(file, take.file)
  endRun(tx, take.run, run, counts)
}

/** Takes back whatever a killed agent left open. Its files are found again by the folder's own listing. */
export function dropUnsealed(tx: WriterTx): number {
  const dropped = dropTakes(tx)
  tx.raw.prepare("update runs set state = 'failed', ended_at = ? where state = 'running'").run(tx.now())
  return dropped
}

/** Takes back takes that nobody goes on with: one is made at a time, so before the next begins there is none under way. */
export function dropTakes(tx: WriterTx): number {
  const open = tx.raw.prepare('select id, file, run from takes where sealed_at is null').all()
  for (const row of open)
    endTake(tx, { id: Number(row['id']), file: Number(row['file']), run: Number(row['run']) }, 'dropped', 'failed', { dropped: 1 })
  return open.length
}
