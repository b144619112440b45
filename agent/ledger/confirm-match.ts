import { type ItemRef, itemTypes } from '../../shared/item.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import type { ProcoreItem } from '../items/kind.ts'
import type { WriterTx } from './command.ts'
import { recordsTouchedBy } from './items-seen.ts'
import { moveLink, positionOf, stateOf, tieItem } from './links.ts'
import { type Looked, nameOf, recordOfItem } from './look.ts'
import { applyConfirmed, finish, type Reconciling, reconcile, reconciling } from './reconcile.ts'
import { itemOf, type Kinds } from './rows.ts'
import type { By } from './writing.ts'

type Ref = Pick<ItemRef, 'type' | 'id'>
/** `because`: what spoke for it, where a person accepted many at once. */
export type ConfirmMatch = { record: number; item: Ref; by: By; because?: Record<string, unknown> }
export type ConfirmMatches = { pairs: readonly { record: number; item: Ref; because: Record<string, unknown> }[]; by: By }

/** A person says that this record and this item are the same thing. Null when done, else what is in the way; that is written down too. */
export function confirmMatch(tx: WriterTx, kinds: Kinds, ask: ConfirmMatch): Problem | null {
  const { record, item: ref, by, because = {} } = ask
  const place = tx.raw
    .prepare('select s.connection from records r join sources s on s.id = r.source join links l on l.record = r.id where r.id = ?')
    .get(record)
  if (!place) return problem('no-such-link')
  const connection = Number(place['connection'])
  const row = tx.raw
    .prepare('select * from items where connection = ? and type = ? and id = ?')
    .get(connection, itemTypes.indexOf(ref.type), ref.id)
  if (!row) return problem('procore-not-found', { item: `${ref.type} ${ref.id}` })
  const on = reconciling(tx, kinds, connection, { code: 'confirmed', person: by.person })
  const looked = on.eyes.look(record)
  const refused = looked === null ? problem('no-such-link') : whyNot(tx, connection, looked, itemOf(row))
  if (looked === null || refused !== null) {
    tx.audit({ ...by, act: 'match-refused', subject: `link:${record}`, after: { ...ref, problem: refused } })
    return refused
  }
  const before = looked.item && { type: looked.item.type, id: looked.item.id }
  if (looked.state === 'unlinked') linkableAgain(on, record)
  release(on, ref, record, by)
  tieItem(tx, record, ref, by.person)
  tx.audit({ ...by, act: 'match-confirmed', subject: `link:${record}`, before, after: { ...ref, name: nameOf(itemOf(row)), ...because } })
  applyConfirmed(on, record)
  // Others that were asked whether they are this item are so no more.
  reconcile(
    on,
    recordsTouchedBy(on, [itemOf(row)]).filter((one) => one !== record),
  )
  finish(on)
  return null
}

function whyNot(tx: WriterTx, connection: number, looked: Looked, item: ProcoreItem): Problem | null {
  const { type, id } = item
  const { record, kind, sides } = looked
  const other = recordOfItem(tx.raw, connection, type, id)
  if (!kind.itemTypes.includes(type)) return problem('request-refused', { reason: 'other-kind' })
  if (other !== null && other !== record.id && !isOver(tx, other)) return problem('match-taken', { item: nameOf(item) })
  const tied = notFree(looked, { type, id })
  if (tied !== null) return tied
  if (sides.record.archived) return problem('match-archived', { key: record.key })
  const away = tx.raw.prepare('select 1 from archived_items where connection = ? and type = ? and id = ?')
  return away.get(connection, itemTypes.indexOf(type), id) ? problem('match-archived', { key: nameOf(item) }) : null
}

/** What is linked in Procore is let go of by an unlink alone, with all that asks; what is on its way would go to another item than was meant. */
function notFree({ record, item, state, sides: { item: side, outbox } }: Looked, { type, id }: Ref): Problem | null {
  const underWay = outbox !== null && (['unlink', 'relink'].includes(outbox.op) || ['sending', 'look'].includes(outbox.state))
  if (underWay || state === 'unlinking') return problem('match-under-way', { key: record.key })
  if (item === null || side === null || (item.type === type && item.id === id) || state === 'unlinked') return null
  return side.ownership === 'ours' && !side.deleted ? problem('match-linked', { key: record.key, item: nameOf(item) }) : null
}

/** A tie that a person has ended holds nobody back: its record only remembers which item it was. */
const isOver = ({ raw }: WriterTx, record: number): boolean =>
  (['unlinked', 'archived'] as const).includes(
    stateOf(raw.prepare('select state from links where record = ?').get(record)?.['state']) as 'unlinked' | 'archived',
  )

/** The record that was tied to the item before lets go of it: else one item would be shown, and undone, by two. */
function release({ tx, connection }: Reconciling, { type, id }: Ref, to: number, by: By): void {
  const other = recordOfItem(tx.raw, connection, type, id)
  if (other === null || other === to) return
  tx.raw
    .prepare(
      `update links set item_type = null, item_id = null, tied = 0, confirmed_record = null, confirmed_item = null, confirmed_at = null,
         confirmed_by = null, differs = null where record = ?`,
    )
    .run(other)
  tx.audit({ ...by, act: 'match-released', subject: `link:${other}`, before: { type, id }, after: { link: to } })
}

/** What a person unlinked stays unlinked until a person ties it again. */
const linkableAgain = ({ tx, why }: Reconciling, record: number): boolean => moveLink(tx, record, 'unlinked', 'not-linked', why)

/** Many at once, as somebody saw them a moment ago: what was tied, unlinked or put away since is left. Answers the records that were left. */
export function confirmMatches(tx: WriterTx, kinds: Kinds, { pairs, by }: ConfirmMatches): number[] {
  const free = tx.raw.prepare(
    'select 1 from links l join records r on r.id = l.record where l.record = ? and l.item_id is null and l.state <> ? and r.vanished_at is null',
  )
  return pairs.flatMap(({ record, item, because }) =>
    free.get(record, positionOf('unlinked')) && confirmMatch(tx, kinds, { record, item, by, because }) === null ? [] : [record],
  )
}
