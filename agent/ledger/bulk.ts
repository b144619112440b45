/** The one file with SQL of a certain database in it: prepared statements for the millions. Everything else goes through portable queries. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** A record as a take meets it again. */
export type Known = {
  id: number
  content: string
  amount: number | null
  left_out: number
  take: number
  line: number
}

/** Statements over one connection, prepared once. */
export class Bulk {
  readonly raw: DatabaseSync
  readonly #insert: StatementSync
  readonly #find: StatementSync
  readonly #change: StatementSync

  constructor(raw: DatabaseSync) {
    this.raw = raw
    this.#insert = raw.prepare(
      'insert or ignore into records (source, key, content, amount, left_out, take, line) values (?, ?, ?, ?, ?, ?, ?)',
    )
    this.#find = raw.prepare('select id, content, amount, left_out, take, line from records where source = ? and key = ?')
    this.#change = raw.prepare('insert or replace into record_changes values (?, ?, ?, ?, ?, ?)')
  }

  /** Id of the new record, or null when its key is known already. */
  insert(source: number, key: string, content: string, amount: number | null, leftOut: number, take: number, line: number): number | null {
    const { changes, lastInsertRowid } = this.#insert.run(source, key, content, amount, leftOut, take, line)
    return changes === 0 ? null : Number(lastInsertRowid)
  }

  find(source: number, key: string): Known | null {
    return (this.#find.get(source, key) as Known | undefined) ?? null
  }

  change(take: number, record: number, content: string, amount: number | null, leftOut: number, line: number): void {
    this.#change.run(take, record, content, amount, leftOut, line)
  }

  /** Applies what a take changed: the new content replaces the old, the link keeps its id. */
  applyChanges(take: number): void {
    this.raw
      .prepare(
        `update records set content = c.content, amount = c.amount, left_out = c.left_out, line = c.line, changed = ?1,
           vanished_at = null, absent_since = null
         from record_changes c where c.take = ?1 and records.id = c.record`,
      )
      .run(take)
  }

  /** A link for every record of this take that goes to Procore by itself, in one state. */
  linkNew(take: number, after: number, state: number, at: number): void {
    this.raw
      .prepare('insert into links (record, state, since) select id, ?, ? from records where id > ? and take = ? and left_out = 0')
      .run(state, at, after, take)
  }

  /** A link for changed records that go now and did not before. */
  linkChanged(take: number, state: number, at: number): void {
    this.raw
      .prepare(
        `insert into links (record, state, since) select c.record, ?, ? from record_changes c
         where c.take = ? and c.left_out = 0 and not exists (select 1 from links l where l.record = c.record)`,
      )
      .run(state, at, take)
  }

  /** One outbox row for every link made for records above an id; those are this take's alone. */
  queueNew(after: number, op: number, state: number): void {
    this.raw
      .prepare(
        'insert into outbox (record, op, state, attempts, not_before) select record, ?, ?, 0, 0 from links where record > ? order by record',
      )
      .run(op, state, after)
  }

  /** Highest id of any record so far: what a take brings stands above it. */
  lastRecord(): number {
    return Number(this.raw.prepare('select max(id) as id from records').get()?.['id'] ?? 0)
  }

  /** Takes back everything an open take wrote. */
  drop(take: number): void {
    this.raw.prepare('delete from record_changes where take = ?').run(take)
    this.raw.prepare('delete from records where take = ?').run(take)
  }
}

const prepared = new WeakMap<DatabaseSync, Bulk>()

/** The statements of a connection. */
export function bulkOf(raw: DatabaseSync): Bulk {
  const bulk = prepared.get(raw) ?? new Bulk(raw)
  prepared.set(raw, bulk)
  return bulk
}
