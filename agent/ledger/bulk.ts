/** The one file with SQL of a certain database in it: prepared statements for the millions. Everything else goes through portable queries. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** A record as a take meets it again. */
export type Known = {
  id: number
  content: string
  amount: number | null
  left_out: number
  part_of: number | null
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
      'insert or ignore into records (source, key, content, amount, left_out, part_of, take, line) values (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    this.#find = raw.prepare('select id, content, amount, left_out, part_of, take, line from records where source = ? and key = ?')
    this.#change = raw.prepare('insert or replace into record_changes values (?, ?, ?, ?, ?, ?, ?)')
  }

  /** Id of the new record, or null when its key is known already. */
  insert(
    source: number,
    key: string,
    content: string,
    amount: number | null,
    leftOut: number,
    partOf: number | null,
    take: number,
    line: number,
  ): number | null {
    const { changes, lastInsertRowid } = this.#insert.run(source, key, content, amount, leftOut, partOf, take, line)
    return changes === 0 ? null : Number(lastInsertRowid)
  }

  find(source: number, key: string): Known | null {
    return (this.#find.get(source, key) as Known | undefined) ?? null
  }

  change(take: number, record: number, content: string, amount: number | null, leftOut: number, partOf: number | null, line: number): void {
    this.#change.run(take, record, content, amount, leftOut, partOf, line)
  }

  /** Applies what a take changed: the new content replaces the old, the link keeps its id. */
  applyChanges(take: number): void {
    this.raw
      .prepare(
        `update records set content = c.content, amount = c.amount, left_out = c.left_out, part_of = c.part_of, line = c.line, changed = ?1,
           vanished_at = null, absent_since = null
         from record_changes c where c.take = ?1 and records.id = c.record`,
      )
      .run(take)
  }

  /** A link for every record of this take that goes to Procore by itself, in one state. */
  linkNew(take: number, state: number, at: number): void {
    this.raw
      .prepare('insert into links (record, state, since) select id, ?, ? from records where take = ? and left_out = 0')
      .run(state, at, take)
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

  /** One outbox row for every record of this take that goes to Procore by itself. */
  queueNew(take: number, op: number, state: number): void {
    this.raw
      .prepare(
        'insert into outbox (record, op, state, attempts, not_before) select id, ?, ?, 0, 0 from records where take = ? and left_out = 0 order by id',
      )
      .run(op, state, take)
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
