/** Makes the rows of a plan out of what both sides last said: batch by batch, and only the last transaction makes them count. */
import { setImmediate } from 'node:timers/promises'
import type { Entity } from '../../shared/item.ts'
import { type PlanFound, type PlanGroup, type PlanScope, planGroups } from '../../shared/plan.ts'
import { kinds } from '../items/index.ts'
import { originOf } from '../items/kind.ts'
import type { Transact, WriterTx } from '../ledger/command.ts'
import { positionOf } from '../ledger/links.ts'
import { type Eyes, eyesOf, type Looked } from '../ledger/look.ts'
import { stateOf, tellPlan } from '../ledger/plans.ts'
import { sourceOf } from '../ledger/sources.ts'
import { outboxOps } from '../outbox/outbox.ts'
import { classify, type Listed } from './classify.ts'

/** How old Procore's side is, by connection and kind. */
export type ProcoreSide = Pick<PlanFound, 'connection' | 'entity' | 'procoreAsOf' | 'unread'>
export type MakePlan = { plan: number; procore: readonly ProcoreSide[] }

/** Records looked at in one transaction. */
const batch = 500

/** Answers whether the plan stands; false where it was stopped meanwhile. What an earlier try had listed is forgotten first. */
export async function makePlan(transact: Transact, { plan, procore }: MakePlan): Promise<boolean> {
  const asked = await transact((tx) => {
    tx.raw.prepare('delete from plan_rows where plan = ?').run(plan)
    const row = tx.raw.prepare('select depth, since, scope from plans where id = ?').get(plan)
    return (
      row && { depth: String(row['depth']), since: row['since'] as string | null, scope: JSON.parse(String(row['scope'])) as PlanScope }
    )
  })
  if (!asked) return false
  const found: PlanFound[] = []
  for (const { connection, entities } of asked.scope)
    for (const entity of entities) {
      const side = procore.find((one) => one.connection === connection && one.entity === entity)
      const one = await makeKind(transact, { plan, connection, entity: entity as Entity, deep: asked.depth === 'deep', since: asked.since })
      if (one === null) return forget(transact, plan)
      found.push({ ...one, procoreAsOf: side?.procoreAsOf ?? null, unread: side?.unread ?? 0 })
    }
  return transact((tx) => {
    const { changes } = tx.raw
      .prepare("update plans set state = 'ready', made_at = ?, found = ? where id = ? and state = 'reading'")
      .run(tx.now(), JSON.stringify(found), plan)
    if (Number(changes) === 0) tx.raw.prepare('delete from plan_rows where plan = ?').run(plan)
    tellPlan(tx, plan)
    return Number(changes) === 1
  })
}

const forget = (transact: Transact, plan: number): Promise<false> =>
  transact((tx) => {
    tx.raw.prepare('delete from plan_rows where plan = ?').run(plan)
    return false
  })

type Making = { plan: number; connection: number; entity: Entity; deep: boolean; since: string | null }

/** Null where the plan was stopped. */
async function makeKind(transact: Transact, making: Making): Promise<PlanFound | null> {
  const found: PlanFound = {
    ...{ connection: making.connection, entity: making.entity, erpAsOf: null, procoreAsOf: null, unread: 0 },
    ...{ looked: 0, agree: 0, before: 0, alone: 0 },
  }
  const source = await transact((tx) => {
    const { id, asOf } = sourceRow(tx, making)
    found.erpAsOf = asOf
    if (!making.deep) found.agree = found.looked = settledBefore(tx, id)
    return id
  })
  for (let last: number | null = 0; last !== null; ) {
    const after: number = last
    const next = await transact((tx) => (stateOf(tx.raw, making.plan) === 'reading' ? listSome(tx, making, source, after, found) : 'over'))
    if (next === 'over') return null
    last = next
    await setImmediate() // waiting commands come by message
  }
  return found
}

function sourceRow(tx: WriterTx, { connection, entity }: Making): { id: number; asOf: number | null } {
  const { id } = sourceOf(tx.raw, connection, entity)
  return { id, asOf: tx.raw.prepare('select as_of from sources where id = ?').get(id)?.['as_of'] as number | null }
}

/** Of what agreed when it was last looked at, and carries our link, nothing is wanted while neither side moves. */
const settled = `l.state = ${positionOf('synced')} and l.tied = 1`

const settledBefore = ({ raw }: WriterTx, source: number): number =>
  Number(
    raw.prepare(`select count(*) as n from records r join links l on l.record = r.id where r.source = ? and ${settled}`).get(source)?.['n'],
  )

/** Answers the last record listed; null after the last of all. */
function listSome(tx: WriterTx, making: Making, source: number, after: number, found: PlanFound): number | null {
  const records = tx.raw
    .prepare(
      `select r.id from records r join links l on l.record = r.id where r.source = ? and r.id > ? ${making.deep ? '' : `and not (${settled})`}
       order by r.id limit ?`,
    )
    .all(source, after, batch)
    .map(({ id }) => Number(id))
  const eyes = eyesOf(tx.raw, kinds, making.connection)
  for (const id of records) {
    const looked = eyes.look(id)
    if (!looked) continue
    found.looked++
    const one = classify(tx.raw, eyes, looked, making.since)
    if (typeof one === 'string') found[one]++
    else store(tx, making, looked, eyes, one)
  }
  return records.length < batch ? null : (records.at(-1) ?? null)
}

const groupAt = (what: PlanGroup): number => planGroups.indexOf(what)
const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value))

function store({ raw }: WriterTx, { plan, connection, entity }: Making, looked: Looked, { context }: Eyes, one: Listed): void {
  const { record, item } = looked
  const { planned: change } = one
  const was =
    change?.op === 'update' && item ? Object.fromEntries(Object.keys(change.body).map((name) => [name, item.content[name] ?? null])) : null
  const idempotency = change && (change.op === 'update' ? (item?.id ?? null) : originOf(context.connectionKey, record))
  raw
    .prepare(
      `insert into plan_rows (plan, record, connection, entity, what, op, place, named, partner, was, body, seen, idempotency, problem)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      ...[plan, record.id, connection, entity, groupAt(one.what), change && outboxOps.indexOf(change.op)],
      ...[one.place === null ? '' : (one.place ?? null), one.named, one.partner],
      ...[json(was), json(change?.body ?? null), change?.seen ?? null, idempotency, json(one.problem)],
    )
}
