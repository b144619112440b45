/** Where in Procore a record's item lies, or would lie. */
import type { DatabaseSync } from 'node:sqlite'
import type { Entity, ItemType } from '../../shared/item.ts'
import { ledgerContext } from '../ledger/context.ts'
import type { Eyes, Looked } from '../ledger/look.ts'
import { type Kinds, recordOf } from '../ledger/rows.ts'

/** Null for items of the company; undefined where the project is not known. */
export function placeOf(
  { context }: Pick<Eyes, 'context'>,
  { kind, record, item }: Pick<Looked, 'kind' | 'record' | 'item'>,
): string | null | undefined {
  if (item) return item.project
  if (isOfCompany(kind.itemTypes[0])) return null
  if (kind.placeOf) return kind.placeOf(record, context) ?? undefined
  const job = kind.jobOf(record.fields)
  return job === null ? undefined : context.projectOfJob(job)?.id
}

const companyTypes: readonly ItemType[] = ['vendor', 'project', 'cost-type', 'standard-cost-code', 'tax-code', 'insurance']
export const isOfCompany = (type: ItemType | undefined): boolean => type !== undefined && companyTypes.includes(type)

/** Places of records that have no item yet, by their id. Make one per answer: it remembers what it was told of projects. */
export function placesOf(raw: DatabaseSync, kinds: Kinds): (record: number) => string | null | undefined {
  const find = raw.prepare(
    'select r.id, r.key, r.content, s.entity, s.connection from records r join sources s on s.id = r.source where r.id = ?',
  )
  const contexts = new Map<number, Eyes['context']>()
  const contextOf = (connection: number): Eyes['context'] => {
    const context = contexts.get(connection) ?? ledgerContext(raw, kinds, connection)
    contexts.set(connection, context)
    return context
  }
  return (id) => {
    const row = find.get(id)
    if (!row) return undefined
    const kind = kinds[row['entity'] as Entity]
    return placeOf({ context: contextOf(Number(row['connection'])) }, { kind, record: recordOf(row, kind), item: null })
  }
}
