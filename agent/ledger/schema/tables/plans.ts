import type { Generated } from 'kysely'

/** A dry run of both sides, and what was approved of it. */
type PlanTableRow = {
  id: Generated<number>
  /** deep · quick */
  depth: string
  /** yyyy-mm-dd; null is the beginning of time. */
  since: string | null
  /** PlanScope (shared/plan.ts), JSON. */
  scope: string
  /** planStates (shared/plan.ts) */
  state: string
  asked_at: number
  asked_by: number | null
  made_at: number | null
  /** PlanFound[], JSON. */
  found: string | null
  /** Groups, JSON. */
  approved: string | null
  approved_at: number | null
  approved_by: number | null
  running_since: number | null
  ended_at: number | null
  /** Why it failed, JSON. */
  problem: string | null
}

/** One record of a plan. */
type PlanRowRow = {
  plan: number
  record: number
  connection: number
  entity: string
  /** Position in planGroups. */
  what: number
  /** Position in outboxOps. */
  op: number | null
  /** Project; empty for the company, null where nobody knows. */
  place: string | null
  named: string | null
  partner: string | null
  was: string | null
  body: string | null
  seen: string | null
  idempotency: string | null
  problem: string | null
  /** Position in planRowStates. */
  state: Generated<number>
  left_out: string | null
  settled_at: number | null
}

export type PlanTables = { plans: PlanTableRow; plan_rows: PlanRowRow }
