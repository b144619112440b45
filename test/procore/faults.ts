import type { FieldErrors } from './api/rules/refusal.ts'
import type { LoggedRequest } from './request-log.ts'

/** What may go wrong with one request. Times are milliseconds, Retry-After seconds. */
export type Fault =
  | { do: 'drop before reading' }
  | { do: 'drop after commit' }
  | { do: 'drop mid-answer' }
  | { do: 'slow'; ms: number }
  | { do: 'answer'; status: number; retryAfterSeconds?: number; body?: string; contentType?: string }
  /** In a sync action: the named rows (from 0) meet these errors, the others are handled. */
  | { do: 'partial errors'; rows: readonly number[]; errors: FieldErrors }

/** Which requests: the nth to arrive, and/or by method and path (a part of it, or an expression), and/or by a test in this process. */
export interface When {
  nth?: number
  method?: string
  path?: string | RegExp
  test?: (request: LoggedRequest) => boolean
}

export interface FaultRule {
  when: When
  fault: Fault
  /** How many matching requests to pass first. */
  after?: number
  /** How many matching requests it hits; 1 unless told. */
  times?: number
}

interface Standing extends FaultRule {
  passed: number
  hit: number
}

/** Trouble waiting for its request. The first rule that fits is used up. */
export class Faults {
  #rules: Standing[] = []

  add(...rules: FaultRule[]): void {
    this.#rules.push(...rules.map((rule) => ({ ...rule, passed: 0, hit: 0 })))
  }

  clear(): void {
    this.#rules = []
  }

  /** Rules that have hits left. */
  waiting(): FaultRule[] {
    return this.#rules.filter((rule) => rule.hit < (rule.times ?? 1))
  }

  next(request: LoggedRequest): Fault | undefined {
    for (const rule of this.#rules) {
      if (rule.hit >= (rule.times ?? 1) || !fits(rule.when, request)) continue
      if (rule.passed < (rule.after ?? 0)) {
        rule.passed += 1
        continue
      }
      rule.hit += 1
      return rule.fault
    }
    return undefined
  }
}

export function fits({ nth, method, path, test }: When, request: LoggedRequest): boolean {
  if (nth !== undefined && nth !== request.n) return false
  if (method !== undefined && method !== request.method) return false
  if (typeof path === 'string' && !request.path.includes(path)) return false
  if (path instanceof RegExp && !path.test(request.path)) return false
  return test ? test(request) : true
}
