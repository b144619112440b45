import type { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import { once } from '../../shared/once.ts'
import { openReading } from './open.ts'
import type { Tables } from './schema/tables.ts'

/**
 * The main thread's view of the ledger: read-only, by query builder (`db`) or, on the hot path, by prepared statement (`raw`). The builder is
 * loaded by the first question that needs it: an agent at rest asks none.
 */
export type Reader = { db(): Promise<Kysely<Tables>>; raw: DatabaseSync; close(): void }

export function openReader(path: string): Reader {
  const raw = openReading(path)
  const db = once(async () => (await import('./dialect.ts')).ledgerDb(raw))
  return { db, raw, close: () => raw.close() }
}
