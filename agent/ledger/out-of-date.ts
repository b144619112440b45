/** What a file puts out of date: only what it takes the place of. Nobody's file leaves the queue, and no trouble is over, because another export came. */
import { letThroughCodes } from '../../shared/problem.ts'
import type { WriterTx } from './command.ts'
import { roleOf } from './may-be-gone.ts'
import { filesBeside, seriesOf, takenFiles } from './other-files.ts'
import { closeProblems } from './problems.ts'
import type { OpenTake } from './take.ts'

type Stored = { id: number; path: string; asOf: number; state: string }
type IsBefore = (stored: Stored) => boolean

/** By lying there a file takes the place of what lay at its path. */
export const samePath =
  (path: string): IsBefore =>
  (stored) =>
    stored.path === path

/**
 * Taken, it also takes the place of the same export of another day, where each holds everything; not of a newer one, should a person have let
 * the older one through.
 */
export function beforeTaken({ source, kind, export: { path, asOf } }: OpenTake): IsBefore {
  const at = Date.parse(asOf)
  const series = roleOf(kind, source) === 'master' ? seriesOf(path) : null
  return (stored) => stored.path === path || (stored.asOf <= at && seriesOf(stored.path) === series)
}

/** Nobody need decide any more on files that waited before this one (`file`). */
export function supersede(tx: WriterTx, source: number, file: number, isBefore: IsBefore): void {
  const waiting = tx.raw
    .prepare("select id, path, as_of as asOf, state from export_files where source = ? and state = 'waiting' and id <> ?")
    .all(source, file) as unknown as Stored[]
  for (const { id } of waiting.filter(isBefore)) {
    tx.raw.prepare("update export_files set state = 'refused' where id = ?").run(id)
    closeProblems(tx, { file: id })
  }
}

/** What was wrong with files before this one is over; what still is has been opened anew, of this file. */
export function closeOlder(tx: WriterTx, take: OpenTake): void {
  const troubled = inTrouble(tx, take)
  const isBefore = beforeTaken(take)
  const isOverdue = overdue(
    tx,
    take,
    troubled.filter((stored) => !isBefore(stored)),
  )
  for (const stored of troubled) if (isBefore(stored) || isOverdue(stored)) closeProblems(tx, { file: stored.id })
  const still = take.drifted.map(({ code }) => code)
  closeProblems(tx, { file: take.file, codes: letThroughCodes.filter((code) => !still.includes(code)) })
}

const inTrouble = ({ raw }: WriterTx, { source, file, export: { path } }: OpenTake): Stored[] =>
  raw
    .prepare(
      `select distinct f.id, f.path, f.as_of as asOf, f.state from problems p join export_files f on f.id = p.file
       where p.closed_at is null and f.connection = ? and f.id <> ? and (f.path = ? or f.source = ?)`,
    )
    .all(source.connection, file, path, source.id) as unknown as Stored[]

/**
 * Which of these were taken from an export that has not come for so long that it no longer speaks: renamed, it would else be in trouble for
 * ever. Another export that still counts stays in trouble: it may come to the letter again and then is not read.
 */
function overdue({ raw }: WriterTx, { source, kind, export: { path, asOf } }: OpenTake, others: readonly Stored[]): IsBefore {
  if (others.length === 0 || roleOf(kind, source) !== 'master') return () => false
  const beside = filesBeside(takenFiles(raw, source.id), { path, asOf: Date.parse(asOf) })
  const speaking = new Set([path, ...beside.map((one) => one.path)].map(seriesOf))
  return (stored) => (stored.state === 'taken' || stored.state === 'unchanged') && !speaking.has(seriesOf(stored.path))
}
