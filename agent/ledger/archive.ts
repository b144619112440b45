/** A person puts away what is not linked, or takes it back: a record of the ERP, or an item of Procore. Ledger only. */
import { type ItemRef, itemTypes } from '../../shared/item.ts'
import type { LinkState } from '../../shared/link-state.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import type { WriterTx } from './command.ts'
import { recordsTouchedBy } from './items-seen.ts'
import { moveLink } from './links.ts'
import { nameOf, recordOfItem } from './look.ts'
import { closeProblems } from './problems.ts'
import { finish, type Reconciling, reconcile, reconciling } from './reconcile.ts'
import { itemOf, type Kinds } from './rows.ts'
import type { By } from './writing.ts'

/** What is put away: a record by its id, or an item in one connection. */
export type Archived = { record: number } | { connection: number; item: Pick<ItemRef, 'type' | 'id'> }
export type Archive = { of: Archived; reason: string | null; by: By }
export type TakeBack = { of: Archived; by: By }

/** States in which a record may be put away: nothing is tied to it, or nothing any more; and nothing of it is on its way. */
const lone: readonly LinkState[] = ['not-linked', 'ready-to-send', 'failed']
const noMore: readonly LinkState[] = ['unlinked', 'orphan']

/** Null when done, or done before; else what is in the way. A refusal is written down too. */
export function archive(tx: WriterTx, kinds: Kinds, { of, reason, by }: Archive): Problem | null {
  return 'record' in of ? archiveRecord(tx, kinds, of.record, { reason, by }) : archiveItem(tx, kinds, of, { reason, by })
}

export function takeBack(tx: WriterTx, kinds: Kinds, { of, by }: TakeBack): Problem | null {
  return 'record' in of ? returnRecord(tx, kinds, of.record, by) : returnItem(tx, kinds, of, by)
}

type Said = { reason: string | null; by: By }

function archiveRecord(tx: WriterTx, kinds: Kinds, record: number, { reason, by }: Said): Problem | null {
  const on = onRecord(tx, kinds, record, by)
  const looked = on?.eyes.look(record)
  if (!on || !looked) return problem('no-such-link')
  if (looked.sides.record.archived) return null
  const { key } = looked.record
  const subject = `link:${record}`
  const underWay = looked.outbox !== null && ['sending', 'look'].includes(looked.sides.outbox?.state ?? '')
  const alone = looked.link['item_id'] === null ? lone : noMore
  if (underWay || !alone.includes(looked.state)) {
    tx.audit({ ...by, act: 'archive-refused', subject, before: { key, state: looked.state }, after: { reason } })
    return problem(underWay ? 'archive-under-way' : 'archive-refused', { key })
  }
  tx.raw.prepare('insert into archived_records (record, at, person, reason) values (?, ?, ?, ?)').run(record, tx.now(), by.person, reason)
  tx.audit({ ...by, act: 'archived', subject, before: { key, state: looked.state }, after: { reason } })
  closeProblems(tx, { record })
  lookAgainOn(on, record)
  return null
}

function returnRecord(tx: WriterTx, kinds: Kinds, record: number, by: By): Problem | null {
  const on = onRecord(tx, kinds, record, by)
  if (!on) return problem('no-such-link')
  const row = tx.raw.prepare('delete from archived_records where record = ? returning reason').get(record)
  if (!row) return null
  tx.audit({ ...by, act: 'archive-undone', subject: `link:${record}`, before: { reason: row['reason'] } })
  const looked = on.eyes.look(record)
  if (looked?.item && looked.item.deletedAt === null && looked.state === 'archived') moveLink(tx, record, 'archived', 'unlinked', on.why)
  lookAgainOn(on, record)
  return null
}

function onRecord(tx: WriterTx, kinds: Kinds, record: number, { person }: By): Reconciling | null {
  const row = tx.raw.prepare('select s.connection from records r join sources s on s.id = r.source where r.id = ?').get(record)
  return row ? reconciling(tx, kinds, Number(row['connection']), { code: 'archived', person }) : null
}

type OfItem = Extract<Archived, { connection: number }>

function archiveItem(tx: WriterTx, kinds: Kinds, { connection, item: { type, id } }: OfItem, { reason, by }: Said): Problem | null {
  const at = itemTypes.indexOf(type)
  const row = tx.raw.prepare('select * from items where connection = ? and type = ? and id = ?').get(connection, at, id)
  if (!row) return problem('procore-not-found', { item: `${type} ${id}` })
  const item = itemOf(row)
  const subject = `item:${type}:${id}`
  const tied = recordOfItem(tx.raw, connection, type, id)
  if (tied !== null) {
    tx.audit({ ...by, act: 'archive-refused', subject, before: { name: nameOf(item), link: tied }, after: { reason } })
    return problem('archive-refused', { key: nameOf(item) })
  }
  const put = tx.raw.prepare('insert or ignore into archived_items (connection, type, id, at, person, reason) values (?, ?, ?, ?, ?, ?)')
  if (put.run(connection, at, id, tx.now(), by.person, reason).changes === 0) return null
  tx.audit({ ...by, act: 'archived', subject, before: { name: nameOf(item) }, after: { reason } })
  lookAgainAt(reconciling(tx, kinds, connection, { code: 'archived', person: by.person }), item)
  return null
}

function returnItem(tx: WriterTx, kinds: Kinds, { connection, item: { type, id } }: OfItem, by: By): Problem | null {
  const at = itemTypes.indexOf(type)
  const gone = tx.raw
    .prepare('delete from archived_items where connection = ? and type = ? and id = ? returning reason')
    .get(connection, at, id)
  if (!gone) return null
  tx.audit({ ...by, act: 'archive-undone', subject: `item:${type}:${id}`, before: { reason: gone['reason'] } })
  const row = tx.raw.prepare('select * from items where connection = ? and type = ? and id = ?').get(connection, at, id)
  if (row) lookAgainAt(reconciling(tx, kinds, connection, { code: 'archived', person: by.person }), itemOf(row))
  return null
}

/** No page shows a record without an item; but what may be sent now, or no longer, is news. */
function lookAgainOn(on: Reconciling, record: number): void {
  lookAgain(on, [record])
  on.tx.emit('connection-changed', { connection: String(on.connection), data: { code: 'archived' } })
}

/** Records that asked about the item ask no more, or again; its page is told. */
function lookAgainAt(on: Reconciling, item: ReturnType<typeof itemOf>): void {
  on.told.add(item)
  lookAgain(on, recordsTouchedBy(on, [item]))
}

function lookAgain(on: Reconciling, records: readonly number[]): void {
  reconcile(on, records)
  finish(on)
}
