/** One budget per Procore company, shared by every connection of it: callers queue by priority and are let through one by one. */
import { blocked, callsLeft, ended, freshRate, heard, nextFreeAt, type Priority, priorities, type RateState, sending } from './rate-plan.ts'

export type Clock = { now: () => number; sleep: (ms: number, signal?: AbortSignal) => Promise<void> }

export type RateLimit = {
  /** Waits for a place; every place taken is given back by `answered` or `lost`. Rejects when the signal aborts. */
  take(priority: Priority, signal?: AbortSignal): Promise<void>
  /** Reads X-Rate-Limit-*, Retry-After and Date of an answer. Returns until when nothing may be sent, or null. */
  answered(status: number, headers: Headers): number | null
  /** The call will not be answered. */
  lost(): void
  /** Calls that could be made now, and when the next one may. */
  left(priority?: Priority): { hour: number; spike: number }
  nextFreeAt(priority?: Priority): number
  /** Calls an hour Procore allows, as last said: what plans are made with. */
  perHour(): number
}

type Waiter = { priority: number; go: () => void }

/** `jitter` gives the extra wait (ms) after a refusal, so that several agents do not return at the same moment. */
export function rateLimit(clock: Clock, jitter: () => number = () => Math.random() * 1_000): RateLimit {
  let state: RateState = freshRate
  let running = false
  const waiting: Waiter[] = []
  let look: () => void = () => undefined

  const admit = async (): Promise<void> => {
    if (running) return
    running = true
    for (let next = best(waiting); next; next = best(waiting)) {
      const priority = priorities[next.priority] as Priority
      const now = clock.now()
      const free = nextFreeAt(state, now, priority)
      if (free > now) {
        await restUntil(Math.min(free - now, 1_000))
        continue
      }
      waiting.splice(waiting.indexOf(next), 1)
      state = sending(state)
      next.go()
    }
    running = false
  }

  /** Time passes, or an answer makes room. */
  const restUntil = async (ms: number): Promise<void> => {
    const early = new AbortController()
    look = () => early.abort()
    await clock.sleep(ms, early.signal).catch(cutShort)
  }

  const end = (): void => {
    state = ended(state, clock.now())
    look()
  }

  return {
    take: (priority, signal) =>
      new Promise((resolve, reject) => {
        const waiter: Waiter = { priority: priorities.indexOf(priority), go: done }
        function done(): void {
          signal?.removeEventListener('abort', gone)
          resolve()
        }
        function gone(): void {
          waiting.splice(waiting.indexOf(waiter), 1)
          reject(signal?.reason)
        }
        if (signal?.aborted) return reject(signal.reason)
        signal?.addEventListener('abort', gone, { once: true })
        waiting.push(waiter)
        void admit()
      }),
    lost: end,
    answered: (status, headers) => {
      end()
      const now = clock.now()
      const resetAt = resetOf(headers, now)
      const limit = whole(headers.get('x-rate-limit-limit'))
      const left = whole(headers.get('x-rate-limit-remaining'))
      if (resetAt !== null && limit !== null && left !== null) state = heard(state, { limit, left, resetAt }, now)
      if (status !== 429 && status !== 503) return null
      const until = Math.ceil(Math.max(status === 429 ? (resetAt ?? 0) : 0, retryAfter(headers, now) ?? now + 1_000) + jitter())
      state = blocked(state, until)
      return until
    },
    left: (priority) => callsLeft(state, clock.now(), priority),
    nextFreeAt: (priority) => nextFreeAt(state, clock.now(), priority),
    perHour: () => state.limits.hour,
  }
}

/** A rest cut short by an answer: the loop looks again. */
const cutShort = (): void => undefined

/** First come first served within the highest priority. */
const best = (waiting: readonly Waiter[]): Waiter | undefined =>
  waiting.reduce<Waiter | undefined>((first, one) => (!first || one.priority < first.priority ? one : first), undefined)

const whole = (text: string | null): number | null => (text !== null && /^\d+$/.test(text) ? Number(text) : null)

/** The reset is a Unix second by Procore's clock; its Date header turns it into a wait by ours. At most an hour: no window is longer. */
function resetOf(headers: Headers, now: number): number | null {
  const reset = whole(headers.get('x-rate-limit-reset'))
  if (reset === null) return null
  const theirs = Date.parse(headers.get('date') ?? '')
  const wait = reset * 1_000 - (Number.isNaN(theirs) ? now : theirs)
  return now + Math.min(Math.max(wait, 0), 3_600_000)
}

/** Seconds, or a date (RFC 9110); never more than a day. */
function retryAfter(headers: Headers, now: number): number | null {
  const said = headers.get('retry-after')
  if (said === null) return null
  const seconds = whole(said)
  const at = seconds === null ? Date.parse(said) : now + seconds * 1_000
  return Number.isNaN(at) ? null : Math.min(at, now + 86_400_000)
}
