/** Unlinks asked for in advance, as the ledger holds them. */
import type { DatabaseSync } from 'node:sqlite'
import type { WriterTx } from './command.ts'
import type { StoredRow } from './rows.ts'

export type Watch = {
  record: number
  person: number
  /** Their name as it is now. */
  name: string
  key: number
  origin: string
  /** In the person's words, where they gave any. */
  reason: string | null
  /** ms */
  since: number
  until: number
}

const watchFrom = (row: StoredRow): Watch => ({
  ...{ record: Number(row['record']), person: Number(row['person']), name: String(row['name']), key: Number(row['key']) },
  ...{ reason: row['reason'] as string | null },
  ...{ origin: String(row['origin']), since: Number(row['since']), until: Number(row['until']) },
})

const select = 'select w.*, p.name from watches w join people p on p.id = w.person'

export function watchOn(raw: DatabaseSync, record: number): Watch | null {
  const row = raw.prepare(`${select} where w.record = ?`).get(record)
  return row ? watchFrom(row) : null
}

/** Watches whose time is over. */
export const overdue = (raw: DatabaseSync, now: number): Watch[] =>
  raw.prepare(`${select} where w.until <= ? order by w.record`).all(now).map(watchFrom)

/** Watches of records that left the ERP, or that are unlinked already: the others cannot have come to anything. */
export const ripe = (raw: DatabaseSync, unlinked: number): Watch[] =>
  raw
    .prepare(
      `${select} join records r on r.id = w.record join links l on l.record = w.record
       where r.vanished_at is not null or l.state = ? order by w.record`,
    )
    .all(unlinked)
    .map(watchFrom)

export function putWatch({ raw }: WriterTx, { record, person, key, origin, reason, since, until }: Omit<Watch, 'name'>): void {
  raw
    .prepare('insert or replace into watches (record, person, key, origin, reason, since, until) values (?, ?, ?, ?, ?, ?, ?)')
    .run(record, person, key, origin, reason, since, until)
}

export function dropWatch({ raw }: WriterTx, record: number): void {
  raw.prepare('delete from watches where record = ?').run(record)
}

/** Whether the browser it was set with is still paired. */
export const keyStands = (raw: DatabaseSync, { person, key }: Watch): boolean =>
  raw.prepare('select 1 from keys where id = ? and person = ? and revoked_at is null').get(key, person) !== undefined
