import type { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import { ledgerDb } from './dialect.ts'
import { openReading } from './open.ts'
import type { Tables } from './schema/tables.ts'

/** The main thread's view of the ledger: read-only, by query builder (`db`) or, on the hot path, by prepared statement (`raw`). */
export type Reader = { db: Kysely<Tables>; raw: DatabaseSync; close(): void }

export function openReader(path: string): Reader {
  const raw = openReading(path)
  return { db: ledgerDb(raw), raw, close: () => raw.close() }
}
