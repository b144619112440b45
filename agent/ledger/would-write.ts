import type { DatabaseSync } from 'node:sqlite'
import type { OutboxOp } from '../outbox/outbox.ts'
import { placeOf } from '../outbox/place.ts'
import { eyesOf } from './look.ts'
import { isProblem, wanted } from './planned.ts'
import type { Kinds } from './rows.ts'

/** One change as it would be sent: its ERP key, what would be done, and the body. */
export type WouldWrite = { key: string; op: OutboxOp; body: Record<string, unknown> }

/** So many records of a run are looked at; a first run of a million is told by its first ones, without holding up everyone else. */
const mostLooked = 5_000
const mostTold = 500

/**
 * What would be written for the records a run brought or changed, were writing (and creating) on: the dry run an admin looks at
 * before switching it on, of what lies in places they may see (null: the company; undefined: nobody knows where). What could not be sent as it stands is left out: it would end as a problem. Reads only.
 */
export function wouldWrite(
  raw: DatabaseSync,
  kinds: Kinds,
  run: number,
  may: (place: string | null | undefined) => boolean = () => true,
): WouldWrite[] {
  const row = raw.prepare('select connection from runs where id = ?').get(run)
  if (!row) return []
  const { look, context } = eyesOf(raw, kinds, Number(row['connection']))
  const records = raw
    .prepare(
      `select r.id from takes t join records r on r.source = t.source and (r.take = t.id or r.changed = t.id)
         join links l on l.record = r.id where t.run = ? order by r.id limit ?`,
    )
    .iterate(run, mostLooked)
  const found: WouldWrite[] = []
  for (const { id } of records) {
    const looked = look(Number(id))
    const op = looked && wanted(raw, looked).op
    if (looked && op && may(placeOf({ context }, looked))) {
      const body = op === 'link' ? {} : (looked.kind.toBody?.(looked.record, looked.item, context) ?? {})
      if (!isProblem(body)) found.push({ key: looked.record.key, op, body })
    }
    if (found.length >= mostTold) break
  }
  return found
}
