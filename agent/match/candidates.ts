/** Partners for a record or an item that nothing is tied to, best first, each with what speaks for it. Reads only. */
import type { DatabaseSync } from 'node:sqlite'
import type { Entity, ItemType } from '../../shared/item.ts'
import { itemTypes } from '../../shared/item.ts'
import type { Context, ErpRecord, Kind, ProcoreItem } from '../items/kind.ts'
import { ledgerContext } from '../ledger/context.ts'
import { nameOf } from '../ledger/look.ts'
import { itemOf, type Kinds, recordOf } from '../ledger/rows.ts'
import { connectionOf, sourceById, sourcesOf } from '../ledger/sources.ts'
import { placeOf } from '../outbox/place.ts'
import { faceOfItem, faceOfRecord, thinItem, thinRecord } from './face.ts'
import { itemsOf, recordsOf } from './pool.ts'
import { atMostOf, type Face, type Scored, score } from './score.ts'
import { type Conflict, itemText, tiesOf } from './ties.ts'

/** Whose partners are wanted. */
export type CandidatesOf = { record: number } | { connection: number; item: { type: ItemType; id: string } }

export type Candidate = Scored & {
  record: number
  entity: Entity
  key: string
  /** What the ERP calls it. */
  erpName: string | null
  item: { type: ItemType; id: string; project: string | null }
  number: string
  name: string | null
  conflicts: Conflict[]
}

/** Whether a person may know of what lies there: a project, null for the company, undefined where nobody knows. */
export type MaySee = (place: string | null | undefined) => boolean

/** Items of these types are many and lie each in its project: where that is known, no other project is looked through. */
const onlyInProject: readonly ItemType[] = [
  ...([
    'cost-code',
    'sub-job',
    'requisition',
    'payment-application',
    'contract-payment',
    'direct-cost',
    'commitment-change-order',
  ] as const),
]

export async function candidatesOf(raw: DatabaseSync, kinds: Kinds, of: CandidatesOf, may: MaySee): Promise<Candidate[]> {
  const found = 'record' in of ? await forRecord(raw, kinds, of.record, may) : await forItem(raw, kinds, of, may)
  return found.toSorted(bestFirst)
}

/** The same order every time: what is free before what is not, then by record and item. */
const bestFirst = (a: Candidate, b: Candidate): number =>
  b.score - a.score || a.conflicts.length - b.conflicts.length || a.record - b.record || (itemText(a.item) < itemText(b.item) ? -1 : 1)

async function forRecord(raw: DatabaseSync, kinds: Kinds, id: number, may: MaySee): Promise<Candidate[]> {
  const row = raw.prepare('select * from records where id = ?').get(id)
  if (!row) return []
  const source = sourceById(raw, Number(row['source']))
  const kind = kinds[source.entity]
  const record = recordOf(row, kind)
  const { context, pair } = pairing(raw, kinds, source.connection)
  const place = placeOf({ context }, { kind, record, item: null })
  const only = onlyInProject.includes(kind.itemTypes[0] as ItemType) ? place : null
  const found: Candidate[] = []
  for await (const item of itemsOf(raw, source.connection, kind.matched ? kind.itemTypes : [], only))
    if (may(item.project)) found.push(...pair(record, kind, item))
  return found
}

async function forItem(
  raw: DatabaseSync,
  kinds: Kinds,
  { connection, item: { type, id } }: Extract<CandidatesOf, { connection: number }>,
  may: MaySee,
): Promise<Candidate[]> {
  const row = raw.prepare('select * from items where connection = ? and type = ? and id = ?').get(connection, itemTypes.indexOf(type), id)
  if (!row) return []
  const item = itemOf(row)
  const { context, pair } = pairing(raw, kinds, connection)
  const found: Candidate[] = []
  for (const source of sourcesOf(raw, connection)) {
    const kind = kinds[source.entity]
    if (!kind.matched || !kind.itemTypes.includes(type)) continue
    for await (const record of recordsOf(raw, source, kind)) {
      const place = placeOf({ context }, { kind, record, item: null })
      const elsewhere = onlyInProject.includes(type) && typeof place === 'string' && place !== item.project
      if (!elsewhere && may(place)) found.push(...pair(record, kind, item))
    }
  }
  return found
}

/** `worth`: whether a pair that may still come to this score is of interest; every one is where absent. */
export type Pairing = {
  context: Context
  pair(record: ErpRecord, kind: Kind, item: ProcoreItem, worth?: (atMost: number) => boolean): Candidate[]
}

/** One answer's way of looking at pairs: the costly parts of a face are asked for only where anything speaks for the pair. */
export function pairing(raw: DatabaseSync, kinds: Kinds, connection: number): Pairing {
  const context = ledgerContext(raw, kinds, connection)
  const ties = tiesOf(raw, connectionOf(raw, connection))
  const thin = { erp: new WeakMap<ErpRecord, Face>(), procore: new WeakMap<ProcoreItem, Face>() }
  return {
    context,
    pair(record, kind, item, worth = () => true) {
      const erp = kept(thin.erp, record, () => thinRecord(record, kind, context))
      const procore = kept(thin.procore, item, () => thinItem(item))
      const first = score(erp, procore)
      if (first.reasons.length === 0 || !worth(atMostOf(first))) return []
      const scored = score(faceOfRecord(record, kind, context), faceOfItem(item, kind, context))
      if (scored.reasons.every(({ code }) => code.startsWith('same-'))) return [] // beside it, which is true of many
      const { type, id, project, content } = item
      return [
        {
          ...{ ...scored, record: record.id, entity: record.entity, key: record.key, item: { type, id, project }, number: nameOf(item) },
          erpName: record.fields['name'] ?? record.fields['description'] ?? null,
          name: textOrNull(content['title'] ?? content['name']),
          conflicts: [...ties.ofItem(item, record.id), ...ties.ofRecord(record.id, itemText(item))],
        },
      ]
    },
  }
}

/** A side is held against many: what it says of itself is put together once. */
function kept<K extends WeakKey>(faces: WeakMap<K, Face>, of: K, make: () => Face): Face {
  const face = faces.get(of) ?? make()
  faces.set(of, face)
  return face
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
