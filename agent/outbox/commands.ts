/** What the outbox asks of the ledger; every command is one transaction of the writer. */
import { mayMove } from '../../shared/link-state.ts'
import type { WriterTx } from '../ledger/command.ts'
import { moveLink } from '../ledger/links.ts'
import { match } from '../ledger/match.ts'
import { followPlans, leaveOut } from '../ledger/plans.ts'
import { closeProblems } from '../ledger/problems.ts'
import { finish, type Reconciling, reconcile, reconciling } from '../ledger/reconcile.ts'
import type { Kinds } from '../ledger/rows.ts'
import { auditDropped } from '../ledger/unlinks.ts'
import { dueRows, type Group, makeReady, nextRows, type Ready, stateAt } from './claim.ts'
import type { Delivery, DeliveryResult, Sent } from './outbox.ts'
import { placeOf } from './place.ts'
import { afterProblem, missing } from './retry.ts'
import { ofTheWay, remove, settleOne } from './settle.ts'

export type Claim = { connection: number; limit: number; recover: boolean; like: Group | null }
/** A group marked as being sent; `aside`: due rows met on the way that do not go, so that others may be due behind them. */
export type Claimed = { group: Delivery[]; aside: number }
/** `shut`: connections whose records are not theirs to try again. */
export type Retry = { cause: string; projects: readonly string[] | null; shut: readonly number[] }
export type Settle = { connection: number; results: DeliveryResult[] }

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
    followPlans(tx)
  },

  /** A cause was dealt with: everything that failed or waits because of it is tried at once, in these projects alone unless null. Answers how many. */
  retry: (tx: WriterTx, input: Retry): number => retryCause(tx, kinds, input),

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
  followPlans(tx)
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
  if ('drop' in ready) {
    auditDropped(on.tx, row, 'no-longer-so')
    leaveOut(on.tx, row, ready.drop)
    remove(on, row)
  } else settleOne(on, afterProblem({ id: Number(row['id']), attempts: Number(row['attempts']) }, ready.refused, on.tx.now()))
  return []
}

function recheck(tx: WriterTx, kinds: Kinds, connection: number, ids: readonly number[]): number[] {
  const on = reconciling(tx, kinds, connection, { code: 'sent' })
  const find = tx.raw.prepare('select * from outbox where id = ?')
  const may = ids.filter((id) => {
    const row = find.get(id)
    const looked = row ? on.eyes.look(Number(row['record'])) : null
    if (!row || !looked) return false
    const { kind, record, source } = looked
    const keys = kind.keysOfRecord(record, on.eyes.context)
    if (!looked.item && match(tx, looked.connection, source, kind, record, keys) === null) return true
    leaveOut(tx, row, 'look-alike')
    remove(on, row)
    return false
  })
  finish(on)
  return may
}

function retryCause(tx: WriterTx, kinds: Kinds, { cause, projects, shut }: Retry): number {
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
    if (shut.includes(connection)) continue
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
