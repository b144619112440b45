import { DatabaseSync } from 'node:sqlite'
import { rememberStatements } from './statements.ts'
import { damaged, ledgerTrouble } from './trouble.ts'

/** Pages of 4 KB after which the write-ahead log is folded in: 16 MB, so that a long take does it every sixty batches, not every fifteen. */
const checkpointPages = 4000

/** A command waits this long for another process (a backup) to let go of the file. */
const busyTimeoutMs = 10_000

/** Looks at the pages themselves; throws `ledger-damaged` on the first thing that does not hold. */
function quickCheck(raw: DatabaseSync, path: string): void {
  const answer = raw.prepare('pragma quick_check(1)').get()?.['quick_check']
  if (answer !== 'ok') throw damaged(path, answer)
}

/** How much of the ledger the writer holds in memory, KB: enough for short commands; much only while a file is taken, for what is freed is not given back whole. */
const cacheKb = { little: 4_000, much: 16_000 }

export function cachePages(raw: DatabaseSync, how: keyof typeof cacheKb): void {
  raw.exec(`pragma cache_size = -${cacheKb[how]}`)
}

/**
 * Opens the ledger for writing and brings its schema up to date. Throws `ledger-damaged` when it cannot be read, `ledger-newer` when a newer
 * Tieback wrote it, `ledger-busy` when another program holds it, and `disk-full`.
 */
export async function openWriting(path: string): Promise<DatabaseSync> {
  const raw = new DatabaseSync(path, { timeout: busyTimeoutMs })
  try {
    raw.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -200')
    raw.exec(`pragma wal_autocheckpoint = ${checkpointPages}`)
    quickCheck(raw, path) // reads every page once: a cache would only hold on to memory
    cachePages(raw, 'little')
  } catch (cause) {
    raw.close()
    throw ledgerTrouble(cause, path) ?? damaged(path, cause)
  }
  try {
    const { migrate } = await import('./migrate.ts') // who only reads does without
    await migrate(raw)
  } catch (cause) {
    raw.close()
    throw ledgerTrouble(cause, path) ?? cause
  }
  return rememberStatements(raw)
}

/** Opens a second, read-only connection; it sees what was committed and blocks nobody. */
export function openReading(path: string): DatabaseSync {
  const raw = new DatabaseSync(path, { readOnly: true, timeout: busyTimeoutMs })
  raw.exec('pragma query_only = on; pragma cache_size = -48000')
  return rememberStatements(raw)
}
