/** Unlinks Procore confirmed, kept with all that undoing one needs. */

import type { DatabaseSync } from 'node:sqlite'
import { type ItemType, itemTypes } from '../../shared/item.ts'
import { halfDoneCodes } from '../../shared/problem.ts'
import type { ProcoreItem } from '../items/kind.ts'
import { type Asked, type Before, outboxOps, type Sent, type Snapshot } from '../outbox/outbox.ts'
import type { WriterTx } from './command.ts'
import type { StoredRow } from './rows.ts'

export type Unlink = {
  id: number
  type: ItemType
  item: string
  project: string | null
  /** When Procore confirmed it, ms. */
  at: number
  person: number | null
  /** Their name as it is now. */
  by: string | null
  forecast: string | null
  reason: string | null
  carried: Before
  /** When it was undone, ms; null while it was not. */
  relinkedAt: number | null
}

/** Who asked for what a row of the outbox does; nobody, where a change of the record did. */
export const askedOf = (row: StoredRow): Asked =>
  row['asked'] === null ? { person: null, origin: 'agent' } : (JSON.parse(String(row['asked'])) as Asked)

/** Keeps a confirmed unlink, in the transaction that confirms it. */
export function keepUnlink({ raw, now }: WriterTx, record: number, item: ProcoreItem, sent: Sent, asked: Asked): void {
  const before: Before = sent.before ?? { header: { id: item.id, originId: null, originCode: null, originData: null }, lines: [] }
  const snapshot: Snapshot = sent.snapshot ?? { header: item, lines: [] }
  raw
    .prepare(
      `insert into unlinks (record, item_type, item_id, project, at, person, forecast, reason, carried, snapshot)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      ...[record, itemTypes.indexOf(item.type), item.id, item.project, now(), asked.person, asked.forecast ?? null],
      ...[asked.reason ?? null, JSON.stringify(before), JSON.stringify(snapshot)],
    )
}

/** Keeps what an unlink took off and could not put back while its item stays linked: the next one goes on from there. */
export function keepHalfDone(tx: WriterTx, record: number, item: ProcoreItem, sent: Sent, asked: Asked): void {
  keepUnlink(tx, record, item, sent, asked)
  tx.raw.prepare('update unlinks set relinked_at = at where id = (select max(id) from unlinks where record = ?)').run(record)
}

/** Over in the moment it was written down: the item itself never lost its link for good. */
export const isHalfDone = ({ at, relinkedAt }: Unlink): boolean => relinkedAt === at

/** Why an unlink or its undoing that waited is given up: writing was switched off, or what it rested on no longer holds. */
export type Dropped = 'writing-off' | 'no-longer-so'

/** An unlink, or its undoing, that waited and was never sent is given up: its end is written down, with why. */
export function auditDropped(tx: WriterTx, row: StoredRow, why: Dropped): void {
  const op = outboxOps[Number(row['op'])]
  if (op !== 'unlink' && op !== 'relink') return
  const { person, origin, key = null } = askedOf(row)
  tx.audit({ person, origin, key, act: `${op}-dropped`, subject: `link:${Number(row['record'])}`, after: { why } })
}

/** Told of a record whose link an unlink took off in part, until all of it is off or back. */
export const halfDoneTold = (raw: DatabaseSync, record: number): number[] =>
  raw
    .prepare('select id from problems where record = ? and code in (select value from json_each(?)) and closed_at is null')
    .all(record, JSON.stringify(halfDoneCodes))
    .map(({ id }) => Number(id))

export const isOffInPart = (raw: DatabaseSync, record: number): boolean => halfDoneTold(raw, record).length > 0

/** A record's newest unlink; null where it was never unlinked, or before unlinks were kept. */
export function lastUnlink(raw: DatabaseSync, record: number): Unlink | null {
  const row = raw
    .prepare(
      `select u.id, u.item_type, u.item_id, u.project, u.at, u.person, u.forecast, u.reason, u.carried, u.relinked_at, p.name
       from unlinks u left join people p on p.id = u.person where u.record = ? order by u.id desc limit 1`,
    )
    .get(record)
  return row ? unlinkOf(row) : null
}

const unlinkOf = (row: StoredRow): Unlink => ({
  ...{ id: Number(row['id']), type: itemTypes[Number(row['item_type'])] as ItemType, item: String(row['item_id']) },
  ...{ project: row['project'] as string | null, at: Number(row['at']), person: row['person'] as number | null },
  ...{ by: row['name'] as string | null, forecast: row['forecast'] as string | null, reason: row['reason'] as string | null },
  ...{ carried: JSON.parse(String(row['carried'])) as Before, relinkedAt: row['relinked_at'] as number | null },
})

/** All that Procore gave of the record before this unlink. */
export const snapshotOf = (raw: DatabaseSync, unlink: number): Snapshot =>
  JSON.parse(String(raw.prepare('select snapshot from unlinks where id = ?').get(unlink)?.['snapshot'])) as Snapshot

/** A record's newest unlink was taken back; later than it was written down, or it would read as half done. */
export function markRelinked({ raw, now }: WriterTx, record: number, person: number | null): void {
  raw
    .prepare('update unlinks set relinked_at = max(?, at + 1), relinked_by = ? where id = (select max(id) from unlinks where record = ?)')
    .run(now(), person, record)
}
