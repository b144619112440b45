/**
 * What a field of the ERP is for: told by trying it. A record is compared and sent with the field and without; what is other then rests on it.
 * So the kinds themselves say it, and no list beside them can grow old. Pure.
 */
import { isDeepStrictEqual } from 'node:util'
import { type Entity, entities } from '../../shared/item.ts'
import { once } from '../../shared/once.ts'
import { records } from '../formats/records/index.ts'
import type { Field } from '../formats/records/record-shape.ts'
import { kinds } from '../items/index.ts'
import type { Context, ErpRecord, Kind, ProcoreItem } from '../items/kind.ts'
import { neededFields } from './needed.ts'

export type Use = 'sent' | 'compared'

/** By entity and field; a field that is missing there has no place in Procore. */
type Uses = ReadonlyMap<string, ReadonlySet<Use>>

const known = once(usesOfAll)

export const usesOf = (entity: Entity, field: string): Use[] => [...(known().get(`${entity}.${field}`) ?? [])].toSorted()

function usesOfAll(): Uses {
  const found = new Map<string, Set<Use>>()
  for (const entity of entities)
    for (const { field } of records[entity].fields) {
      const uses = kindsFor(entity).flatMap((kind) => trials.flatMap((trial) => usesIn(kind, entity, field, trial)))
      found.set(`${entity}.${field}`, new Set(uses))
    }
  return found
}

/** The fields both sides are shown by, in the order they come, whichever of its types an item is. */
export function figuresOf(entity: Entity): string[] {
  const { itemTypes, compare } = kinds[entity]
  const record = sampleOf(entity, () => true)
  const contexts = trials.map(({ gross }) => contextOf([], gross))
  return [
    ...new Set(itemTypes.flatMap((type) => contexts.flatMap((of) => compare(record, itemOf(type, {}), of).map(({ field }) => field)))),
  ]
}

/** The kind itself, and those its records may be parts of. */
const kindsFor = (entity: Entity): Kind[] =>
  kinds[entity].partOf ? Object.values(kinds).filter(({ itemTypes }) => itemTypes.length > 0) : [kinds[entity]]

/** What to try with: all there is; or what is needed and the one field, so that a stand-in for another shows too; or amounts that hold tax. */
type Trial = { all: boolean; gross: boolean }
const trials: readonly Trial[] = [
  { all: true, gross: false },
  { all: false, gross: false },
  { all: true, gross: true },
]

function usesIn(kind: Kind, entity: Entity, field: string, { all, gross }: Trial): Use[] {
  const of = (one: Entity): ErpRecord =>
    sampleOf(one, (name) => all || (one === entity && name === field) || neededFields(one).includes(name))
  const tried = of(entity)
  const isOwn = kind.entity === entity
  if (!isOwn && !isPart(tried)) return []
  const seen = (record: ErpRecord) =>
    isOwn ? seenOf(kind, record, contextOf([], gross)) : seenOf(kind, of(kind.entity), contextOf([record], gross))
  const [withIt, without] = [seen(tried), seen({ ...tried, fields: { ...tried.fields, [field]: null } })]
  return [
    ...(isDeepStrictEqual(withIt.figures, without.figures) ? [] : (['compared'] as const)),
    ...(isDeepStrictEqual(withIt.bodies, without.bodies) ? [] : (['sent'] as const)),
  ]
}

const isPart = ({ entity, fields }: ErpRecord): boolean => kinds[entity].partOf?.(fields) != null

function seenOf(kind: Kind, record: ErpRecord, context: Context) {
  const type = kind.itemTypes[0]
  if (type === undefined) return { figures: [], bodies: [] }
  const item = itemOf(type, {})
  return {
    figures: kind.compare(record, item, context).map(({ field, erp }) => [field, erp]),
    bodies: kind.toBody ? [kind.toBody(record, null, context), kind.toBody(record, item, context)] : [],
  }
}

const samples: Record<Field['type'], string> = {
  ...{ code: '1', text: 'Text', money: '1.00', quantity: '2', date: '2026-10-30', flag: '1' },
}

/** Where any text would not do. */
const special: Readonly<Record<string, string>> = { transaction_type: 'AP cost', payment_type: 'Check' }

const sampleOf = (entity: Entity, has: (field: string) => boolean): ErpRecord => ({
  ...{ id: 1, entity, key: '1' },
  fields: Object.fromEntries(
    records[entity].fields.map(({ field, type }) => [field, has(field) ? (special[field] ?? samples[type]) : null]),
  ),
})

const itemOf = (type: ProcoreItem['type'], content: ProcoreItem['content']): ProcoreItem => ({
  ...{
    type,
    id: '9',
    project: '9',
    originId: null,
    originCode: null,
    updatedAt: null,
    deletedAt: null,
    content: { contract_id: '9', ...content },
  },
})

/** Everything a record may ask for is there. */
const contextOf = (parts: readonly ErpRecord[], gross: boolean): Context => ({
  connectionKey: 'tb',
  projectOfJob: () => itemOf('project', {}),
  vendorOf: () => itemOf('vendor', {}),
  costCode: () => itemOf('cost-code', {}),
  costType: () => itemOf('cost-type', {}),
  subJob: () => itemOf('sub-job', {}),
  standardCode: () => itemOf('standard-cost-code', {}),
  standardList: () => '9',
  partner: () => itemOf('work-order-contract', {}),
  record: () => null,
  setting: (name) => (gross && name === 'amounts.tax' ? 'gross' : null),
  partsOf: (entity) => parts.filter((part) => kinds[part.entity].partOf?.(part.fields)?.entity === entity),
})
