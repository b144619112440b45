import { createHmac } from 'node:crypto'
import { type ItemType, itemTypes } from '../../shared/item.ts'
import type { ProcoreItem } from '../items/kind.ts'
import type { WriterTx } from './command.ts'
import { keepItemTerms } from './find-terms.ts'
import { recordOfItem } from './look.ts'
import { keepItemKeys } from './match.ts'
import { dependents, finish, type Reconciling, reconcile, reconciling } from './reconcile.ts'
import { itemOf, type Kinds, type StoredRow } from './rows.ts'
import { ledgerSeed } from './seed.ts'

/** What a list of Procore said. A list read in pages is told page by page with the same `at`; `complete` with the last. */
export type ItemsSeen = {
  connection: number
  /** Id of the list (procore/index.ts), and the types of item it holds. */
  list: string
  types: readonly ItemType[]
  /** Null for lists of the company. */
  project: string | null
  items: readonly ProcoreItem[]
  /** True when the whole list was read and these are its last items: what was not in it is deleted. */
  complete: boolean
  /** Of a list read contract by contract: those that were read whole, told with the last page. What they no longer hold is deleted. */
  contracts?: readonly string[] | undefined
  /** Newest updated_at that was read, to go on from next time; null where the list has none. */
  readTo: string | null
  /** When the reading began, ms. */
  at: number
  run?: number | null
}

export type SeenCounts = { seen: number; changed: number; deleted: number; linksMoved: number }

/** Takes in what Procore said: items, their keys, what was deleted; then matches and judges what that touches. Ledger only. */
export function itemsSeen(tx: WriterTx, kinds: Kinds, seen: ItemsSeen): SeenCounts {
  const on = reconciling(tx, kinds, seen.connection, { code: 'poll', run: seen.run ?? null })
  const asked = new Set<number>()
  const changed = seen.items.filter((item) => storeItem(tx, kinds, seen, item, asked))
  const deleted = seen.complete ? markDeleted(tx, seen) : markDeletedOf(tx, seen, seen.contracts ?? [])
  const touched = [...changed, ...deleted]
  touchPoll(tx, seen, touched.length > 0)
  reconcile(on, [...new Set([...recordsTouchedBy(on, touched), ...asked])])
  const later: Reconciling = { ...reconciling(tx, kinds, seen.connection, on.why), told: on.told }
  for (const entity of metBy(kinds, touched)) reconcile(later, dependents(later, entity))
  const linksMoved = on.told.size
  finish(on)
  return { seen: seen.items.length, changed: changed.length, deleted: deleted.length, linksMoved }
}

const typeAt = (type: ItemType): number => itemTypes.indexOf(type)

/** Tax numbers are kept as keyed hashes only (design §6). */
function safeContent({ raw }: WriterTx, { content }: ProcoreItem): ProcoreItem['content'] {
  const tax = content['tax_id']
  if (tax === undefined || tax === null || tax === '') return content
  return { ...content, tax_id: createHmac('sha256', ledgerSeed(raw)).update(String(tax)).digest('hex').slice(0, 32) }
}

/** Stores an item as it is now; true when anything in it moved. `asked` takes the unlinked records that shared a natural key with what it was. */
export function storeItem(
  tx: WriterTx,
  kinds: Kinds,
  { connection, at }: { connection: number; at: number },
  item: ProcoreItem,
  asked?: Set<number>,
): boolean {
  const { raw } = tx
  const content = JSON.stringify(safeContent(tx, item))
  const known = raw.prepare('select * from items where connection = ? and type = ? and id = ?').get(connection, typeAt(item.type), item.id)
  // A write confirmed after this reading began knows better than a page that may be older.
  if (known && Number(known['seen_at']) > at) return false
  if (known && sameItem(known, item, content)) {
    raw
      .prepare('update items set seen_at = ?, updated_at = ? where connection = ? and type = ? and id = ?')
      .run(at, item.updatedAt, connection, typeAt(item.type), item.id)
    return false
  }
  raw
    .prepare(
      `insert into items (connection, type, id, project, origin_id, origin_code, content, updated_at, deleted_at, seen_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (connection, type, id) do update set project = excluded.project, origin_id = excluded.origin_id,
         origin_code = excluded.origin_code, content = excluded.content, updated_at = excluded.updated_at,
         deleted_at = excluded.deleted_at, seen_at = excluded.seen_at`,
    )
    .run(
      ...[connection, typeAt(item.type), item.id, item.project, item.originId, item.originCode],
      ...[content, item.updatedAt, item.deletedAt, at],
    )
  if (known && asked) for (const record of sharingKeys(raw, connection, item)) asked.add(record)
  keepItemKeys(tx, kinds, connection, item)
  keepItemTerms(tx, connection, item)
  return true
}

const sameItem = (row: StoredRow, item: ProcoreItem, content: string): boolean =>
  row['content'] === content &&
  row['project'] === item.project &&
  row['origin_id'] === item.originId &&
  row['origin_code'] === item.originCode &&
  row['deleted_at'] === item.deletedAt

/** What a whole reading did not meet is no longer there. */
const markDeleted = (tx: WriterTx, seen: ItemsSeen): ProcoreItem[] => unmet(tx, seen, '1 = 1', [])

/** The same of these contracts alone. */
const markDeletedOf = (tx: WriterTx, seen: ItemsSeen, contracts: readonly string[]): ProcoreItem[] =>
  contracts.flatMap((contract) => unmet(tx, seen, "json_extract(content, '$.contract_id') = ?", [contract]))

function unmet(
  { raw, now }: WriterTx,
  { connection, types, project, at }: ItemsSeen,
  where: string,
  values: readonly string[],
): ProcoreItem[] {
  const marks = types.map(() => '?').join(', ')
  const rows = raw
    .prepare(
      `select * from items where connection = ? and project is ? and deleted_at is null and seen_at < ? and type in (${marks}) and ${where}`,
    )
    .all(connection, project, at, ...types.map(typeAt), ...values)
  const mark = raw.prepare('update items set deleted_at = ? where connection = ? and type = ? and id = ?')
  const day = new Date(now()).toISOString()
  for (const row of rows) mark.run(day, connection, Number(row['type']), String(row['id']))
  return rows.map(itemOf)
}

/** A list counts as read with its last page: one that broke off in the middle is due again at once. */
function touchPoll({ raw, now }: WriterTx, { connection, list, project, complete, readTo, at }: ItemsSeen, touched: boolean): void {
  raw
    .prepare(
      `insert into polls (connection, list, project, read_to, full_at, read_at, touched_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
       on conflict (connection, list, project) do update set read_to = coalesce(excluded.read_to, polls.read_to),
         full_at = coalesce(excluded.full_at, polls.full_at), read_at = coalesce(excluded.read_at, polls.read_at), touched_at = coalesce(excluded.touched_at, polls.touched_at)`,
    )
    .run(connection, list, project ?? '', readTo, complete ? at : null, complete || readTo !== null ? now() : null, touched ? now() : null)
}

/** Records these items are tied to, and unlinked ones that share a natural key or an origin with them. */
export function recordsTouchedBy({ tx: { raw }, connection }: Reconciling, items: readonly ProcoreItem[]): number[] {
  const records = new Set<number>()
  for (const item of items) {
    const tied = recordOfItem(raw, connection, item.type, item.id)
    if (tied !== null) records.add(tied)
    for (const record of sharingKeys(raw, connection, item)) records.add(record)
    for (const record of byOrigin(raw, connection, item)) records.add(record)
  }
  return [...records]
}

/** Unlinked records that share one of the natural keys kept of an item. */
const sharingKeys = (raw: WriterTx['raw'], connection: number, { type, id }: ProcoreItem): number[] =>
  raw
    .prepare(
      `select distinct l.record from item_keys k join record_keys r on r.connection = k.connection and r.key = k.key
         join links l on l.record = r.record and l.item_id is null
       where k.connection = ? and k.type = ? and k.id = ?`,
    )
    .all(connection, typeAt(type), id)
    .map((row) => Number(row['record']))

/** The unlinked record whose origin_id an item carries: created by us, its answer lost. */
function byOrigin(raw: WriterTx['raw'], connection: number, { originId }: ProcoreItem): number[] {
  const [key, entity, ...rest] = (originId ?? '').split(':')
  const row = raw
    .prepare(
      `select l.record from records r join sources s on s.id = r.source join connections c on c.id = s.connection
         join links l on l.record = r.id and l.item_id is null
       where s.connection = ?1 and c.key = ?2 and s.entity = ?3 and r.id = coalesce(
         (select id from records where source = s.id and origin_key = ?4),
         (select id from records where source = s.id and key = ?4 and origin_key is null))`,
    )
    .get(connection, key ?? '', entity ?? '', rest.join(':'))
  return row ? [Number(row['record'])] : []
}

/** Entities whose links rest on items of these types. */
const metBy = (kinds: Kinds, items: readonly ProcoreItem[]): (keyof Kinds)[] => {
  const types = new Set(items.map(({ type }) => type))
  return Object.values(kinds)
    .filter((kind) => kind.itemTypes.some((type) => types.has(type)))
    .map(({ entity }) => entity)
}
