import type { Fits } from '../../shared/find.ts'
import { type ItemType, itemTypes } from '../../shared/item.ts'
import type { Agent } from './agent.ts'

/** Something that fits: an item, or a record by its id. */
export type Found = { connection: number; item: { type: ItemType; id: string } } | { connection: number; record: number }

/** One statement walks this far and no further; then “more” is said. It is far only where nothing of it is the caller's to see. */
const walkAtMost = 2000
export const cutOff = 'cut-off'

/**
 * Types with thousands of items at most, looked through whole for a part of a name or number. Costs, invoices and payments grow by the year
 * and are found by how their number begins.
 */
const lookedThrough: readonly ItemType[] = [
  ...(['work-order-contract', 'purchase-order-contract', 'vendor', 'project', 'prime-contract', 'commitment-change-order'] as const),
  ...(['prime-change-order', 'change-event', 'sub-job', 'cost-code'] as const),
]

/** How a column is held against the term; `begins` leaves out what is exact. */
const read = (how: Fits, at: string): string =>
  how === 'exact' ? `${at} = ?3` : how === 'begins' ? `${at} > ?3 AND ${at} < ?3 || char(1114111)` : `instr(${at}, ?3) > 0`

/** Statements that find rows by a term, each by an index; `contains` reads the terms of one type or export from end to end. */
export function createFindRows({ reader: { raw } }: Pick<Agent, 'reader'>) {
  const statements = (make: (how: Fits) => string) => ({
    exact: raw.prepare(make('exact')),
    begins: raw.prepare(make('begins')),
    contains: raw.prepare(make('contains')),
  })
  const ofItems = statements(
    (how) => `SELECT id FROM item_terms WHERE connection = ?1 AND type = ?2 AND ${read(how, 'term')} ORDER BY term, id LIMIT ${walkAtMost}`,
  )
  const ofRecords = statements(
    (how) =>
      `SELECT record FROM record_terms WHERE source = ?2 AND ?1 IS NOT NULL AND ${read(how, 'term')} ORDER BY term LIMIT ${walkAtMost}`,
  )
  const ofKeys = statements(
    (how) =>
      `SELECT id AS record FROM records WHERE source = ?2 AND ?1 IS NOT NULL AND ${read(how, 'key')} ORDER BY key LIMIT ${walkAtMost}`,
  )
  const recordsFrom = function* (rows: Iterable<Record<string, unknown>>, connection: number): Generator<Found | typeof cutOff> {
    let walked = 0
    for (const row of rows) {
      walked += 1
      yield { connection, record: Number(row['record']) }
    }
    if (walked === walkAtMost) yield cutOff
  }
  return {
    *items(how: Fits, term: string, connection: number): Generator<Found | typeof cutOff> {
      for (const [at, type] of itemTypes.entries()) {
        if (how === 'contains' && !lookedThrough.includes(type)) continue
        let walked = 0
        for (const row of ofItems[how].iterate(connection, at, term)) {
          walked += 1
          yield { connection, item: { type, id: String(row['id']) } }
        }
        if (walked === walkAtMost) yield cutOff
      }
    },
    /** Records of an entity that has terms. */
    records: (how: Fits, term: string, connection: number, source: number) =>
      recordsFrom(ofRecords[how].iterate(connection, source, term), connection),
    /** Records of any entity by their key, in the letters it is most likely written in. */
    *keys(how: Fits, text: string, connection: number, source: number): Generator<Found | typeof cutOff> {
      for (const written of new Set([text, text.toUpperCase(), text.toLowerCase()]))
        yield* recordsFrom(ofKeys[how].iterate(connection, source, written), connection)
    },
  }
}
