import type { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import type { EventKind } from '../../shared/event.ts'
import type { Act } from './audit.ts'
import type { NewEvent } from './events.ts'
import type { Tables } from './schema/tables.ts'

/**
 * What a command works with: one open transaction of the writer. `db` builds queries in it, `raw` takes prepared statements;
 * never begin or commit on either.
 */
export type WriterTx = {
  db: Kysely<Tables>
  raw: DatabaseSync
  /** ms since 1970. */
  now(): number
  /** Numbered and stored in this transaction, told to the main thread once it is committed. */
  emit(kind: EventKind, event: NewEvent): void
  /** Hash-chained in this transaction. */
  audit(act: Act): void
}

/** A short piece of writing: all of it happens, or none. Input and output cross a thread, so they are plain data. */
export type Command<I, O> = (tx: WriterTx, input: I) => O | Promise<O>

/** Runs work as one transaction, after those that came before it. Throws what the work throws, with nothing left behind. */
export type Transact = <T>(work: (tx: WriterTx) => T | Promise<T>) => Promise<T>

/** A long piece of writing that takes many turns, so that commands run in between; one at a time. */
export type Job<I, O> = (transact: Transact, input: I) => Promise<O>

export type Commands = Record<string, Command<never, unknown>>
export type Jobs = Record<string, Job<never, unknown>>
