import type { DatabaseSync } from 'node:sqlite'
import type { ProblemCode } from '../../shared/problem.ts'
import type { ExportFile } from '../connectors/connector.ts'

/** What is told of files of which a part waits: the rest is taken. */
export const ofParts: readonly ProblemCode[] = ['columns-gone', 'columns-renamed', 'column-changed']

/** A file that waits for a person, whole or in part, as it was found; null when it waits no longer. */
export function waitingFile(raw: DatabaseSync, id: number): { connection: number; file: ExportFile } | null {
  const row = raw
    .prepare(
      `select * from export_files f where id = ? and (state = 'waiting' or (state = 'taken' and exists
         (select 1 from problems p where p.file = f.id and p.closed_at is null and p.code in (${ofParts.map(() => '?').join(', ')}))))`,
    )
    .get(id, ...ofParts)
  if (!row) return null
  const spool = row['spool'] === null ? null : String(row['spool'])
  const file: ExportFile = {
    ...{ path: String(row['path']), name: String(row['name']), spool, size: Number(row['size']), mtimeMs: Number(row['mtime']) },
    ...{ sha256: String(row['sha256']), asOf: new Date(Number(row['as_of'])).toISOString(), complete: JSON.parse(String(row['complete'])) },
    ...(row['plain'] !== null && { plain: String(row['plain']) }),
  }
  return { connection: Number(row['connection']), file }
}
