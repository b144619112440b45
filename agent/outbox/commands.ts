/** What the outbox asks of the ledger; every command is one transaction of the writer. */
import { mayMove } from '../../shared/link-state.ts'
import { type Problem, problems } from '../../shared/problem.ts'
import type { ProcoreItem } from '../items/kind.ts'
import type { WriterTx } from '../ledger/command.ts'
import { storeItem } from '../ledger/items-seen.ts'
import { moveLink, tieItem } from '../ledger/links.ts'
import { match } from '../ledger/match.ts'
import { closeOwn, closeProblems, openProblem } from '../ledger/problems.ts'
import { hiddenProjectCause, projectNamed } from '../ledger/project-named.ts'
import { applyConfirmed, finish, type Reconciling, reconcile, reconciling } from '../ledger/reconcile.ts'
import type { Kinds, StoredRow } from '../ledger/rows.ts'
import { askedOf } from '../ledger/unlinks.ts'
import { dueRows, type Group, makeReady, nextRows, type Ready, stateAt } from './claim.ts'
import { type Delivery, type DeliveryResult, type OutboxOp, outboxOps, type Sent } from './outbox.ts'
import { placeOf } from './place.ts'
import { afterProblem, missing } from './retry.ts'
import { halfTakenOff, putBack, takenOff } from './taken-off.ts'

export type Claim = { connection: number; limit: number; recover: boolean; like: Group | null }
/** A group marked as being sent; `aside`: due rows met on the way that do not go, so that others may be due behind them. */
export type Claimed = { group: Delivery[]; aside: number }
export type Retry = { cause: string; projects: readonly string[] | null }
export type Settle = { connection: number; results: DeliveryResult[] }

/** Trouble of the way there, not of a record: told once per connection, over with the next confirmation. */
const ofTheWay: readonly Problem['code'][] = [
  'procore-busy',
  'procore-down',
  'procore-secret',
  'procore-not-connected',
  'send-unconfirmed',
  'run-failed',
]

/** The commands, for the writer's list. `kinds` is items/index.ts. */
export const outboxCommands = (kinds: Kinds) => ({
  /** Hands out the next group and marks it as being sent. `recover`: what a dead process was sending is looked up first. */
  claim: (tx: WriterTx, { connection, limit, recover, like }: Claim): Claimed => claim(tx, kinds, connection, { limit, recover, like }),

  /** Stores how far each change has come, before the call that goes further. */
  progress: ({ raw }: WriterTx, { rows }: { rows: { id: number; sent: Sent }[] }): void => {
    const store = raw.prepare('update outbox set sent = ? where id = ?')
    for (const { id, sent } of rows) store.run(JSON.stringify(sent), id)
  },

  /** Which of these creates may still go, by what the ledger knows now; the others wait for a person or are no longer needed. */
  recheckCreates: (tx: WriterTx, { connection, ids }: { connection: number; ids: number[] }): number[] =>
    recheck(tx, kinds, connection, ids),

  /** Writes down what became of each delivery: link, problem, history, and what comes next. */
  settle: (tx: WriterTx, { connection, results }: Settle): void => {
    const on = reconciling(tx, kinds, connection, { code: 'sent' })
    for (const result of results) settleOne(on, result)
    if (results.some((one) => one.outcome === 'confirmed')) closeProblems(tx, { connection, codes: ofTheWay })
    finish(on)
  },

  /** A cause was dealt with: everything that failed or waits because of it is tried at once, in these projects alone unless null. Answers how many. */
  retry: (tx: WriterTx, { cause, projects }: Retry): number => retryCause(tx, kinds, cause, projects),

  /** Lists that records refer to were read anew: what failed for want of a code, type, vendor or project is built anew. */
  retryMissing: ({ raw }: WriterTx, { connection }: { connection: number }): number =>
    Number(
      raw
        .prepare(
          `update outbox set not_before = 0 where state = ? and not_before > 0
             and problem in (select id from problems where connection = ? and code in (${missing.map((code) => `'${code}'`).join(', ')}))`,
        )
        .run(stateAt('failed'), connection).changes,
    ),

  /** Lets what is held in a connection (writing was off, a setting was missing) be tried at once. */
  releaseHeld: ({ raw }: WriterTx, { connection }: { connection: number }): number =>
    Number(
      raw
        .prepare(
          `update outbox set state = ?, not_before = 0 where state = ?
             and record in (select r.id from records r join sources s on s.id = r.source where s.connection = ?)`,
        )
        .run(stateAt('waiting'), stateAt('held'), connection).changes,
    ),
})

function claim(tx: WriterTx, kinds: Kinds, connection: number, { limit, recover, like }: Omit<Claim, 'connection'>): Claimed {
  if (recover) lookAfterCrash(tx, connection)
  const rows = nextRows(tx, kinds, dueRows(tx, connection, tx.now()), limit, like)
  const all = makeReady(tx, kinds, connection, rows)
  const first = like ?? all.find((one) => 'delivery' in one)?.delivery
  const group = all.filter((one) => !('delivery' in one) || (first !== undefined && sameGroup(one.delivery, first))).slice(0, limit)
  const on = reconciling(tx, kinds, connection, { code: 'sent' })
  const going = group.flatMap((one) => ('delivery' in one ? [one] : putAside(on, one)))
  const mark = tx.raw.prepare('update outbox set state = ?, attempts = attempts + 1 where id = ?')
  for (const one of going) {
    mark.run(stateAt('sending'), one.delivery.id)
    markSent(on, one)
  }
  finish(on)
  return { group: going.map((one) => one.delivery), aside: group.length - going.length }
}

/** On its way is a state of its own, for changes a person waits for; a link being made shows as what it was. */
function markSent(on: Reconciling, { delivery: { op, record, item }, state }: Extract<Ready, { delivery: Delivery }>): void {
  if ((op !== 'create' && op !== 'update') || !mayMove(state, 'sent')) return
  if (moveLink(on.tx, record.id, state, 'sent', on.why) && item) on.told.add(item)
}

const sameGroup = (a: Group, b: Group): boolean => a.entity === b.entity && a.op === b.op && a.type === b.type && a.project === b.project

function lookAfterCrash({ raw }: WriterTx, connection: number): void {
  raw
    .prepare(
      `update outbox set state = ?, not_before = 0 where state = ?
         and record in (select r.id from records r join sources s on s.id = r.source where s.connection = ?)`,
    )
    .run(stateAt('look'), stateAt('sending'), connection)
}

/** A row that does not go: nothing left to do, or something missing first. */
function putAside(on: Reconciling, ready: Exclude<Ready, { delivery: Delivery }>): [] {
  const row = ready.row
  if ('drop' in ready) remove(on, row)
  else settleOne(on, afterProblem({ id: Number(row['id']), attempts: Number(row['attempts']) }, ready.refused, on.tx.now()))
  return []
}

function remove(on: Reconciling, row: StoredRow): void {
  on.tx.raw.prepare('delete from outbox where id = ?').run(Number(row['id']))
  closeOwn(on.tx, Number(row['record']), row['problem'] as number | null)
  reconcile(on, [Number(row['record'])])
}

function recheck(tx: WriterTx, kinds: Kinds, connection: number, ids: readonly number[]): number[] {
  const on = reconciling(tx, kinds, connection, { code: 'sent' })
  const find = tx.raw.prepare('select * from outbox where id = ?')
  const may = ids.filter((id) => {
    const row = find.get(id)
    const looked = row ? on.eyes.look(Number(row['record'])) : null
    if (!row || !looked) return false
    const { kind, record, source } = looked
    const keys = kind.matched ? kind.keysOfRecord(record, on.eyes.context) : []
    if (!looked.item && match(tx, looked.connection, source, kind, record.key, keys) === null) return true
    remove(on, row)
    return false
  })
  finish(on)
  return may
}

function settleOne(on: Reconciling, result: DeliveryResult): void {
  const row = on.tx.raw.prepare('select * from outbox where id = ?').get(result.id)
  if (!row) return
  const record = Number(row['record'])
  if ('item' in result && result.item) storeItem(on.tx, on.kinds, { connection: on.connection, at: on.tx.now() }, result.item)
  if (result.outcome === 'confirmed') confirm(on, row, result)
  else if (result.outcome === 'failed' && ownership.includes(result.problem.code)) giveUp(on, row, result.problem)
  else if (result.outcome === 'failed' && result.sent && result.item)
    leaveHalfDone(on, row, { ...result, item: result.item, sent: result.sent })
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
  remove(on, row)
  const open = on.tx.raw
    .prepare("select 1 from problems where record = ? and closed_at is null and code in ('owner-lost', 'foreign-owner')")
    .get(record)
  if (!open) on.tx.raw.prepare('update links set problem = ? where record = ?').run(tell(on, record, what), record)
}

/** Procore keeps the link, or does not take it back: it is what it was, the reason stands open, and a person may ask again. */
function stayAsItIs(on: Reconciling, row: StoredRow, what: Problem): void {
  const record = Number(row['record'])
  const { person, origin, key = null } = askedOf(row)
  if (opOf(row) === 'relink') on.tx.audit({ person, origin, key, act: 'relink-refused', subject: `link:${record}`, after: what })
  remove(on, row)
  on.tx.raw.prepare('update links set problem = ? where record = ?').run(tell(on, record, what), record)
}

/** What is not as it was stays told, with all that putting it back or going on needs. */
function leaveHalfDone(
  on: Reconciling,
  row: StoredRow,
  { item, sent, problem }: { item: ProcoreItem; sent: Sent; problem: Problem },
): void {
  const record = Number(row['record'])
  const looked = on.eyes.look(record)
  on.tx.raw.prepare('delete from outbox where id = ?').run(Number(row['id']))
  closeOwn(on.tx, record, row['problem'] as number | null)
  if (looked) halfTakenOff(on, looked, item, sent, askedOf(row))
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

function retryCause(tx: WriterTx, kinds: Kinds, cause: string, projects: readonly string[] | null): number {
  const behind = tx.raw
    .prepare(
      `select o.id, o.record, o.sent, s.connection from outbox o join problems p on p.id = o.problem
         join records r on r.id = o.record join sources s on s.id = r.source where p.cause = ? and o.state in (0, 2, 3, 4)`,
    )
    .all(cause)
  // What stands in the way stays told until a try has shown that it is gone.
  const again = tx.raw.prepare('update outbox set state = case when sent is null then ? else ? end, not_before = 0 where id = ?')
  let retried = 0
  for (const [connection, all] of Map.groupBy(behind, (row) => Number(row['connection']))) {
    const on = reconciling(tx, kinds, connection, { code: 'retried' })
    const mine = all.filter((row) => projects === null || isIn(projects, on, Number(row['record'])))
    for (const row of mine) again.run(stateAt('waiting'), stateAt('look'), Number(row['id']))
    reconcile(
      on,
      mine.map((row) => Number(row['record'])),
    )
    finish(on)
    retried += mine.length
  }
  return retried
}

/** Whether a record's place in Procore is one of these projects, or the company; a place nobody knows is neither. */
function isIn(projects: readonly string[], { eyes }: Reconciling, record: number): boolean {
  const looked = eyes.look(record)
  const place = looked ? placeOf(eyes, looked) : undefined
  return place === null || (place !== undefined && projects.includes(place))
}
