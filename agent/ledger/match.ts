import { itemTypes } from '../../shared/item.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { type ErpRecord, type Kind, ownerOf, type ProcoreItem } from '../items/kind.ts'
import type { WriterTx } from './command.ts'
import { partKey } from './context.ts'
import { positionOf } from './links.ts'
import { type Eyes, nameOf } from './look.ts'
import { itemOf, type Kinds, recordOf, type StoredRow } from './rows.ts'
import type { Connection, Source } from './sources.ts'

/**
 * What matching says about one unlinked record. All but null holds it back from being created; `archived`: what it looks like was put away by a
 * person, who is not asked again.
 */
export type Match = { item: ProcoreItem } | { ask: Problem } | { archived: true } | null

type Place = { connection: number; id: number }

/** Stores the natural keys of a record, so that items seen later find it. */
export function keepKeys({ raw }: WriterTx, { context }: Eyes, { connection, id }: Place, kind: Kind, row: StoredRow): string[] {
  const keys = [...kind.keysOfRecord(recordOf(row, kind), context)]
  storeKeys(raw, { connection, id }, keys)
  return keys
}

/** Records are found by these only while they are not linked. */
export const dropKeys = ({ raw }: WriterTx, record: number): void => storeKeys(raw, { connection: 0, id: record }, [])

/** Stores what a part belongs to, so that the whole finds its parts; answers the whole. */
export function keepPart(
  { raw }: WriterTx,
  { connection, id }: Place,
  kind: Kind,
  row: StoredRow,
): ReturnType<NonNullable<Kind['partOf']>> {
  const whole = kind.partOf?.(recordOf(row, kind).fields) ?? null
  storeKeys(raw, { connection, id }, whole ? [partKey(whole.entity, whole.key)] : [])
  return whole
}

function storeKeys(raw: WriterTx['raw'], { connection, id }: Place, keys: readonly string[]): void {
  raw.prepare('delete from record_keys where record = ?').run(id)
  const put = raw.prepare('insert or ignore into record_keys (connection, key, record) values (?, ?, ?)')
  for (const key of keys) put.run(connection, key, id)
}

/** Natural keys of an item under every kind that may meet it. */
export function keepItemKeys({ raw }: WriterTx, kinds: Kinds, connection: number, item: ProcoreItem): string[] {
  const type = itemTypes.indexOf(item.type)
  const keys = new Set(Object.values(kinds).flatMap((kind) => (kind.itemTypes.includes(item.type) ? kind.keysOfItem(item) : [])))
  raw.prepare('delete from item_keys where connection = ? and type = ? and id = ?').run(connection, type, item.id)
  const put = raw.prepare('insert into item_keys (connection, key, type, id) values (?, ?, ?, ?)')
  for (const key of keys) put.run(connection, key, type, item.id)
  return [...keys]
}

/**
 * A cost typed into Procore as one may be several in the ERP: tied by a person to one of them and of another amount, it may still hold the others.
 */
const holdsMore = `exists (select 1 from history h where h.record = l.record and h.code = 'confirmed')
  and l.differs is not null and exists (select 1 from json_each(l.differs, '$.fields') where value = 'amount')`

type Free = { item: ProcoreItem; archivedAt: number | null }

/** Items with this key that nothing in this connection is tied to, and when a person has put them away. */
function freeItems({ raw }: WriterTx, { id, key: connectionKey }: Connection, kind: Kind, key: string): Free[] {
  const several = kind.lookalikes === 'before-create' ? `and ${holdsMore}` : 'and 0'
  const tied = `from links l join records r on r.id = l.record join sources s on s.id = r.source
    where l.item_type = i.type and l.item_id = i.id and s.connection = ?1`
  return raw
    .prepare(
      `select i.*, (select a.at from archived_items a where a.connection = i.connection and a.type = i.type and a.id = i.id) as archived,
         exists (select 1 ${tied}) as tied
       from item_keys k join items i on i.connection = k.connection and i.type = k.type and i.id = k.id
       where k.connection = ?1 and k.key = ?2 and i.deleted_at is null and (not exists (select 1 ${tied}) or exists (select 1 ${tied} ${several}))
       limit 20`,
    )
    .all(id, key)
    .filter((row) => row['tied'] === 1 || ownerOf(row['origin_id'] as string | null, connectionKey) !== 'ours')
    .map((row) => ({ item: itemOf(row), archivedAt: row['archived'] as number | null }))
    .filter(({ item }) => kind.itemTypes.includes(item.type))
}

/** Whether a person put the item away once they had been asked whether this record is it: the two are not the same. */
const saidOther = ({ raw }: WriterTx, record: number, { type, id }: ProcoreItem, archivedAt: number): boolean =>
  raw
    .prepare(
      `select 1 from problems where record = ? and code = 'match-to-confirm' and opened_at <= ?
         and instr(' ' || (params ->> '$.candidates') || ' ', ?) > 0`,
    )
    .get(record, archivedAt, ` ${type}:${id} `) !== undefined

/**
 * What of these items may still be meant, and whether some were put away. What may be another thing is asked about also where it was put away before
 * anybody had asked: held back in silence it would be lost. A key that ties by itself leaves no doubt which is meant, and nobody is asked.
 */
function open(tx: WriterTx, kind: Kind, record: number, key: string, free: readonly Free[]): { items: ProcoreItem[]; archived: boolean } {
  const here = (only: (archivedAt: number | null, item: ProcoreItem) => boolean): ProcoreItem[] =>
    free.flatMap(({ item, archivedAt }) => (only(archivedAt, item) ? [item] : []))
  if (kind.lookalikes === undefined || !key.startsWith('ask:'))
    return { items: here((at) => at === null), archived: free.some(({ archivedAt }) => archivedAt !== null) }
  return { items: here((at, item) => at === null || !saidOther(tx, record, item, at)), archived: false }
}

/** Unlinked records of this entity that claim the same key. */
const claimants = ({ raw }: WriterTx, source: Source, key: string): number =>
  Number(
    raw
      .prepare(
        `select count(*) as n from record_keys k join records r on r.id = k.record join links l on l.record = r.id
         where k.connection = ? and k.key = ? and r.source = ? and r.vanished_at is null and l.item_id is null
           and l.state <> ? and not exists (select 1 from archived_records a where a.record = r.id)`,
      )
      .get(source.connection, key, source.id, positionOf('unlinked'))?.['n'],
  )

/** The item that carries the origin_id we would give this record: ours already, whatever else it is called by. */
export function itemByOrigin({ raw }: WriterTx, connection: Connection, origin: string): ProcoreItem | null {
  // Named, or SQLite reads every item of the connection by its primary key.
  const row = raw
    .prepare(
      'select * from items indexed by items_origin where connection = ? and origin_id = ? and origin_id is not null and deleted_at is null',
    )
    .get(connection.id, origin)
  return row ? itemOf(row) : null
}

/**
 * Finds the item for an unlinked record by its natural keys, strongest first. An `exact:` key that fits one item and one record
 * ties by itself; one that fits more, and every `ask:` key, waits for a person. Ledger only: nothing is written to Procore.
 */
export function match(tx: WriterTx, connection: Connection, source: Source, kind: Kind, record: ErpRecord, keys: readonly string[]): Match {
  let putAway = false
  for (const key of keys) {
    const { items, archived } = open(tx, kind, record.id, key, freeItems(tx, connection, kind, key))
    putAway ||= archived
    const [item] = items
    if (item === undefined) continue
    const ways = Math.max(items.length, claimants(tx, source, key))
    const candidates = items.map(({ type, id }) => `${type}:${id}`).join(' ')
    if (key.startsWith('ask:'))
      return { ask: problem('match-to-confirm', { key: record.key, item: nameOf(item), why: key.slice(4), candidates }) }
    return ways === 1 ? { item } : { ask: problem('match-ambiguous', { key: record.key, count: ways, candidates }) }
  }
  const earlier = putAway ? null : namedBefore(tx, source, kind, record)
  return putAway ? { archived: true } : earlier && { ask: earlier }
}

/** What is told of a record that may be one an earlier take brought under another name, and that is linked; null where there is none. */
function namedBefore({ raw }: WriterTx, source: Source, kind: Kind, record: ErpRecord): Problem | null {
  if (!kind.namedAnew) return null
  const { keyStart, term } = kind.namedAnew.where(record)
  const earlier = raw
    .prepare(
      `select r.* from records r join links l on l.record = r.id
       where r.source = ?1 and l.item_id is not null and l.state <> ?2 and r.take < (select take from records where id = ?3)
         and r.id in (select id from records where source = ?1 and key >= ?4 and key < ?4 || ?6
           union select record from record_terms where source = ?1 and term = ?5)
       order by r.id`,
    )
    .all(source.id, positionOf('unlinked'), record.id, keyStart ?? beyondKeys, term, beyondKeys)
    .map((row) => recordOf(row as StoredRow, kind))
    .find((one) => kind.namedAnew?.same(record, one))
  return earlier ? kind.namedAnew.told(record, earlier) : null
}

/** Sorts behind every key. */
const beyondKeys = '\u{10FFFF}'
