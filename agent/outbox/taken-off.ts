/** What follows in the ledger once Procore has confirmed that a link is off, or back. In the transaction that settles it. */
import type { ProcoreItem } from '../items/kind.ts'
import { moveLink } from '../ledger/links.ts'
import type { Looked } from '../ledger/look.ts'
import { closeProblems } from '../ledger/problems.ts'
import { judgeAnew, type Reconciling } from '../ledger/reconcile.ts'
import { keepHalfDone, keepUnlink, markRelinked } from '../ledger/unlinks.ts'
import type { Asked, Sent } from './outbox.ts'

/** What carried the link is kept, so that it can be put back; told as every move is: a person waits for it, and so do the pages that show it. */
export function takenOff(
  { tx, why, told }: Reconciling,
  { record: { id }, state }: Looked,
  item: ProcoreItem,
  sent: Sent,
  asked: Asked,
): void {
  keepUnlink(tx, id, item, sent, asked)
  tx.raw.prepare('update links set tied = 0 where record = ?').run(id)
  if (moveLink(tx, id, state, state === 'unlinking' ? 'unlinked' : 'not-linked', why)) told.add(item)
  closeProblems(tx, { record: id })
}

/** Procore refused both ways. The item decides: free, it is unlinked and can be undone; linked, the next unlink goes on from there. */
export function halfTakenOff(on: Reconciling, looked: Looked, item: ProcoreItem, sent: Sent, asked: Asked): void {
  const half = { type: item.type, id: item.id, originId: item.originId, carried: sent.before }
  on.tx.audit({
    ...{ person: asked.person, origin: asked.origin },
    act: 'unlink-half-done',
    subject: `link:${looked.record.id}`,
    after: half,
  })
  if (item.originId === null) takenOff(on, looked, item, sent, asked)
  else keepHalfDone(on.tx, looked.record.id, item, sent, asked)
}

/** A person's word is taken back: from here on the link is what both sides say. */
export function putBack(on: Reconciling, { record: { id } }: Looked, { person, origin, key = null }: Asked): void {
  markRelinked(on.tx, id, person)
  judgeAnew({ ...on, why: { code: 'relink', person } }, id)
  on.tx.audit({ person, origin, key, act: 'relinked', subject: `link:${id}` })
}
