/** Saving what is ticked: a new version, and every link that rests on what moved is looked at again. */
import { type Entity, entities } from '../../shared/item.ts'
import { type Ticks, ticksDiff } from '../../shared/mapping/ticks.ts'
import { outboxOps } from '../outbox/outbox.ts'
import type { WriterTx } from './command.ts'
import { linkedRecords, positionOf } from './links.ts'
import { eyesOf, type Looked } from './look.ts'
import { finish, reconcile, reconciling } from './reconcile.ts'
import type { Kinds } from './rows.ts'
import { sourceOf } from './sources.ts'
import { mappingAt, newestMapping, ticksIn } from './ticks.ts'
import { type By, takeBack } from './writing.ts'

export type SaveMapping = { connection: number; basedOn: number; content: string; by: By }
export type MappingBack = { connection: number; basedOn: number; to: number; by: By }
/** `moved`: somebody saved meanwhile; the version there is now. */
export type MappingSaved = { version: number } | { moved: number } | null

/** Null where there is no such connection. Saving what is ticked already makes no version. */
export function saveMapping(tx: WriterTx, kinds: Kinds, { connection, basedOn, content, by }: SaveMapping): MappingSaved {
  return keep(tx, kinds, { connection, basedOn, content, by, back: null })
}

/** The bytes of an earlier version as a new one; null where there is no such version. */
export function mappingBack(tx: WriterTx, kinds: Kinds, { connection, basedOn, to, by }: MappingBack): MappingSaved {
  const earlier = mappingAt(tx.raw, connection, to)
  return earlier && keep(tx, kinds, { connection, basedOn, content: earlier.content, by, back: to })
}

function keep(tx: WriterTx, kinds: Kinds, { connection, basedOn, content, by, back }: SaveMapping & { back: number | null }): MappingSaved {
  if (!tx.raw.prepare('select 1 from connections where id = ?').get(connection)) return null
  const before = newestMapping(tx.raw, connection)
  if (before.version !== basedOn) return { moved: before.version }
  if (before.content === content) return { version: before.version }
  const after = { version: before.version + 1, content }
  const resting = restingOn(tx, kinds, connection, ticksIn(before), ticksIn(after))
  tx.raw
    .prepare('insert into mappings (connection, version, content, saved_at, person, origin, back) values (?, ?, ?, ?, ?, ?, ?)')
    .run(connection, after.version, content, tx.now(), by.person, by.origin, back)
  tx.audit({
    ...{ ...by, act: back === null ? 'mapping-saved' : 'mapping-back', subject: `connection:${connection}` },
    before: { version: before.version, ticks: ticksIn(before) },
    after: { version: after.version, ...(back === null ? {} : { back }), ticks: ticksIn(after) },
  })
  tx.emit('connection-changed', { connection: String(connection), data: { mapping: after.version } })
  resting(by.person)
  return { version: after.version }
}

/** What an unticked kind is not sent; an unlink a person asked for goes on. */
const sending = (['create', 'link', 'update'] as const).map((op) => outboxOps.indexOf(op))

/** What must be looked at before the new version counts, and then what follows from it. */
function restingOn(tx: WriterTx, kinds: Kinds, connection: number, before: Ticks, after: Ticks): (person: number | null) => void {
  const changes = ticksDiff(before, after).filter(({ on, ticked, unticked }) => on !== undefined || ticked.length + unticked.length > 0)
  const moved = entities.filter((entity) => changes.some(({ id }) => id === entity))
  const links = [...new Set(moved.map((entity) => wholeOf(kinds, entity)))].flatMap((entity) => linkedRecords(tx, connection, entity))
  const eyes = eyesOf(tx.raw, kinds, connection)
  const was = new Map(links.flatMap((record) => sidesOf(eyes.look(record))))
  return (person) => {
    for (const { id, on } of changes)
      if (on === false && moved.includes(id as Entity)) takeBack(tx, sourceOf(tx.raw, connection, id as Entity), sending)
    const on = reconciling(tx, kinds, connection, { code: 'mapping', person })
    for (const [record, sides] of was) carryOver(tx, on.eyes.look(record), sides)
    reconcile(on, links)
    for (const { id, on: ticked } of changes)
      if (ticked !== undefined && moved.includes(id as Entity)) reconcile(on, openOf(tx, kinds, connection, id as Entity, ticked))
    finish(on)
  }
}

/** The kind itself, or the one that counts its records into its figures. */
function wholeOf(kinds: Kinds, entity: Entity): Entity {
  const { fields, partOf } = kinds[entity]
  return partOf?.(Object.fromEntries(fields.map((field) => [field, '-'])))?.entity ?? entity
}

/** Records without a partner that the tick of their whole kind concerns: unticked, what waits or asks of them; ticked, all that may find one. */
function openOf({ raw }: WriterTx, kinds: Kinds, connection: number, entity: Entity, ticked: boolean): number[] {
  const source = sourceOf(raw, connection, entity)
  if (ticked && !kinds[entity].matched && source.writing === 0) return []
  const which = ticked
    ? ''
    : ` and (l.state in (${waiting.join(', ')}) or exists (select 1 from problems p where p.record = r.id and p.closed_at is null))`
  return raw
    .prepare(`select r.id from records r join links l on l.record = r.id where r.source = ? and l.item_id is null${which}`)
    .all(source.id)
    .map((row) => Number(row['id']))
}

const waiting = (['ready-to-send', 'failed'] as const).map(positionOf)

type Was = { record: boolean; item: boolean; differs: readonly string[] }

/** Whether each side stood as both last agreed. */
function sidesOf(looked: Looked | null): [number, Was][] {
  if (looked === null) return []
  const { confirmed, now } = looked.sides
  return [[looked.record.id, { record: confirmed.record === now.record, item: confirmed.item === now.item, differs: differing(looked) }]]
}

const differing = ({ figures }: Looked): string[] => (figures ?? []).filter(({ agrees }) => agrees === false).map(({ field }) => field)

/**
 * What both sides last agreed on is kept as a hash of all that was compared: with other ticks another one. A side that stood as agreed stands so
 * still, unless a difference shows that nobody had looked at: of that one it is not known which side moved.
 */
function carryOver({ raw }: WriterTx, looked: Looked | null, { record, item, differs }: Was): void {
  if (looked === null || differing(looked).some((field) => !differs.includes(field))) return
  const { now } = looked.sides
  const set = raw.prepare(
    'update links set confirmed_record = coalesce(?, confirmed_record), confirmed_item = coalesce(?, confirmed_item) where record = ?',
  )
  if (record || item) set.run(record ? now.record : null, item ? now.item : null, looked.record.id)
}
