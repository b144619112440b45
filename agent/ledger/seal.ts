/** The last transaction of a take: only now does it count. */

import { type Problem, problem, Trouble } from '../../shared/problem.ts'
import { absenceOf, provesRows } from './absence.ts'
import { guardOf, isTooMuch } from './blast-radius.ts'
import { bulkOf } from './bulk.ts'
import type { WriterTx } from './command.ts'
import { keepCursor } from './cursors.ts'
import { holdDrifted } from './drift/hold.ts'
import { IdSet } from './id-set.ts'
import { refuseTwice } from './key-twice.ts'
import { mayBeGone, roleOf } from './may-be-gone.ts'
import { absentRecords, comeBack, goMissing, presentRecords } from './missing.ts'
import { storePack } from './pieces.ts'
import { putsBack } from './puts-back.ts'
import { leaveWaiting, report } from './report.ts'
import type { Kinds } from './rows.ts'
import type { RunCounts } from './runs.ts'
import { settleTake } from './settle-take.ts'
import { connectionOf, sourceById } from './sources.ts'
import { setSums } from './sums.ts'
import { classOf, type OpenTake } from './take.ts'
import type { Totals, TotalsJson } from './totals.ts'

/** What the reading of a file leaves for its seal (formats/rescan.ts). */
export type Finished = {
  /** Rows of the file, those with a problem included. */
  rows: number
  /** Rows known from the last take. */
  unchanged: number
  /** Rows that could not be read so far as to know whose they are. */
  rowsWithoutKey: number
  /** Keys of rows that could not be read otherwise: their records stay as they were. */
  keysInTrouble: readonly string[]
  /** Rows with a problem, as the format told them. */
  rowsInTrouble: number
  /** True when the last take's fingerprints were used. */
  rescanned: boolean
  /** The record of every line that is no longer there, once for each. */
  vanished(): Iterable<number>
  /** Whether an unchanged line stands for this record. */
  stillHeld(): (record: number) => boolean
  /** No line of this record is remembered. */
  refuse(record: number): void
  pack(): Uint8Array
  /** What else a person should know of the file, counted: hidden rows of a workbook. */
  said?: RunCounts
  /** Record ids of the remembered lines of a pack. */
  recordsIn(pack: Uint8Array): Iterable<number>
}

export type SealParts = { kinds: Kinds /** A person let this file through. */; letThrough: boolean }
export type Sealed = {
  outcome: 'taken' | 'waiting'
  run: number
  counts: RunCounts /** Why it waits, or a part of it. */
  problem?: Problem
}

/** Seals a take, or leaves it to a person where it would change too much. Throws `manifest-mismatch` when rows are missing or too many. */
export function sealTake(tx: WriterTx, take: OpenTake, finished: Finished, { kinds, letThrough }: SealParts): Sealed {
  take.source = sourceById(tx.raw, take.source.id) // writing may have been switched on while the file was read
  requireRows(take, finished)
  refuseTwice(tx, take, finished)
  if (!letThrough) holdDrifted(tx, take, finished)
  const pack = finished.pack()
  const absence = absenceOf({
    ...{ role: roleOf(take.kind, take.source), complete: take.export.complete, alwaysComplete: take.source.always_complete === 1 },
    ...{ rows: finished.rows, rowsWithoutKey: finished.rowsWithoutKey + Number(take.keysInDoubt) },
  })
  const present = mayBeGone(take.kind) ? presentRecords(tx, take, finished, pack) : new IdSet()
  const absent = absence === 'says-nothing' ? [] : absentRecords(tx, take, present)
  const changed = changedRecords(tx, take)
  const held = letThrough
    ? null
    : (putsBack(tx, take, present) ??
      tooMuch(tx, take, changed.length + absent.length, absence === 'says-nothing' ? null : knownIn(take, present) + absent.length))
  if (held !== null) return leaveWaiting(tx, take, held)
  const totals = closeTotals(tx, take, finished)
  bulkOf(tx.raw).applyChanges(take.id)
  const others = mayBeGone(take.kind) ? [...comeBack(tx, take, present), ...goMissing(tx, take, absent, absence)] : []
  const moved = new Set([...changed, ...setSums(tx, bulkOf(tx.raw), take)])
  storePack(tx.raw, { ...take, source: take.source.id, path: take.export.path, sha256: take.export.sha256 }, pack)
  settleTake(tx, take, kinds, moved, others)
  // What could not be read, or waits, is asked for again: from where the last good take ended.
  if (take.rowsInTrouble === 0 && take.drifted.length === 0) keepCursor(tx, take.source.id, take.export)
  return report(tx, take, finished, totals, { changed: changed.length, missing: absent.length })
}

/** A manifest that counts other rows than the file holds: one of them is not whole. */
function requireRows({ export: file }: OpenTake, { rows }: Finished): void {
  if (provesRows(file.complete) && file.complete.rows !== rows) {
    throw new Trouble(
      problem('manifest-mismatch', { file: file.name, what: 'rows', found: rows, said: file.complete.rows }, { file: file.name }),
    )
  }
}

/** `own`: records known before that this file holds or lacks, where it is whole: another division's are not its share. Null: those of the source. */
function tooMuch(tx: WriterTx, take: OpenTake, count: number, own: number | null): Problem | null {
  const guard = guardOf(JSON.parse(connectionOf(tx.raw, take.source.connection).settings))
  if (count <= guard.floor) return null
  const total = own ?? liveRecords(tx, take)
  const { name } = take.export
  return isTooMuch(count, total, guard) ? problem('blast-radius', { file: name, count, total }, { file: name }) : null
}

/** Records this file speaks of that an earlier one brought. */
function knownIn({ after }: OpenTake, present: IdSet): number {
  let known = 0
  for (const id of present.ids()) if (id <= after) known += 1
  return known
}

const changedRecords = ({ raw }: WriterTx, take: OpenTake): number[] =>
  raw
    .prepare('select record from record_changes where take = ?')
    .all(take.id)
    .map((row) => Number(row['record']))

/** Records that counted before this take. */
const liveRecords = ({ raw }: WriterTx, { id, source }: OpenTake): number =>
  Number(raw.prepare('select count(*) as n from records where source = ? and take <> ? and vanished_at is null').get(source.id, id)?.['n'])

/** Sums the file's classes: what was in it before, without the lines that are gone, and what was read anew. */
function closeTotals({ raw }: WriterTx, { source, export: { path }, totals }: OpenTake, finished: Finished): Totals {
  if (!finished.rescanned) return totals
  const find = raw.prepare('select left_out, amount from records where id = ?')
  for (const id of finished.vanished()) {
    const row = find.get(id)
    if (row) totals.takeOut(classOf(Number(row['left_out'])), row['amount'] as number | null)
  }
  const before = raw
    .prepare("select counts from export_files where source = ? and path = ? and state = 'taken' order by id desc limit 1")
    .get(source.id, path)
  const { totals: stored = {} } = JSON.parse(String(before?.['counts'] ?? '{}')) as { totals?: TotalsJson }
  const { 'key-twice': _readAgain, held: _andThese, ...remembered } = stored
  totals.addJson(remembered)
  return totals
}
