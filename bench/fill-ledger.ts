/** Fills a ledger as years of work would leave it: linked commitments of a first take with their items, and runs. */
import { DatabaseSync } from 'node:sqlite'
import { itemTypes } from '../shared/item.ts'
import { linkStates } from '../shared/link-state.ts'

/** Projects the links are spread over. */
const projects = 400

export const filledProject = (n: number): string => String(100 + (n % projects))

export const filledType = 'work-order-contract'
const firstId = 5_000_000

/** Procore's id of the nth link. */
export const filledId = (n: number): string => String(firstId + n)

/** The agent must not run. Every hundredth link has an open problem, as a bad day would have it. */
export function fillLedger(path: string, { connection, links, now }: { connection: number; links: number; now: number }): void {
  const raw = new DatabaseSync(path)
  raw.exec('PRAGMA synchronous = off; PRAGMA cache_size = -200000; BEGIN')
  const source = Number(raw.prepare("SELECT id FROM sources WHERE connection = ? AND entity = 'commitments'").get(connection)?.['id'])
  const { lastInsertRowid: file } = raw
    .prepare(
      `INSERT INTO export_files (connection, source, path, name, size, mtime, sha256, as_of, complete, format, state, seen_at)
       VALUES (?, ?, '/exports/commitments.csv', 'commitments.csv', 1, 1, '', ?, '{"proof":"none"}', 'sage-commitments', 'taken', ?)`,
    )
    .run(connection, source, now, now)
  const { lastInsertRowid: take } = raw
    .prepare('INSERT INTO takes (run, file, source, started_at, sealed_at) VALUES (1, ?, ?, ?, ?)')
    .run(file, source, now, now)
  raw.prepare('UPDATE sources SET as_of = ?, file = ? WHERE id = ?').run(now, file, source)
  const { lastInsertRowid: problem } = raw
    .prepare(
      `INSERT INTO problems (connection, code, params, cause, opened_at, seen_at) VALUES (?, 'cost-code-missing', '{"code":"03-100"}', 'cost-code:03-100', ?, ?)`,
    )
    .run(connection, now, now)
  const insert = {
    record: raw.prepare('INSERT INTO records (source, key, content, amount, left_out, take, line) VALUES (?, ?, ?, ?, 0, ?, ?)'),
    link: raw.prepare('INSERT INTO links (record, state, since, item_type, item_id, tied, problem) VALUES (?, ?, ?, ?, ?, 1, ?)'),
    item: raw.prepare('INSERT INTO items (type, id, connection, project, content, seen_at) VALUES (?, ?, ?, ?, ?, ?)'),
  }
  const type = itemTypes.indexOf(filledType)
  const [synced, failed] = [linkStates.indexOf('synced'), linkStates.indexOf('failed')]
  for (let n = 0; n < links; n += 1) {
    const key = `SC-${String(n).padStart(7, '0')}`
    const content = JSON.stringify([key, `Structural steel, phase ${n % 9}`, `${n % 90_000}.50`, '2026-03-04', null])
    const record = insert.record.run(source, key, content, (n % 90_000) * 10_000 + 5000, take, n + 2).lastInsertRowid
    const isFailed = n % 100 === 0
    insert.link.run(record, isFailed ? failed : synced, now - n, type, filledId(n), isFailed ? problem : null)
    const item = JSON.stringify({
      number: key,
      title: `Structural steel, phase ${n % 9}`,
      status: 'Approved',
      grand_total: `${n % 90_000}.50`,
    })
    insert.item.run(type, filledId(n), connection, filledProject(n), item, now)
  }
  const poll = raw.prepare("INSERT INTO polls (connection, list, project, read_at) VALUES (?, 'work-order-contracts', ?, ?)")
  for (let n = 0; n < projects; n += 1) poll.run(connection, filledProject(n), now)
  raw.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE); ANALYZE')
  raw.close()
}

/** Runs of files spread evenly over the days up to `now`, the newest last; every fiftieth failed. The agent must not run. */
export function fillRuns(
  path: string,
  { connection, runs, days, now }: { connection: number; runs: number; days: number; now: number },
): void {
  const raw = new DatabaseSync(path)
  raw.exec('PRAGMA synchronous = off; BEGIN')
  const insert = raw.prepare(
    "INSERT INTO runs (connection, entity, kind, started_at, ended_at, state, counts) VALUES (?, 'commitments', 'file', ?, ?, ?, ?)",
  )
  const apart = (days * 86_400_000) / runs
  for (let n = 1; n <= runs; n += 1) {
    const at = Math.floor(now - (runs - n) * apart)
    const counts = { rows: 100 + (n % 900), new: n % 7, changed: n % 31, unchanged: 60, gone: 0, problems: n % 3 }
    insert.run(connection, at, at + 1500, n % 50 === 0 ? 'failed' : 'done', JSON.stringify(counts))
  }
  raw.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE); ANALYZE')
  raw.close()
}
