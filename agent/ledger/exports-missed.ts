/** When exports came, out of the ledger; and the problem that stands open while one that was expected did not. */
import type { DatabaseSync } from 'node:sqlite'
import type { Entity } from '../../shared/item.ts'
import { problem } from '../../shared/problem.ts'
import type { WriterTx } from './command.ts'
import { seriesOf } from './other-files.ts'
import { closeProblems, openProblem } from './problems.ts'
import { sourcesOf } from './sources.ts'

/** `path`: the same for every day of one export (other-files.ts). */
type ExportSeen = { path: string; name: string; asOf: number; seenAt: number }

/** A rhythm shows in far fewer; an export every ten minutes makes so many in two weeks. */
const lookedBack = 2_000

/** What was taken of each entity, unchanged files included: they came all the same. */
export function exportsSeen(raw: DatabaseSync, connection: number): { entity: Entity; exports: ExportSeen[] }[] {
  const taken = raw.prepare(
    `select path, name, as_of, seen_at from export_files where source = ? and state in ('taken', 'unchanged') order by id desc limit ${lookedBack}`,
  )
  return sourcesOf(raw, connection).map(({ id, entity }) => ({
    entity,
    exports: taken.all(id).map((row) => ({
      path: seriesOf(String(row['path'])),
      name: String(row['name']),
      asOf: Number(row['as_of']),
      seenAt: Number(row['seen_at']),
    })),
  }))
}

/** Cause of a missed export; the server finds all of them by its beginning. */
export const missedCause = (connection: number, entity: string): string => `export-missed ${connection} ${entity}`

export type ExportsMissed = {
  connection: number
  missed: readonly { entity: string; file: string; asOf: number; expected: number }[]
}

/** All that is missed of a connection now; what is no longer missed is closed. */
export function exportsMissed(tx: WriterTx, { connection, missed }: ExportsMissed): void {
  const open = missed.map(({ entity, file, asOf, expected }) =>
    openProblem(tx, {
      connection,
      problem: problem('export-missed', { entity, file, asOf: iso(asOf), expected: iso(expected) }),
      cause: missedCause(connection, entity),
    }),
  )
  closeProblems(tx, { connection, codes: ['export-missed'], but: open })
}

const iso = (ms: number): string => new Date(ms).toISOString()
