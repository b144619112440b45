/** What follows in the ledger, and in the audit, once a link is surely off, kept, or back. In the transaction that settles it. */
import { halfDoneCodes, type Problem } from '../../shared/problem.ts'
import type { ProcoreItem } from '../items/kind.ts'
import { moveLink } from '../ledger/links.ts'
import type { Looked } from '../ledger/look.ts'
import { closeProblems } from '../ledger/problems.ts'
import { judgeAnew, type Reconciling } from '../ledger/reconcile.ts'
import { isHalfDone, isOffInPart, keepHalfDone, keepUnlink, lastUnlink, markRelinked } from '../ledger/unlinks.ts'
import type { By } from '../ledger/writing.ts'
import { carried } from './carried.ts'
import type { Asked, Before, OutboxOp, Sent } from './outbox.ts'

/** The audit alone says what carried the link, and that nothing does any more: `unlinks` is no chain. */
export function takenOff(on: Reconciling, looked: Looked, item: ProcoreItem, sent: Sent, asked: Asked): void {
  keepOff(on, looked, item, sent, asked)
  const { id, key } = looked.record
  const after: Before = { header: carried(item), lines: [] }
  const before = { type: item.type, id: item.id, key, ...(sent.before ?? after) }
  on.tx.audit({ ...by(asked), act: 'unlinked', subject: `link:${id}`, before, after })
}

/** What carried the link is kept, so that it can be put back; told as every move is: a person waits for it, and so do the pages that show it. */
function keepOff({ tx, why, told }: Reconciling, { record: { id }, state }: Looked, item: ProcoreItem, sent: Sent, asked: Asked): void {
  keepUnlink(tx, id, item, sent, asked)
  tx.raw.prepare('update links set tied = 0 where record = ?').run(id)
  if (moveLink(tx, id, state, state === 'unlinking' ? 'unlinked' : 'not-linked', why)) told.add(item)
  closeProblems(tx, { record: id })
}

/** Taken off in part, and not put back. The item decides: free, it is unlinked; linked, it stays so. Either way the next unlink goes on from there, and an undo puts all of it back. */
export function halfTakenOff(on: Reconciling, looked: Looked, item: ProcoreItem, sent: Sent, asked: Asked): void {
  const half = { type: item.type, id: item.id, originId: item.originId, carried: sent.before }
  on.tx.audit({
    ...by(asked),
    act: 'unlink-half-done',
    subject: `link:${looked.record.id}`,
    after: half,
  })
  if (item.originId === null) keepOff(on, looked, item, sent, asked)
  else keepHalfDone(on.tx, looked.record.id, item, sent, asked)
}

/** An unlink that went on from one half done was refused as a whole: all that carried the link carries it again, so nothing is half done any more. */
export function wholeAgain({ tx }: Reconciling, record: number, { person }: Asked): void {
  const unlink = lastUnlink(tx.raw, record)
  if (unlink === null || !(isHalfDone(unlink) || isOffInPart(tx.raw, record))) return
  markRelinked(tx, record, person)
  closeProblems(tx, { record, codes: halfDoneCodes })
}

/** A person's word is taken back: from here on the link is what both sides say. */
export function putBack(on: Reconciling, { record: { id } }: Looked, asked: Asked): void {
  const { person } = asked
  markRelinked(on.tx, id, person)
  judgeAnew({ ...on, why: { code: 'relink', person } }, id)
  on.tx.audit({ ...by(asked), act: 'relinked', subject: `link:${id}` })
}

/** What a person asked for, by itself or in a batch, was not done, and why. */
export function notDone({ tx }: Reconciling, record: number, op: OutboxOp, asked: Asked, problem: Problem): void {
  const subject = `link:${record}`
  if (op === 'relink') tx.audit({ ...by(asked), act: 'relink-refused', subject, after: problem })
  else if (op === 'unlink') tx.audit({ ...by(asked), act: 'unlink-refused', subject, after: { problem } })
}

const by = ({ person, origin, key = null }: Asked): By => ({ person, origin, key })
