import type { WriterTx } from './command.ts'

export type RunStart = {
  connection: number
  entity: string | null
  kind: 'file' | 'poll' | 'send' | 'check'
  file?: number | null
  startedBy?: number | null
}
export type RunState = 'running' | 'done' | 'waiting' | 'failed'
export type RunCounts = Record<string, number | string>

/** Begins a pass and says so; answers its id. */
export function beginRun({ raw, now, emit }: WriterTx, { connection, entity, kind, file = null, startedBy = null }: RunStart): number {
  const { lastInsertRowid } = raw
    .prepare(
      "insert into runs (connection, entity, kind, started_at, state, file, started_by, counts) values (?, ?, ?, ?, 'running', ?, ?, '{}')",
    )
    .run(connection, entity, kind, now(), file, startedBy)
  const run = Number(lastInsertRowid)
  const person = startedBy === null ? undefined : String(startedBy)
  emit('run-started', { connection: String(connection), run: String(run), person, data: { kind, entity } })
  return run
}

/** Ends a pass with its counts and says so. */
export function endRun({ raw, now, emit }: WriterTx, run: number, state: RunState, counts: RunCounts): void {
  raw.prepare('update runs set ended_at = ?, state = ?, counts = ? where id = ?').run(now(), state, JSON.stringify(counts), run)
  const row = raw.prepare('select connection, entity, kind, started_by from runs where id = ?').get(run)
  const person = row?.['started_by'] == null ? undefined : String(row['started_by'])
  const data = { kind: String(row?.['kind']), entity: (row?.['entity'] as string | null) ?? null, state, ...counts }
  emit('run-ended', { connection: String(row?.['connection']), run: String(run), person, data })
}
