/** What people do with plans; each is one transaction, audited, and told to whoever shows the plan. */
import { approvable, type PlanDepth, type PlanGroup, type PlanScope, type PlanState, planGroups } from '../../shared/plan.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import type { WriterTx } from '../ledger/command.ts'
import { followPlans, leaveOut, rowStateAt, stateOf, tellPlan } from '../ledger/plans.ts'
import type { By } from '../ledger/writing.ts'
import { outboxStates } from '../outbox/outbox.ts'

export type AskPlan = { depth: PlanDepth; since: string | null; scope: PlanScope; by: By }
export type PlanGroupRef = { connection: number; entity: string; what: PlanGroup }
export type ApprovePlan = { plan: number; groups: readonly PlanGroupRef[]; projects: readonly string[] | null; by: By }
export type MovePlan = { plan: number; to: 'paused' | 'running' | 'stopped'; by: By }
export type PlanFailed = { plan: number; problem: Problem }
/** Null where there is no such plan. */
export type PlanOutcome = { ok: number } | { refused: Problem } | null

/** Begins a plan: both sides are read next. One at a time in a connection; what was only listed before gives way. */
export function askPlan(tx: WriterTx, { depth, since, scope, by }: AskPlan): Exclude<PlanOutcome, null> {
  const { raw, now } = tx
  for (const { connection } of scope) {
    const refused = whyNot(tx, connection)
    if (refused) return { refused }
  }
  for (const id of openOf(tx, scope, ['ready'])) end(tx, id, 'stopped')
  if (depth === 'deep') for (const one of scope) forgetCursors(tx, one)
  const { lastInsertRowid } = raw
    .prepare("insert into plans (depth, since, scope, state, asked_at, asked_by) values (?, ?, ?, 'reading', ?, ?)")
    .run(depth, since, JSON.stringify(scope), now(), by.person)
  const plan = Number(lastInsertRowid)
  tx.audit({ ...by, act: 'plan-asked', subject: `plan:${plan}`, after: { depth, since, scope } })
  tellPlan(tx, plan)
  return { ok: plan }
}

function whyNot(tx: WriterTx, connection: number): Problem | null {
  const row = tx.raw.prepare('select name, active, owner from connections where id = ? and deleted_at is null').get(connection)
  const name = String(row?.['name'] ?? connection)
  if (row?.['active'] !== 1) return problem('plan-not-active', { name })
  if (row['owner'] !== 'tieback') return problem('plan-not-owner', { name })
  const [open] = openOf(tx, [{ connection }], ['reading', 'running', 'paused'])
  return open === undefined ? null : problem('plan-open', { name, plan: open })
}

/** Plans in one of these states that concern one of these connections. */
function openOf({ raw }: WriterTx, scope: readonly { connection: number }[], states: readonly PlanState[]): number[] {
  return raw
    .prepare('select id, scope from plans where state in (select value from json_each(?))')
    .all(JSON.stringify(states))
    .filter((row) =>
      (JSON.parse(String(row['scope'])) as PlanScope).some(({ connection }) => scope.some((one) => one.connection === connection)),
    )
    .map(({ id }) => Number(id))
}

/** A connector that is asked gives all it has again. */
function forgetCursors({ raw }: WriterTx, { connection, entities }: PlanScope[number]): void {
  raw
    .prepare(
      'delete from connector_cursors where source in (select id from sources where connection = ? and entity in (select value from json_each(?)))',
    )
    .run(connection, JSON.stringify(entities))
}

/** Both sides could not be read. */
export function planFailed(tx: WriterTx, { plan, problem: why }: PlanFailed): void {
  if (stateOf(tx.raw, plan) !== 'reading') return
  tx.raw.prepare('update plans set problem = ? where id = ?').run(JSON.stringify(why), plan)
  end(tx, plan, 'failed')
}

function end(tx: WriterTx, plan: number, state: 'stopped' | 'failed'): void {
  tx.raw.prepare('update plans set state = ?, ended_at = ? where id = ?').run(state, tx.now(), plan)
  tellPlan(tx, plan)
}

/**
 * Approves groups and lets them go: of these projects and the company alone, unless `projects` is null. All of it is in the outbox with this transaction, each with the key it is known by in Procore; what waits
 * there already for its record is left out. Refused where nothing is left to go.
 */
export function approvePlan(tx: WriterTx, { plan, groups, projects, by }: ApprovePlan): PlanOutcome {
  const state = stateOf(tx.raw, plan)
  if (state === null) return null
  if (state !== 'ready') return { refused: problem('plan-moved-on', { state }) }
  const asked = groups.filter(({ what }) => approvable.includes(what))
  const counted = asked.map((group) => ({ ...group, rows: letGo(tx, plan, group, projects) }))
  const rows = counted.reduce((sum, one) => sum + one.rows, 0)
  if (rows === 0) return { refused: problem('plan-empty') }
  tx.raw
    .prepare("update plans set state = 'running', approved = ?, approved_at = ?, approved_by = ?, running_since = ? where id = ?")
    .run(JSON.stringify(asked), tx.now(), by.person, tx.now(), plan)
  tx.audit({ ...by, act: 'plan-approved', subject: `plan:${plan}`, after: { groups: counted } })
  tellPlan(tx, plan)
  return { ok: rows }
}

/** Answers how many rows of the group go. A change of an earlier plan that failed gives way. */
function letGo({ raw }: WriterTx, plan: number, { connection, entity, what }: PlanGroupRef, projects: readonly string[] | null): number {
  const seen = projects === null ? null : JSON.stringify(['', ...projects])
  const group = 'plan = ? and connection = ? and entity = ? and what = ? and (? is null or place in (select value from json_each(?)))'
  const at = [plan, connection, entity, planGroups.indexOf(what), seen, seen] as const
  const mine = `select record from plan_rows where ${group}`
  const open = 'select 1 from outbox o where o.record = plan_rows.record and o.state <> 5'
  raw.prepare(`delete from outbox where state = ? and plan is not null and record in (${mine})`).run(outboxStates.indexOf('failed'), ...at)
  raw
    .prepare(`update plan_rows set state = ?, left_out = 'waits-already' where ${group} and state = 0 and exists (${open})`)
    .run(rowStateAt('left-out'), ...at)
  const { changes } = raw.prepare(`update plan_rows set state = ? where ${group} and state = 0`).run(rowStateAt('waiting'), ...at)
  raw
    .prepare(
      `insert into outbox (record, op, state, attempts, not_before, plan)
       select record, op, 0, 0, 0, plan from plan_rows where ${group} and state = ? order by record`,
    )
    .run(...at, rowStateAt('waiting'))
  return Number(changes)
}

const actOf = { paused: 'plan-paused', running: 'plan-resumed', stopped: 'plan-stopped' } as const
const mayCome: Record<MovePlan['to'], readonly PlanState[]> = {
  paused: ['running'],
  running: ['paused'],
  stopped: ['reading', 'ready', 'running', 'paused'],
}

/** Holds a plan, lets it go on, or ends it: what is on its way is finished, and what was not begun is left out. */
export function movePlan(tx: WriterTx, { plan, to, by }: MovePlan): PlanOutcome {
  const state = stateOf(tx.raw, plan)
  if (state === null) return null
  if (!mayCome[to].includes(state)) return { refused: problem('plan-moved-on', { state }) }
  tx.raw.prepare('update plans set state = ? where id = ?').run(to, plan)
  if (to === 'running') tx.raw.prepare('update plans set running_since = ? where id = ?').run(tx.now(), plan)
  tx.audit({ ...by, act: actOf[to], subject: `plan:${plan}`, before: { state } })
  if (to === 'stopped') dropWaiting(tx, plan)
  tellPlan(tx, plan)
  followPlans(tx)
  return { ok: plan }
}

function dropWaiting(tx: WriterTx, plan: number): void {
  const waiting = tx.raw
    .prepare(
      'select o.* from plan_rows p join outbox o on o.record = p.record and o.state in (0, 4) and o.plan = p.plan where p.plan = ? and p.state = 1',
    )
    .all(plan)
  const drop = tx.raw.prepare('delete from outbox where id = ?')
  for (const row of waiting.filter(({ sent }) => sent === null)) {
    leaveOut(tx, row, 'stopped')
    drop.run(Number(row['id']))
  }
}
