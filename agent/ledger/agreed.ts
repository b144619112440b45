/** What may be run on this machine for a connection: the very texts an admin was shown and agreed to. */
import type { DatabaseSync } from 'node:sqlite'
import type { WriterTx } from './command.ts'
import type { By } from './writing.ts'

export function agreedIn(raw: DatabaseSync, connection: number): string | null {
  const row = raw.prepare('select sha256 from agreed_texts where connection = ?').get(connection)
  return row ? String(row['sha256']) : null
}

export function agreeToTexts(
  { raw, now, audit, emit }: WriterTx,
  { connection, sha256, by }: { connection: number; sha256: string; by: By },
): void {
  const before = agreedIn(raw, connection)
  raw
    .prepare(
      `insert into agreed_texts (connection, sha256, agreed_at, person) values (?, ?, ?, ?) on conflict (connection) do update
       set sha256 = excluded.sha256, agreed_at = excluded.agreed_at, person = excluded.person`,
    )
    .run(connection, sha256, now(), by.person ?? null)
  audit({ ...by, act: 'script-agreed', subject: `connection:${connection}`, before, after: sha256 })
  emit('connection-changed', { connection: String(connection), data: {} })
}
