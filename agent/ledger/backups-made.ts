/** Each try to copy the ledger as it ended, and the problem that stands open while one after the other fails. */
import type { DatabaseSync } from 'node:sqlite'
import { problem } from '../../shared/problem.ts'
import type { WriterTx } from './command.ts'
import { closeProblems, openProblem } from './problems.ts'
import type { By } from './writing.ts'

/** `reason` null: it was made, and read back whole; times in ms. */
export type BackupTry = {
  beganAt: number
  endedAt: number
  daily: boolean
  file: string | null
  bytes: number | null
  reason: string | null
}

const cause = 'backup-failed'

/** Somebody asks for a backup now. */
export function backupAsked({ audit, emit }: WriterTx, { by }: { by: By }): void {
  audit({ ...by, act: 'backup-asked', subject: 'ledger' })
  emit('settings-changed', { data: { what: 'backup-asked' } })
}

/** The second failure in a row is a problem; a backup that was made ends it. */
export function backupEnded(tx: WriterTx, { beganAt, endedAt, daily, file, bytes, reason }: BackupTry): void {
  const before = lastTries(tx.raw)
  tx.raw
    .prepare('insert into backups (began_at, ended_at, daily, file, bytes, reason) values (?, ?, ?, ?, ?, ?)')
    .run(beganAt, endedAt, Number(daily), file, bytes, reason)
  if (reason === null) closeProblems(tx, { cause })
  else if (before.any !== null && before.any.reason !== null)
    openProblem(tx, { connection: null, problem: problem('backup-failed', { reason }), cause })
  tx.emit('settings-changed', { data: { what: 'backup-ended', made: reason === null } })
}

type LastTries = {
  any: BackupTry | null
  /** Of those whose hour had come. */
  daily: BackupTry | null
  made: BackupTry | null
  failed: BackupTry | null
}

export function lastTries(raw: DatabaseSync): LastTries {
  const last = (which: string): BackupTry | null => {
    const row = raw.prepare(`select * from backups where ${which} order by id desc limit 1`).get()
    return row ? tryOf(row) : null
  }
  return { any: last('true'), daily: last('daily = 1'), made: last('reason is null'), failed: last('reason is not null') }
}

const tryOf = (row: Record<string, unknown>): BackupTry => ({
  ...{ beganAt: Number(row['began_at']), endedAt: Number(row['ended_at']), daily: row['daily'] === 1 },
  ...{ file: row['file'] as string | null, bytes: row['bytes'] as number | null, reason: row['reason'] as string | null },
})
