/** How far connectors that are asked have been read. */
import type { DatabaseSync } from 'node:sqlite'
import type { ExportFile } from '../connectors/connector.ts'
import type { WriterTx } from './command.ts'

/** Kept where the file that was read up to there is; a file without one changes nothing. */
export function keepCursor({ raw, now }: WriterTx, source: number, { cursor }: ExportFile): void {
  if (cursor === undefined) return
  raw
    .prepare(
      `insert into connector_cursors (source, cursor, fields, whole_at) values (?, ?, ?, ?) on conflict (source) do update
       set cursor = excluded.cursor, fields = excluded.fields${cursor.whole ? ', whole_at = excluded.whole_at' : ''}`,
    )
    .run(source, cursor.text, cursor.fields, now())
}

export function cursorOf(raw: DatabaseSync, connection: number, entity: string): { text: string; fields: string; wholeAt: number } | null {
  const row = raw
    .prepare('select c.* from connector_cursors c join sources s on s.id = c.source where s.connection = ? and s.entity = ?')
    .get(connection, entity)
  return row ? { text: String(row['cursor']), fields: String(row['fields']), wholeAt: Number(row['whole_at']) } : null
}
