/** What to try again, and when. Pure; times in ms. */
import { type Problem, problems } from '../../shared/problem.ts'
import type { Delivery, DeliveryResult, Sent } from './outbox.ts'

const firstMs = 2_000
const mostMs = 15 * 60_000
/** Settings change by a person's hand: looked at again now and then, and at once on “retry”. */
const heldMs = 30 * 60_000

/** What Procore lacks may be added there at any time: looked for again in the ledger, which costs no call. */
export const missing: readonly Problem['code'][] = [
  'cost-code-missing',
  'cost-type-missing',
  'vendor-unmatched',
  'project-unmatched',
  'sub-job-missing',
  'commitment-unmatched',
]
const missingMs = 5 * 60_000

/** After the first attempt two seconds, doubling to a quarter of an hour. */
export const backOff = (attempts: number): number => Math.min(firstMs * 2 ** Math.min(Math.max(attempts - 1, 0), 20), mostMs)

/** A lost answer is looked up after a moment: lists may lag behind a write (procore-api.md 9.2, inferred). */
const lookAfter = (attempts: number): number => Math.min(1_000 * 2 ** Math.min(attempts, 20), mostMs)

/** What a problem means for a delivery that surely was not done. `notBefore` is Procore's own word on it, if there was one. */
export function afterProblem(
  { id, attempts }: Pick<Delivery, 'id' | 'attempts'>,
  problem: Problem,
  now: number,
  notBefore = 0,
): DeliveryResult {
  const { next } = problems[problem.code]
  if (next === 'wait') return { id, outcome: 'again', problem, retryAt: Math.max(notBefore, now + backOff(attempts)) }
  if (next === 'fix-settings') return { id, outcome: 'held', problem, retryAt: Math.max(notBefore, now + heldMs) }
  if (missing.includes(problem.code)) return { id, outcome: 'failed', problem, retryAt: now + missingMs }
  return { id, outcome: 'failed', problem }
}

/** What a problem means for one that may have been done, or is under way: it is looked up first. */
export const unknown = (
  { id, attempts }: Pick<Delivery, 'id' | 'attempts'>,
  sent: Sent,
  problem: Problem,
  now: number,
): DeliveryResult => ({
  ...{ id, outcome: 'unconfirmed', sent, problem, retryAt: now + lookAfter(attempts) },
})
