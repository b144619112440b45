/** Plans under way: where they stand, why a row was left out, and when all of one is settled. */
import type { DatabaseSync } from 'node:sqlite'
import { type PlanRowState, type PlanState, planRowStates } from '../../shared/plan.ts'
import type { WriterTx } from './command.ts'
import type { StoredRow } from './rows.ts'

export const rowStateAt = (state: PlanRowState): number => planRowStates.indexOf(state)

/** Why an approved row was not written. */
export type LeftOut = 'changed' | 'no-longer' | 'look-alike' | 'writing-off' | 'stopped' | 'waits-already'

/** Of these plans what was approved goes, where `o` is the outbox: all of it while it runs, what was begun once it was stopped. */
export const goesByPlan = `exists (select 1 from plans p where p.id = o.plan and
  (p.state in ('running', 'done') or p.state = 'stopped' and o.sent is not null))`

/** Says why a change of a plan is about to be taken back; of what goes by itself there is nothing to say. */
export function leaveOut({ raw }: WriterTx, row: StoredRow, why: LeftOut): void {
  if (row['plan'] === null || row['plan'] === undefined) return
  raw
    .prepare('update plan_rows set left_out = ? where plan = ? and record = ? and state = ?')
    .run(why, Number(row['plan']), Number(row['record']), rowStateAt('waiting'))
}

/** How many approved rows are in each state, by its name. */
function settledOf(raw: DatabaseSync, plan: number): Record<Exclude<PlanRowState, 'listed'>, number> {
  const rows = raw.prepare('select state, count(*) as n from plan_rows where plan = ? and state > 0 group by state').all(plan)
  const of = (state: PlanRowState): number => Number(rows.find((row) => row['state'] === rowStateAt(state))?.['n'] ?? 0)
  return { waiting: of('waiting'), written: of('written'), 'left-out': of('left-out'), failed: of('failed') }
}

/** Told no more often than this, ms: whoever shows a plan asks again each time. */
const apartMs = 500
let toldAt = 0

/** After something of the outbox moved: stamps the rows that were settled, and ends the plans of which nothing waits any more. */
export function followPlans(tx: WriterTx): void {
  const { raw, now } = tx
  const open = raw.prepare("select id, state from plans where state in ('running', 'paused', 'stopped') and ended_at is null").all()
  if (open.length === 0) return
  const settle = raw.prepare('update plan_rows set settled_at = ? where plan = ? and state > 1 and settled_at is null')
  const waits = raw.prepare('select 1 from plan_rows where plan = ? and state = 1 limit 1')
  for (const { id, state } of open) {
    const moved = Number(settle.run(now(), Number(id)).changes) > 0
    if (!waits.get(Number(id))) endPlan(tx, Number(id))
    else if (moved && (state !== 'running' || Math.abs(now() - toldAt) >= apartMs)) {
      toldAt = now()
      tellPlan(tx, Number(id))
    }
  }
}

/** All that was approved is settled; what was paused or stopped meanwhile has nothing left to go either. */
function endPlan(tx: WriterTx, plan: number): void {
  const state = stateOf(tx.raw, plan) === 'stopped' ? 'stopped' : 'done'
  tx.raw.prepare('update plans set state = ?, ended_at = ? where id = ?').run(state, tx.now(), plan)
  tx.audit({ person: null, origin: 'agent', act: 'plan-ended', subject: `plan:${plan}`, after: { state, ...settledOf(tx.raw, plan) } })
  tellPlan(tx, plan)
}

export const stateOf = (raw: DatabaseSync, plan: number): PlanState | null =>
  (raw.prepare('select state from plans where id = ?').get(plan)?.['state'] as PlanState | undefined) ?? null

/** Whoever shows a plan asks again. */
export const tellPlan = ({ raw, emit }: WriterTx, plan: number): void =>
  emit('plan-moved', { data: { plan, state: stateOf(raw, plan) ?? 'stopped' } })
