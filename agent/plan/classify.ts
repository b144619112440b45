/** Which group of a plan a record is in, or why it is in none. Reads only. */
import type { DatabaseSync } from 'node:sqlite'
import type { LinkState } from '../../shared/link-state.ts'
import type { PlanGroup } from '../../shared/plan.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import type { Kind } from '../items/kind.ts'
import { type Eyes, type Looked, nameOf } from '../ledger/look.ts'
import { isProblem, type Planned, planned, wanted } from '../ledger/planned.ts'
import { placeOf } from '../outbox/place.ts'

/** A record as a plan lists it. `place`: undefined where nobody knows. */
export type Listed = {
  what: PlanGroup
  place: string | null | undefined
  named: string | null
  partner: string | null
  planned: Planned | null
  /** Why it asks; null where its state says it. */
  problem: Problem | null
}

/** What is counted and not listed. */
export type Counted = 'agree' | 'before' | 'alone'

const groupOfOp = { create: 'new', link: 'link', update: 'changed' } as const satisfies Partial<Record<Planned['op'], PlanGroup>>
/** A person has to decide, or the other side does. */
const asking: readonly LinkState[] = ['changed-in-erp', 'changed-in-procore', 'changed-in-both', 'failed', 'orphan', 'rejected']
const gone: readonly LinkState[] = ['gone-from-erp', 'left-with-job']

export function classify(raw: DatabaseSync, eyes: Eyes, looked: Looked, since: string | null): Listed | Counted {
  const { kind, record, item, sides } = looked
  if (isBefore(kind, record.fields, since)) return 'before'
  const list = (what: PlanGroup, more: Partial<Pick<Listed, 'planned' | 'problem'>> = {}): Listed => ({
    ...{ what, place: placeOf(eyes, looked), named: record.fields['description'] ?? record.fields['name'] ?? null },
    ...{ partner: item && nameOf(item), planned: null, problem: null, ...more },
  })
  if (looked.outbox !== null && sides.outbox?.state !== 'failed') return list('waits')
  const { verdict, lookalike } = wanted(raw, looked)
  if (gone.includes(verdict.state)) return list('gone')
  const change = planned(raw, looked, eyes.context)
  if (change !== null) return listed(list, change, looked)
  if (verdict.problem) return list('asks', { problem: verdict.problem })
  if (lookalike) return list('asks', { problem: matchOf(raw, record.id) })
  if (verdict.state === 'synced') return 'agree'
  return asking.includes(verdict.state) && kind.ties !== 'ledger' ? list('asks') : 'alone'
}

/** What cannot go as it stands asks, with the reason; so does what would go into a project nobody knows. */
function listed(list: (what: PlanGroup, more: Partial<Listed>) => Listed, change: Planned | Problem, { kind, record }: Looked): Listed {
  if (isProblem(change)) return list('asks', { problem: change })
  const found = list(groupOfOp[change.op as keyof typeof groupOfOp], { planned: change })
  if (found.place !== undefined) return found
  return list('asks', { problem: problem('project-unmatched', { job: kind.jobOf(record.fields) ?? '' }) })
}

/** A record whose day is not known is never before a day. */
function isBefore({ dayIn }: Kind, fields: Record<string, string | null>, since: string | null): boolean {
  const day = dayIn?.map((field) => fields[field]).find((value) => value !== null && value !== undefined)
  return since !== null && day !== undefined && /^\d{4}-\d\d-\d\d$/.test(day ?? '') && (day ?? '') < since
}

function matchOf(raw: DatabaseSync, record: number): Problem | null {
  const row = raw
    .prepare("select code, params from problems where record = ? and closed_at is null and code like 'match-%' order by id desc limit 1")
    .get(record)
  return row ? ({ code: String(row['code']), params: JSON.parse(String(row['params'])) } as Problem) : null
}
