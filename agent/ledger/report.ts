import type { Problem } from '../../shared/problem.ts'
import { bulkOf } from './bulk.ts'
import type { WriterTx } from './command.ts'
import { decimalText } from './content.ts'
import { beforeTaken, closeOlder, samePath, supersede } from './out-of-date.ts'
import { openProblem } from './problems.ts'
import { endRun, type RunCounts, type RunState } from './runs.ts'
import type { Finished, Sealed } from './seal.ts'
import { sourceAsOf } from './source-as-of.ts'
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
  const asOf = sourceAsOf(tx, take.kind, take.source, take.export)
  raw.prepare('update sources set as_of = ?, file = ? where id = ?').run(asOf, take.file, take.source.id)
  raw
    .prepare("update export_files set state = 'taken', counts = ? where id = ?")
    .run(JSON.stringify({ ...counts, totals: stored, unnamed: finished.rowsWithoutKey }), take.file)
  supersede(tx, take.source.id, take.file, beforeTaken(take))
  openRowProblems(tx, take)
  closeOlder(tx, take)
  const said = { connection: String(take.source.connection), run: String(take.run) }
  tx.emit('file-taken', { ...said, data: { file: take.export.name, entity: take.kind.entity, ...counts } })
  endRun(tx, take.run, 'done', counts)
  const [told] = take.drifted
  return { outcome: 'taken', run: take.run, counts, ...(told && { problem: told }) }
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
  const base: RunCounts = { rows, unchanged, changed, missing, problems: take.rowsInTrouble, ...finished.said, ...columnsSaid(take) }
  if (take.rowsInTrouble > 0) base['unread'] = finished.rowsInTrouble
  const classes: TotalsJson = totals.toJson()
  for (const [why, { rows: n }] of Object.entries(classes)) base[`rows.${calledOf(why, take)}`] = n
  const all = totals.sum()
  if (!take.hasAmounts) return base
  for (const [why, { amount }] of Object.entries(classes)) base[`amount.${calledOf(why, take)}`] = amount
  return { ...base, total: decimalText(all.amount) }
}

/** Counted once, with the take that met it: all of it was taken. */
function columnsSaid({ changes: { added, moved } }: OpenTake): RunCounts {
  const said = { 'columns-added': added.length, 'columns-moved': moved }
  return Object.fromEntries(Object.entries(said).filter(([, n]) => n > 0))
}

function openRowProblems(tx: WriterTx, take: OpenTake): void {
  const on = { connection: take.source.connection, file: take.file, run: take.run }
  const last = take.problems.length - 1
  for (const [n, one] of take.problems.entries()) openProblem(tx, { ...on, problem: one, more: n === last ? take.moreProblems : 0 })
  for (const one of take.drifted) openProblem(tx, { ...on, problem: one })
}

/** Leaves a file to a person: nothing of it counts, and letting it through takes it anew from its spool copy. */
export function leaveWaiting(tx: WriterTx, take: OpenTake, trouble: Problem): Sealed {
  const counts: RunCounts = Object.fromEntries(Object.entries(trouble.params ?? {}).filter(([, value]) => typeof value === 'number'))
  openProblem(tx, { connection: take.source.connection, problem: trouble, file: take.file, run: take.run })
  supersede(tx, take.source.id, take.file, samePath(take.export.path))
  endTake(tx, take, 'waiting', 'waiting', counts)
  return { outcome: 'waiting', run: take.run, counts, problem: trouble }
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
