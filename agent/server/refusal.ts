import { inEnglish, type Problem, problem, problems } from '../../shared/problem.ts'
import type { Caller, Outcome } from './agent.ts'

/** A call that is refused: HTTP status, problem and extra headers. Thrown by the guard and the handlers, answered in one place. */
export class Refusal extends Error {
  readonly status: number
  readonly problem: Problem
  readonly headers: Record<string, string>
  constructor(status: number, problem: Problem, headers: Record<string, string> = {}) {
    super(problem.code)
    this.name = 'Refusal'
    this.status = status
    this.problem = problem
    this.headers = headers
  }
}

/** A known person lacks what the call needs; whoever answers it writes that down. */
export class RightRefusal extends Refusal {
  readonly caller: Caller
  constructor(missing: Problem, caller: Caller) {
    super(403, missing)
    this.caller = caller
  }
}

/** Refuses a request that no well-made client sends; `reason` names the one thing that is wrong with it, by its code where that has words. */
export const refuse = (status: number, reason: string, more: Problem['params'] = {}, headers?: Record<string, string>): Refusal =>
  new Refusal(status, problem('request-refused', { reason, ...more }), headers)

/** What a person on a page that was loaded long ago can meet: the record is gone, is not theirs to see any more, or nothing is tied to it. */
export const noSuchLink = (): Refusal => new Refusal(404, problem('no-such-link'))
export const notLinked = (): Refusal => new Refusal(409, problem('not-linked'))

/** RFC 9457, with our code, parameters and next step. */
export function details(status: number, problem: Problem): string {
  const { code, params } = problem
  const { next } = problems[code]
  const { says: title, next: toDo } = inEnglish(problem)
  return JSON.stringify({ type: `urn:tieback:problem:${code}`, title, status, detail: `${title} ${toDo}`, do: toDo, code, next, params })
}

/** An act's outcome, or its refusal as an answer a person can read. */
export function done<T>(outcome: Outcome<T>): T {
  if ('refused' in outcome) throw new Refusal(409, outcome.refused)
  return outcome.ok
}
