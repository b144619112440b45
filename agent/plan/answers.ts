/** A plan as people are shown it: what it is of, its groups with how many rows stand where, how fast it goes, and its rows. Reads only. */
import type { DatabaseSync } from 'node:sqlite'
import type { PlanGroupShape, PlanProgress, PlanRowShape, PlanShape } from '../../shared/api/plans.ts'
import type { Entity } from '../../shared/item.ts'
import { linkStates } from '../../shared/link-state.ts'
import { approvable, type PlanDepth, type PlanFound, type PlanScope, type PlanState, planGroups, planRowStates } from '../../shared/plan.ts'
import type { Problem } from '../../shared/problem.ts'
import type { StoredRow } from '../ledger/rows.ts'
import { outboxOps } from '../outbox/outbox.ts'
import type { MaySee, PlanRowsAsk } from '../server/agent.ts'
import { storedProblem, toShape } from '../server/says.ts'
import { paceOf } from './pace.ts'
import { readingOf } from './reading.ts'

const mostRows = 100

const iso = (ms: unknown): string | null => (typeof ms === 'number' ? new Date(ms).toISOString() : null)
const parsed = <T>(text: unknown): T | null => (typeof text === 'string' ? (JSON.parse(text) as T) : null)

const told = (what: Problem | null) => what && toShape(what)

type Scope = ReadonlySet<string> | null

/** A plan with its groups and how far it is. `scope`: projects whoever asks sees beside the company; null is all. */
export function planShape(raw: DatabaseSync, row: StoredRow, scope: Scope, now: number): PlanShape {
  const shape = planHead(row)
  const groups = row['found'] === null ? [] : groupsOf(raw, Number(row['id']), scope, parsed(row['approved']))
  return { ...shape, groups, progress: progressOf(raw, row, groups, now) }
}

/** What is said of a plan in a list of plans: its rows, which may be many, are not counted. */
export function planHead(row: StoredRow): PlanShape {
  const id = Number(row['id'])
  const state = row['state'] as PlanState
  const found = parsed<PlanFound[]>(row['found'])
  return {
    ...{ id: String(id), depth: row['depth'] as PlanDepth, since: row['since'] as string | null, state },
    scope: (parsed<PlanScope>(row['scope']) ?? []).map(({ connection, entities }) => ({
      connection: String(connection),
      entities: [...entities],
    })),
    ...{ askedAt: iso(row['asked_at']) ?? '', askedBy: row['asker'] as string | null, madeAt: iso(row['made_at']) },
    ...{ approvedAt: iso(row['approved_at']), approvedBy: row['approver'] as string | null, endedAt: iso(row['ended_at']) },
    problem: told(parsed<Problem>(row['problem'])),
    kinds: (found ?? []).map(({ connection, erpAsOf, procoreAsOf, ...counts }) => ({
      ...{ connection: String(connection), erpAsOf: iso(erpAsOf), procoreAsOf: iso(procoreAsOf), ...counts },
    })),
    ...{ groups: [], progress: null },
  }
}

function groupsOf(
  raw: DatabaseSync,
  plan: number,
  scope: Scope,
  approved: { connection: number; entity: string; what: string }[] | null,
): PlanGroupShape[] {
  const rows = raw
    .prepare(`select connection, entity, what, state, count(*) as n, sum(?1 is null or place in (select value from json_each(?1))) as seen
       from plan_rows where plan = ?2 group by connection, entity, what, state`)
    .all(scope === null ? null : JSON.stringify(['', ...scope]), plan)
  const groups = Map.groupBy(rows, ({ connection, entity, what }) => JSON.stringify([connection, entity, what]))
  return [...groups.values()].map((states) => {
    const { connection, entity, what } = states[0] as StoredRow
    const of = (at: number): number => Number(states.find(({ state }) => state === at)?.['n'] ?? 0)
    const [listed, waiting, written, leftOut, failed] = planRowStates.map((_, at) => of(at)) as [number, number, number, number, number]
    const name = planGroups[Number(what)] ?? 'asks'
    return {
      ...{ connection: String(connection), entity: String(entity), what: name, mayApprove: approvable.includes(name) },
      approved: approved?.some((one) => one.connection === connection && one.entity === entity && one.what === name) ?? false,
      others: states.reduce((sum, { n, seen }) => sum + Number(n) - Number(seen ?? 0), 0),
      ...{ rows: listed + waiting + written + leftOut + failed, waiting, written, leftOut, failed },
    }
  })
}

/** Rows settled lately let expect the rest; null where nothing is under way. */
function progressOf(raw: DatabaseSync, row: StoredRow, groups: readonly PlanGroupShape[], now: number): PlanProgress | null {
  const plan = Number(row['id'])
  const state = row['state'] as PlanState
  if (state === 'reading') {
    const { all, readAt } = readingOf(raw, {
      depth: row['depth'] as PlanDepth,
      askedAt: Number(row['asked_at']),
      scope: parsed<PlanScope>(row['scope']) ?? [],
    })
    return {
      of: readAt.length < all ? 'lists' : 'records',
      done: readAt.length,
      all,
      ...paceOf(readAt, all - readAt.length, Number(row['asked_at']), now),
    }
  }
  if (row['approved_at'] === null) return null
  const done = groups.reduce((sum, { written, leftOut, failed }) => sum + written + leftOut + failed, 0)
  const waiting = groups.reduce((sum, one) => sum + one.waiting, 0)
  const counted = { of: 'changes' as const, done, all: done + waiting }
  if (state !== 'running') return { ...counted, perMinute: null, etaMs: null }
  const since = Number(row['running_since'])
  const lately = raw
    .prepare('select settled_at from plan_rows where plan = ? and settled_at >= ? order by settled_at')
    .all(plan, Math.max(since, now - 5 * 60_000))
    .map((one) => Number(one['settled_at']))
  return { ...counted, ...paceOf(lately, waiting, since, now) }
}

/** One page of a group's rows, of those that may be seen; `hidden` is how many of the page's stretch may not. */
export function planRows(
  raw: DatabaseSync,
  plan: number,
  ask: PlanRowsAsk,
  may: MaySee,
): { rows: PlanRowShape[]; next: string | null; hidden: number } {
  const found = raw
    .prepare(
      `select p.*, r.key, l.state as link_state, o.problem as met, pr.code as met_code, pr.params as met_params
       from plan_rows p join records r on r.id = p.record join links l on l.record = p.record
         left join outbox o on o.record = p.record and o.plan = p.plan and o.state <> 5 left join problems pr on pr.id = o.problem
       where p.plan = ? and p.connection = ? and p.entity = ? and p.what = ? and (? is null or p.state = ?) and p.record > ?
       order by p.record limit ?`,
    )
    .all(
      ...[plan, ask.connection, ask.entity, planGroups.indexOf(ask.what)],
      ...[ask.state === null ? null : planRowStates.indexOf(ask.state), ask.state === null ? null : planRowStates.indexOf(ask.state)],
      ...[ask.after, mostRows],
    )
  const seen = found.filter(({ place }) => may(place === '' ? null : ((place as string | null) ?? undefined)))
  const last = found.at(-1)
  return {
    rows: seen.map(rowShape),
    next: found.length === mostRows && last ? String(last['record']) : null,
    hidden: found.length - seen.length,
  }
}

const metOf = ({ met_code: code, met_params: params }: StoredRow) =>
  typeof code === 'string' ? storedProblem({ code, params: String(params), line: null, column_name: null }) : null

function rowShape(row: StoredRow): PlanRowShape {
  return {
    ...{ link: String(row['record']), entity: row['entity'] as Entity, key: String(row['key']) },
    ...{ name: row['named'] as string | null, partner: row['partner'] as string | null },
    op: row['op'] === null ? null : (outboxOps[Number(row['op'])] ?? null),
    was: parsed(row['was']),
    body: parsed(row['body']),
    idempotency: row['idempotency'] as string | null,
    linkState: linkStates[Number(row['link_state'])] ?? 'not-linked',
    problem: told(parsed<Problem>(row['problem'])) ?? metOf(row),
    state: planRowStates[Number(row['state'])] ?? 'listed',
    leftOut: row['left_out'] as string | null,
    settledAt: iso(row['settled_at']),
  }
}
