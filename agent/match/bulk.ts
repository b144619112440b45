/** All records of one entity that nothing is tied to, each held against the items it may be; which pairs are sure is decide's to say. Reads only. */
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import type { Entity } from '../../shared/item.ts'
import type { ErpRecord, Kind, ProcoreItem } from '../items/kind.ts'
import { positionOf } from '../ledger/links.ts'
import type { Kinds } from '../ledger/rows.ts'
import { recordOf } from '../ledger/rows.ts'
import type { Source } from '../ledger/sources.ts'
import { sourcesOf } from '../ledger/sources.ts'
import { placeOf } from '../outbox/place.ts'
import { type Candidate, type MaySee, pairing } from './candidates.ts'
import { clearlyLower, type Decided, decide, type Pair } from './decide.ts'
import { thinItem, thinRecord } from './face.ts'
import { itemsOf } from './pool.ts'
import { type Face, withoutZeros } from './score.ts'
import { itemText } from './ties.ts'

export type Many = {
  connection: number
  entity: Entity
  atLeast: number
  may: MaySee
  /** Asked now and then: whether there is still time. */
  inTime: () => boolean
}
/**
 * `best`: each record's best partner that this person may know of; `places`: where a record would lie. Null where time ran out: nothing is decided by
 * half a look.
 */
export type Planned = Decided & { best: Map<number, Candidate>; keys: Map<number, string>; places: Map<number, Place> }
type Place = Parameters<MaySee>[0]

/** So many records are looked at before others get a turn; 5,000 vendors against 5,000 companies take 2.4 s in all (2 busy cores, 2026-11). */
const recordsPerTurn = 20

export async function planMany(raw: DatabaseSync, kinds: Kinds, many: Many): Promise<Planned | null> {
  const { connection, entity, may } = many
  const kind = kinds[entity]
  const source = sourcesOf(raw, connection).find((one) => one.entity === entity)
  const { context, pair } = pairing(raw, kinds, connection)
  const placed = (source && kind.matched ? freeRecords(raw, source, kind) : []).map(
    (record) => [record, placeOf({ context }, { kind, record, item: null })] as const,
  )
  const records = placed.flatMap(([record, place]) => (may(place) ? [record] : []))
  const items = new Shelf()
  if (records.length > 0) for await (const item of itemsOf(raw, connection, kind.itemTypes)) items.add(item)
  const pairs: Pair[] = []
  const best = new Map<number, Candidate>()
  for (const [n, record] of records.entries()) {
    const worth = (atMost: number): boolean => atMost > many.atLeast - clearlyLower || atMost > (best.get(record.id)?.score ?? 0)
    for (const item of items.near(thinRecord(record, kind, context)))
      for (const found of pair(record, kind, item, worth)) {
        const hidden = !may(item.project)
        pairs.push({ record: record.id, item: itemText(item), score: found.score, conflict: hidden || found.conflicts.length > 0 })
        if (!hidden && found.score > (best.get(record.id)?.score ?? 0)) best.set(record.id, found)
      }
    if (n % recordsPerTurn === 0) await setImmediate()
    if (!many.inTime()) return null
  }
  const ids = records.map(({ id }) => id)
  const told = { keys: new Map(records.map(({ id, key }) => [id, key])), places: new Map(placed.map(([{ id }, place]) => [id, place])) }
  return { ...decide(ids, pairs, many.atLeast), best, ...told }
}

/** Records nothing is tied to, that nobody has unlinked or put away, and that the ERP still has. */
function freeRecords(raw: DatabaseSync, { id }: Source, kind: Kind): ErpRecord[] {
  return raw
    .prepare(
      `select r.* from links l join records r on r.id = l.record where r.source = ? and l.item_id is null and l.state <> ? and r.vanished_at is null
         and r.left_out = 0 and not exists (select 1 from archived_records a where a.record = r.id) order by r.id`,
    )
    .all(id, positionOf('unlinked'))
    .map((row) => recordOf(row, kind))
}

/** Items by what they may be met by: a number, the words of a name, the end of a phone number, a tax number’s hash. */
class Shelf {
  readonly #by = new Map<string, ProcoreItem[]>()

  add(item: ProcoreItem): void {
    for (const mark of marksOf(thinItem(item))) {
      const known = this.#by.get(mark)
      if (known) known.push(item)
      else this.#by.set(mark, [item])
    }
  }

  /** Each once, in the order of their ids. One word of several alone makes no name alike (score.ts), and need not be looked at. */
  near(face: Face): ProcoreItem[] {
    const wanted = Math.ceil(Math.min(...face.names.map(({ words }) => words.length), fewWords) * sharedAtLeast)
    const shared = new Map<ProcoreItem, number>()
    for (const mark of marksOf(face))
      for (const item of this.#by.get(mark) ?? []) shared.set(item, (shared.get(item) ?? 0) + (mark.startsWith('word ') ? 1 : wanted))
    const found = [...shared].flatMap(([item, count]) => (count >= wanted ? [item] : []))
    return found.toSorted((a, b) => (itemText(a) < itemText(b) ? -1 : 1))
  }
}

/**
 * Two names are alike where twice the shared words are 0.6 of all words: so, however few the other has, 0.43 of these. A pair that is alike only by
 * a slip in one of these words is not met here; it would be far from sure.
 */
const sharedAtLeast = 3 / 7
/** Where there is no name, or a very long one. */
const fewWords = 12

const marksOf = ({ numbers, names, phones, taxId }: Face): string[] => [
  ...new Set([
    ...numbers.map((number) => `number ${withoutZeros(number)}`),
    ...names.flatMap(({ words }) => words.map((word) => `word ${word}`)),
    ...phones.map((phone) => `phone ${phone.replace(/\D/g, '').slice(-7)}`),
    ...(taxId === null ? [] : [`tax ${taxId}`]),
  ]),
]
