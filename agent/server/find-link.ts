import { type ItemRef, itemTypes } from '../../shared/item.ts'
import type { Agent, Caller } from './agent.ts'
import { createTiedTo, ofEnvironment } from './tied-to.ts'

/** What an id names: an item, and the record it is tied to. */
export type Found = { ref: ItemRef; record: number | null }

/** A record by its number, if it is of the Procore the caller's page shows. */
export function recordOf(
  { reader: { raw } }: Agent,
  id: string,
  { environment = null }: { environment?: string | null | undefined },
): number | null {
  const there = raw.prepare(
    `SELECT 1 FROM records r JOIN sources s ON s.id = r.source JOIN connections c ON c.id = s.connection WHERE r.id = :id AND ${ofEnvironment}`,
  )
  return /^\d{1,15}$/.test(id) && there.get({ id: Number(id), environment }) ? Number(id) : null
}

/** The item and the record an id names: of the Procore the caller's page shows, where two connections hold the same item. */
export function createFind({
  reader: { raw },
}: Pick<Agent, 'reader'>): (id: string, caller: Pick<Caller, 'environment' | 'shut'>) => Found | null {
  const byRecord = raw.prepare(`
    SELECT l.record, l.item_type, l.item_id FROM links l JOIN records r ON r.id = l.record JOIN sources s ON s.id = r.source
    JOIN connections c ON c.id = s.connection WHERE l.record = :record AND l.item_id IS NOT NULL AND ${ofEnvironment}`)
  const tiedTo = createTiedTo(raw)
  return (id, caller) => {
    const [type, item] = id.split(':')
    if (item !== undefined) {
      const at = (itemTypes as readonly string[]).indexOf(type ?? '')
      const known = itemTypes[at]
      return known ? { ref: { type: known, id: item }, record: tiedTo(known, item, caller) } : null
    }
    const row = /^\d{1,15}$/.test(id) ? byRecord.get({ record: Number(id), environment: caller.environment ?? null }) : undefined
    const known = row && itemTypes[Number(row['item_type'])]
    return row && known ? { ref: { type: known, id: String(row['item_id']) }, record: Number(row['record']) } : null
  }
}

/** The Procore company of a link's connection; null (the only one) where nothing is linked. */
export function companyOf({ reader: { raw } }: Agent, { ref, record }: Found): string | null {
  const row =
    record === null
      ? raw
          .prepare('SELECT procore_company AS company FROM items i JOIN connections c ON c.id = i.connection WHERE i.type = ? AND i.id = ?')
          .get(itemTypes.indexOf(ref.type), ref.id)
      : raw
          .prepare(
            'SELECT procore_company AS company FROM records r JOIN sources s ON s.id = r.source JOIN connections c ON c.id = s.connection WHERE r.id = ?',
          )
          .get(record)
  return row ? String(row['company']) : null
}

/** The connection a record is of; null where there is no such record. */
export function createConnectionOf({ reader: { raw } }: Pick<Agent, 'reader'>): (record: number) => number | null {
  const of = raw.prepare('SELECT s.connection FROM records r JOIN sources s ON s.id = r.source WHERE r.id = ?')
  return (record) => (of.get(record)?.['connection'] as number | undefined) ?? null
}
