/**
 * Whether a second export agrees that a record is missing. Nothing that happens by itself goes by the first one (design §6), whatever proves
 * that one to be whole: a person is told “gone” then, and may act on it. Read from what was taken, so that a restart forgets nothing.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { ExportFile } from '../connectors/connector.ts'
import { absenceOf } from '../ledger/absence.ts'
import type { Looked } from '../ledger/look.ts'
import { roleOf } from '../ledger/may-be-gone.ts'
import { seriesOf } from '../ledger/other-files.ts'
import type { StoredRow } from '../ledger/rows.ts'

/** The export a record first went missing from; null while it is not missing. */
export function firstMissed(raw: DatabaseSync, { link }: Looked): { id: number; path: string; asOf: number } | null {
  const row = raw.prepare('select id, path, as_of from export_files where id = ?').get(link['absent_since'] as number | null)
  return row ? { id: Number(row['id']), path: String(row['path']), asOf: Number(row['as_of']) } : null
}

/**
 * A later export of its kind lacks it too and is whole itself. It is of the same series as the first, for another file may be whole for a part
 * the record never was in; an admin's word makes each hold every record. The same export read again is of the same time, and no second one.
 * Whatever held the record since would have brought it back, and then it is not missing.
 */
export function missedTwice(raw: DatabaseSync, looked: Looked): boolean {
  const first = firstMissed(raw, looked)
  if (first === null) return false
  const always = looked.source.always_complete === 1
  const content = raw.prepare(
    "select id, path, counts from export_files where source = ? and sha256 = ? and state = 'taken' and id >= ? order by id desc limit 1",
  )
  return raw
    .prepare(
      "select sha256, complete from export_files where source = ? and id > ? and as_of > ? and state in ('taken', 'unchanged') order by id",
    )
    .all(looked.source.id, first.id, first.asOf)
    .some((later) => {
      // Met unchanged, it holds what was taken with the same content; taken before the record went missing, that may have held it.
      const taken = content.get(looked.source.id, later['sha256'] as string, first.id)
      if (taken === undefined || !(always || seriesOf(String(taken['path'])) === seriesOf(first.path))) return false
      return saysMissing(looked, JSON.parse(String(later['complete'])), taken, first.id)
    })
}

function saysMissing({ kind, source }: Looked, complete: ExportFile['complete'], taken: StoredRow, first: number): boolean {
  const { rows = 0, unnamed } = JSON.parse(String(taken['counts'] ?? '{}')) as { rows?: number; unnamed?: number }
  const alwaysComplete = source.always_complete === 1
  // The first has told by itself that each of its rows could be read; of one an older Tieback took nobody knows.
  const rowsWithoutKey = unnamed ?? (Number(taken['id']) === first ? 0 : 1)
  return absenceOf({ role: roleOf(kind, source), complete, alwaysComplete, rows, rowsWithoutKey }) !== 'says-nothing'
}
