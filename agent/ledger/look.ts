import type { DatabaseSync } from 'node:sqlite'
import { itemTypes } from '../../shared/item.ts'
import type { LinkState } from '../../shared/link-state.ts'
import type { Problem } from '../../shared/problem.ts'
import { kindsAsMapped } from '../items/as-mapped.ts'
import { type Context, type ErpRecord, type Figure, type Kind, ownerOf, type ProcoreItem } from '../items/kind.ts'
import { outboxOps, outboxStates } from '../outbox/outbox.ts'
import { ledgerContext } from './context.ts'
import { jobLeftOf } from './job-left.ts'
import type { Sides } from './judge.ts'
import { stateOf } from './links.ts'
import { itemOf, type Kinds, recordOf, type StoredRow } from './rows.ts'
import { sideHash } from './side-hash.ts'
import { type Connection, connectionOf, type Source, sourceById, sourcesOf } from './sources.ts'
import { savedMapping, ticksIn } from './ticks.ts'

/** A record with everything tied to it, as judge wants it. */
export type Looked = {
  record: ErpRecord
  kind: Kind
  source: Source
  connection: Connection
  item: ProcoreItem | null
  state: LinkState
  figures: Figure[] | null
  sides: Sides
  /** The job it left the ERP with, if it did. */
  leftWith: string | null
  /** The row of `links`. */
  link: StoredRow
  /** The row of `outbox` still to be settled, if any. */
  outbox: StoredRow | null
  /** What a person should look at although nothing differs. */
  doubt: Problem | null
}

export type Eyes = { context: Context; look(record: number): Looked | null }

/** Looks records up with both sides compared, as the connection's mapping has it. Make one per transaction or answer: it remembers what it was told of a connection. */
export function eyesOf(raw: DatabaseSync, all: Kinds, connectionId: number): Eyes {
  const connection = connectionOf(raw, connectionId)
  const mapping = savedMapping(raw, connectionId)
  const kinds = kindsAsMapped(all, mapping && ticksIn(mapping))
  const context = ledgerContext(raw, all, connectionId)
  const sources = new Map(sourcesOf(raw, connectionId).map((source) => [source.id, source]))
  const find = raw.prepare(
    'select r.*, l.record, l.state, l.item_type, l.item_id, l.tied, l.confirmed_record, l.confirmed_item, l.since, l.problem, l.confirmed_by, l.differs, (select 1 from archived_records a where a.record = r.id) as archived from records r join links l on l.record = r.id where r.id = ?',
  )
  const findItem = raw.prepare('select * from items where connection = ? and type = ? and id = ?')
  const findOutbox = raw.prepare('select * from outbox where record = ? and state <> 5 order by id limit 1')
  const findMove = raw.prepare("select data ->> 'override' as override from history where record = ? order by id desc limit 1")
  const jobLeft = jobLeftOf(raw, all, connectionId, [...sources.values()])
  /** Its unlink was asked for against the forecast: that the ERP has it is known and no reason to drop it. */
  const isOverridden = (id: number): boolean => findMove.get(id)?.['override'] === 1

  function look(id: number): Looked | null {
    const row = find.get(id)
    if (!row) return null
    const source = sources.get(Number(row['source'])) ?? sourceById(raw, Number(row['source']))
    const kind = kinds[source.entity]
    const record = recordOf(row, kind)
    const itemRow = row['item_id'] === null ? undefined : findItem.get(connectionId, Number(row['item_type']), String(row['item_id']))
    const item = itemRow ? itemOf(itemRow) : null
    const doubt = item && item.deletedAt === null ? (kind.doubt?.(record, context) ?? null) : null
    const figures = item ? kind.compare(record, item, context) : null
    const outbox = (findOutbox.get(id) as StoredRow | undefined) ?? null
    const state = stateOf(row['state'])
    const vanished = row['vanished_at'] !== null
    const leftWith = vanished ? jobLeft({ source, kind, record, item }) : null
    const sides: Sides = {
      previous: state,
      record: {
        key: record.key,
        vanished,
        jobLeft: leftWith !== null,
        leftOut: row['left_out'] !== 0,
        archived: row['archived'] === 1,
        free: kind.unlinks === 'freely' || (state === 'unlinking' && isOverridden(id)),
      },
      item: item && {
        name: nameOf(item),
        origin: item.originId,
        deleted: item.deletedAt !== null,
        ownership: ownershipOf(connection, item),
      },
      tied: row['tied'] === 1,
      figures,
      confirmed: { record: row['confirmed_record'] as string | null, item: row['confirmed_item'] as string | null },
      now: { record: sideHash(figures ?? [], 'erp'), item: sideHash(figures ?? [], 'procore') },
      outbox: outbox && { op: outboxOps[Number(outbox['op'])] ?? 'update', state: outboxStates[Number(outbox['state'])] ?? 'waiting' },
    }
    return { record, kind, source, connection, item, state, figures, sides, leftWith, link: row, outbox, doubt }
  }
  return { context, look }
}

/** Where Procore's own connector owns the links, no owner is foreign: whatever stands there is its own. */
function ownershipOf({ owner, key }: Connection, { originId }: ProcoreItem): 'none' | 'ours' | 'foreign' {
  const whose = ownerOf(originId, key)
  return owner === 'procore' && whose === 'foreign' ? 'ours' : whose
}

/** What people call an item. */
export const nameOf = ({ id, content }: ProcoreItem): string =>
  String(content['number'] ?? content['name'] ?? content['project_number'] ?? id)

/** The link of an item, if a record is tied to it. */
export function recordOfItem(raw: DatabaseSync, connection: number, type: ProcoreItem['type'], id: string): number | null {
  const row = raw
    .prepare(
      `select l.record from links l join records r on r.id = l.record join sources s on s.id = r.source
       where l.item_type = ? and l.item_id = ? and s.connection = ?`,
    )
    .get(itemTypes.indexOf(type), id, connection)
  return row ? Number(row['record']) : null
}
