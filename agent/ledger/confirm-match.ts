import { type ItemRef, itemTypes } from '../../shared/item.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import type { WriterTx } from './command.ts'
import { tieItem } from './links.ts'
import { nameOf, recordOfItem } from './look.ts'
import { applyConfirmed, finish, reconciling } from './reconcile.ts'
import { itemOf, type Kinds } from './rows.ts'
import type { By } from './writing.ts'

export type ConfirmMatch = { record: number; item: Pick<ItemRef, 'type' | 'id'>; by: By }

/** A person says that this record and this item are the same thing. Null when done, else what is in the way. */
export function confirmMatch(tx: WriterTx, kinds: Kinds, { record, item: ref, by }: ConfirmMatch): Problem | null {
  const place = tx.raw
    .prepare('select s.connection from records r join sources s on s.id = r.source join links l on l.record = r.id where r.id = ?')
    .get(record)
  if (!place) return problem('request-refused', { reason: `there is no link ${record}` })
  const connection = Number(place['connection'])
  const row = tx.raw
    .prepare('select * from items where connection = ? and type = ? and id = ?')
    .get(connection, itemTypes.indexOf(ref.type), ref.id)
  if (!row) return problem('procore-not-found', { item: `${ref.type} ${ref.id}` })
  const on = reconciling(tx, kinds, connection, { code: 'confirmed', person: by.person })
  const looked = on.eyes.look(record)
  const other = recordOfItem(tx.raw, connection, ref.type, ref.id)
  if (looked === null || !looked.kind.itemTypes.includes(ref.type) || (other !== null && other !== record)) {
    return problem('request-refused', {
      reason: other === null ? 'record and item are of different kinds' : 'the item is tied to another record',
    })
  }
  const before = looked.item && { type: looked.item.type, id: looked.item.id }
  tieItem(tx, record, ref, by.person)
  tx.audit({ ...by, act: 'match-confirmed', subject: `link:${record}`, before, after: { ...ref, name: nameOf(itemOf(row)) } })
  applyConfirmed(on, record)
  finish(on)
  return null
}
