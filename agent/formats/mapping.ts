/** A mapping as a person wrote it: taken when every word of it means something, else said what does not. */
import { type Entity, entities } from '../../shared/item.ts'
import type { Mapping } from './format.ts'
import { headerName } from './header-names.ts'
import { records } from './records/index.ts'
import type { RecordShape } from './records/record-shape.ts'

/** One mapping or a list of them, as parsed JSON; or why it cannot be used, in words for the person who wrote it. */
export function mappingsOf(said: unknown): { mappings: Mapping[] } | { wrong: string } {
  const list: unknown[] = Array.isArray(said) ? said : [said]
  const wrong = list.flatMap(faults)
  return wrong.length > 0 ? { wrong: wrong.join(' ') } : { mappings: list as Mapping[] }
}

function faults(said: unknown): string[] {
  const { entity, columns } = (said ?? {}) as Partial<Mapping>
  if (!entities.includes(entity as Entity)) return [`“entity” is one of ${entities.join(', ')}.`]
  if (typeof columns !== 'object' || columns === null) return ['“columns” names the header of each field: {"field": "Header"}.']
  return columnFaults(records[entity as Entity], columns)
}

function columnFaults(record: RecordShape, columns: Record<string, unknown>): string[] {
  const fields = record.fields.map(({ field }) => field)
  const unknown = Object.keys(columns).filter((field) => !fields.includes(field))
  const unnamed = Object.entries(columns).flatMap(([field, name]) => (typeof name === 'string' && headerName(name) !== '' ? [] : [field]))
  const missing = keyFields(record).filter((field) => !(field in columns))
  return [
    ...(unknown.length > 0 ? [`${record.entity} has no field ${unknown.join(', ')}; it has ${fields.join(', ')}.`] : []),
    ...(unnamed.length > 0 ? [`${unnamed.join(', ')}: the header of the column is missing.`] : []),
    ...(missing.length > 0 ? [`${record.entity} cannot be told apart without ${missing.join(', ')}.`] : []),
  ]
}

/** Where a key can be made in more than one way, each row says itself what it lacks. */
export const keyFields = ({ key, keyParts, emptyInKey = [] }: RecordShape): string[] =>
  keyParts ? [] : key.filter((field) => !emptyInKey.includes(field))
