/** What becomes of each delivery: link, problem, history, and what comes next. */
import { type Problem, problems } from '../../shared/problem.ts'
import type { ProcoreItem } from '../items/kind.ts'
import { storeItem } from '../ledger/items-seen.ts'
import { tieItem } from '../ledger/links.ts'
import { leaveOut } from '../ledger/plans.ts'
import { closeOwn, openProblem } from '../ledger/problems.ts'
import { hiddenProjectCause, projectNamed } from '../ledger/project-named.ts'
import { applyConfirmed, type Reconciling, reconcile } from '../ledger/reconcile.ts'
import type { StoredRow } from '../ledger/rows.ts'
import { askedOf } from '../ledger/unlinks.ts'
import { stateAt } from './claim.ts'
import { type DeliveryResult, type OutboxOp, outboxOps, type Sent } from './outbox.ts'
import { halfTakenOff, notDone, putBack, takenOff, wholeAgain } from './taken-off.ts'

/** Trouble of the way there, not of a record: told once per connection, over with the next confirmation. */
export const ofTheWay: readonly Problem['code'][] = [
  'procore-busy',
  'procore-down',
  'procore-secret',
  'procore-not-connected',
  'send-unconfirmed',
  'run-failed',
]

/** Writes down what became of one. */
export function settleOne(on: Reconciling, result: DeliveryResult): void {
  const row = on.tx.raw.prepare('select * from outbox where id = ?').get(result.id)
  if (!row) return
  const record = Number(row['record'])
  if (result.outcome === 'failed' && result.whole) wholeAgain(on, record, askedOf(row))
  if ('item' in result && result.item) storeItem(on.tx, on.kinds, { connection: on.connection, at: on.tx.now() }, result.item)
  if (result.outcome === 'confirmed') confirm(on, row, result)
  // First of all: what is half done keeps what carried it, whoever owns the item by now.
  else if (result.outcome === 'failed' && result.sent) leaveHalfDone(on, row, { ...result, sent: result.sent })
  else if (result.outcome === 'failed' && ownership.includes(result.problem.code)) giveUp(on, row, result.problem)
  else if (result.outcome === 'failed' && aboutLinks.includes(opOf(row))) stayAsItIs(on, row, result.problem)
  else {
    waitFor(on, row, result)
    reconcile(on, [record])
  }
}

type Waiting = Exclude<DeliveryResult, { outcome: 'confirmed' }>

function waitFor(on: Reconciling, row: StoredRow, result: Waiting): void {
  const record = Number(row['record'])
  if (result.outcome === 'moved') put(on, row, { state: 'waiting', notBefore: 0, sent: null, problem: null })
  else if (result.outcome === 'unconfirmed')
    put(on, row, { state: 'look', notBefore: result.retryAt, sent: result.sent, problem: tell(on, record, result.problem) })
  else if (result.outcome === 'failed')
    put(on, row, { state: 'failed', notBefore: result.retryAt ?? never, sent: null, problem: tell(on, record, result.problem) })
  else
    put(on, row, {
      state: result.outcome === 'held' ? 'held' : 'waiting',
      notBefore: result.retryAt,
      sent: null,
      problem: tell(on, record, result.problem),
    })
}

/** A failed change waits for a person, not for a time. */
const never = Number.MAX_SAFE_INTEGER

/** Somebody else owns the item, or took our link off: the change is dropped, and judging the link opens the one problem there is. */
const ownership: readonly Problem['code'][] = ['owner-lost', 'foreign-owner']

function giveUp(on: Reconciling, row: StoredRow, what: Problem): void {
  const record = Number(row['record'])
  notDone(on, record, opOf(row), askedOf(row), what)
  leaveOut(on.tx, row, 'changed')
  remove(on, row)
  const open = on.tx.raw
    .prepare("select 1 from problems where record = ? and closed_at is null and code in ('owner-lost', 'foreign-owner')")
    .get(record)
  if (!open) on.tx.raw.prepare('update links set problem = ? where record = ?').run(tell(on, record, what), record)
}

/** Procore keeps the link, or does not take it back: it is what it was, the reason stands open, and a person may ask again. */
function stayAsItIs(on: Reconciling, row: StoredRow, what: Problem): void {
  const record = Number(row['record'])
  notDone(on, record, opOf(row), askedOf(row), what)
  remove(on, row)
  on.tx.raw.prepare('update links set problem = ? where record = ?').run(tell(on, record, what), record)
}

/** What is not as it was stays told, with all that putting it back or going on needs. */
function leaveHalfDone(
  on: Reconciling,
  row: StoredRow,
  { item: now, sent, problem }: { item?: ProcoreItem; sent: Sent; problem: Problem },
): void {
  const record = Number(row['record'])
  const looked = on.eyes.look(record)
  // What Procore does not show is as it was last seen.
  const item = now ?? looked?.item ?? sent.snapshot?.header
  on.tx.raw.prepare('delete from outbox where id = ?').run(Number(row['id']))
  closeOwn(on.tx, record, row['problem'] as number | null)
  if (looked && item) halfTakenOff(on, looked, item, sent, askedOf(row))
  reconcile(on, [record])
  on.tx.raw.prepare('update links set problem = ? where record = ?').run(tell(on, record, problem), record)
}

type Put = { state: 'waiting' | 'look' | 'failed' | 'held'; notBefore: number; sent: Sent | null; problem: number | null }

function put({ tx }: Reconciling, row: StoredRow, { state, notBefore, sent, problem }: Put): void {
  tx.raw
    .prepare('update outbox set state = ?, not_before = ?, sent = ?, problem = ? where id = ?')
    .run(stateAt(state), notBefore, sent === null ? null : JSON.stringify(sent), problem, Number(row['id']))
  if (row['problem'] !== problem) closeOwn(tx, Number(row['record']), row['problem'] as number | null)
}

/** Opens the problem: of the record, or of the way there for all at once. */
function tell({ tx, connection }: Reconciling, record: number, problem: Problem): number {
  const shared = ofTheWay.includes(problem.code) || problems[problem.code].next === 'wait'
  const hidden = problem.code === 'project-not-permitted' ? { cause: hiddenProjectCause(connection, problem.params?.['project']) } : {}
  return openProblem(tx, {
    connection,
    problem: projectNamed(tx.raw, connection, problem),
    record: shared ? null : record,
    ...(shared ? { cause: `${problem.code} ${connection}` } : hidden),
  })
}

const opOf = (row: StoredRow): OutboxOp => outboxOps[Number(row['op'])] ?? 'update'
/** What a person asks for: refused by Procore, it is over. */
const aboutLinks: readonly OutboxOp[] = ['unlink', 'relink']

function confirm(on: Reconciling, row: StoredRow, { item, sent }: Extract<DeliveryResult, { outcome: 'confirmed' }>): void {
  const record = Number(row['record'])
  on.tx.raw.prepare('update outbox set state = ?, sent = null, problem = null where id = ?').run(stateAt('done'), Number(row['id']))
  const looked = on.eyes.look(record)
  if (!looked) return
  if (opOf(row) === 'unlink') takenOff(on, looked, item, sent, askedOf(row))
  else if (opOf(row) === 'relink') putBack(on, looked, askedOf(row))
  else {
    if (looked.item?.id !== item.id || looked.item.type !== item.type) tieItem(on.tx, record, item)
    applyConfirmed(on, record)
  }
}

/** Nothing is left to do for a row: it goes, with what was told of it, and its link is judged anew. */
export function remove(on: Reconciling, row: StoredRow): void {
  on.tx.raw.prepare('delete from outbox where id = ?').run(Number(row['id']))
  closeOwn(on.tx, Number(row['record']), row['problem'] as number | null)
  reconcile(on, [Number(row['record'])])
}
