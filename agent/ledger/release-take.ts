import type { DatabaseSync } from 'node:sqlite'
import type { ExportFile } from '../connectors/connector.ts'

/** A file that waits for a person, as it was found; null when it waits no longer. */
export function waitingFile(raw: DatabaseSync, id: number): { connection: number; file: ExportFile } | null {
  const row = raw.prepare("select * from export_files where id = ? and state = 'waiting'").get(id)
  if (!row) return null
  const spool = row['spool'] === null ? null : String(row['spool'])
  const file: ExportFile = {
    ...{ path: String(row['path']), name: String(row['name']), spool, size: Number(row['size']), mtimeMs: Number(row['mtime']) },
    ...{ sha256: String(row['sha256']), asOf: new Date(Number(row['as_of'])).toISOString(), complete: JSON.parse(String(row['complete'])) },
  }
  return { connection: Number(row['connection']), file }
}
