/** What follows in the ledger once Procore has confirmed that a link is off, or back. In the transaction that settles it. */
import type { ProcoreItem } from '../items/kind.ts'
import { moveLink } from '../ledger/links.ts'
import type { Looked } from '../ledger/look.ts'
import { closeProblems } from '../ledger/problems.ts'
import { judgeAnew, type Reconciling } from '../ledger/reconcile.ts'
import { isHalfDone, isOffInPart, keepHalfDone, keepUnlink, lastUnlink, markRelinked } from '../ledger/unlinks.ts'
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

/** Taken off in part, and not put back. The item decides: free, it is unlinked; linked, it stays so. Either way the next unlink goes on from there, and an undo puts all of it back. */
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

/** An unlink that went on from one half done was refused as a whole: all that carried the link carries it again, so nothing is half done any more. */
export function wholeAgain({ tx }: Reconciling, record: number, { person }: Asked): void {
  const unlink = lastUnlink(tx.raw, record)
  if (unlink === null || !(isHalfDone(unlink) || isOffInPart(tx.raw, record))) return
  markRelinked(tx, record, person)
  closeProblems(tx, { record, codes: ['unlink-half-done'] })
}

/** A person's word is taken back: from here on the link is what both sides say. */
export function putBack(on: Reconciling, { record: { id } }: Looked, { person, origin, key = null }: Asked): void {
  markRelinked(on.tx, id, person)
  judgeAnew({ ...on, why: { code: 'relink', person } }, id)
  on.tx.audit({ person, origin, key, act: 'relinked', subject: `link:${id}` })
}
