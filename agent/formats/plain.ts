/** What a connector writes of answers in our own words: our field names as header, dates as 2026-11-22, amounts as 1234.50. */
import type { Entity } from '../../shared/item.ts'
import { defaultReadSettings, type ReadSettings } from './format.ts'
import { records } from './records/index.ts'

/** The same for every such file, so that a field its connector no longer gives counts as a column that is gone. */
export function plainReading(entity: Entity): ReadSettings {
  const { fields } = records[entity]
  const columns = Object.fromEntries(fields.map(({ field }) => [field, field]))
  const mapping = { entity, columns, needs: fieldsOf(entity).required }
  return { ...defaultReadSettings, encoding: 'utf-8', delimiter: ',', date: 'yyyy-mm-dd', codes: 'take', mappings: [mapping] }
}

/** The fields a kind of record has, and those without which there is none. */
export function fieldsOf(entity: Entity): { all: readonly string[]; required: readonly string[] } {
  const { fields } = records[entity]
  return { all: fields.map(({ field }) => field), required: fields.flatMap(({ field, required }) => (required ? [field] : [])) }
}
