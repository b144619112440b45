import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rateLimit } from '../../../agent/procore/rate-limit.ts'
import {
  blocked,
  callsLeft,
  ended,
  freshRate,
  heard,
  hourMs,
  nextFreeAt,
  priorities,
  type RateState,
  sending,
  spikeMs,
} from '../../../agent/procore/rate-plan.ts'
import { RateCounter } from '../../procore/api/rate-limit.ts'
import { quickClock } from './open-door.ts'

const start = Date.parse('2026-11-02T06:00:00Z')
const most = (times: readonly number[], ms: number): number =>
  times.reduce((max, at, n) => Math.max(max, times.slice(n).filter((other) => other < at + ms).length), 0)

describe('the plan of calls', () => {
  it('spends at most 20 in ten seconds and 600 an hour until a header says otherwise', () => {
    let state: RateState = freshRate
    const sent: number[] = []
    for (let now = start; sent.length < 700; ) {
      now = Math.max(now, nextFreeAt(state, now))
      state = ended(sending(state), now)
      sent.push(now)
    }
    expect(most(sent, spikeMs)).toBeLessThanOrEqual(20)
    expect(most(sent, hourMs)).toBeLessThanOrEqual(600)
  })

  it('never names a free time at which nothing may be sent', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.record({ wait: fc.nat(30_000) }),
            fc.record({ limit: fc.integer({ min: 1, max: 5_000 }), left: fc.nat(100), resetIn: fc.nat(4_000_000) }),
            fc.record({ block: fc.nat(60_000) }),
          ),
          { maxLength: 60 },
        ),
        fc.constantFrom(...priorities),
        (steps, priority) => {
          let state: RateState = freshRate
          let now = start
          for (const step of steps) {
            if ('wait' in step) now += step.wait
            else if ('block' in step) state = blocked(state, now + step.block)
            else state = heard(state, { limit: step.limit, left: step.left, resetAt: now + step.resetIn }, now)
            for (let tries = 0, at = now; ; tries++) {
              at = nextFreeAt(state, at, priority)
              const left = callsLeft(state, at, priority)
              if (left.hour > 0 && left.spike > 0) break
              expect(tries).toBeLessThan(10)
            }
            if (nextFreeAt(state, now) === now) state = ended(sending(state), now)
          }
        },
      ),
    )
  })

  it('leaves the last calls of an hour to writes', () => {
    let state: RateState = freshRate
    for (let n = 0; n < 565; n++) state = ended(sending(state), start + n * 600)
    const now = start + 565 * 600 + spikeMs
    expect(callsLeft(state, now, 'write').hour).toBeGreaterThan(0)
    expect(callsLeft(state, now, 'page').hour).toBe(0)
    expect(callsLeft(state, now, 'single').hour).toBe(0)
  })
})

/** A call takes its time; others are let through meanwhile. */
async function inFlight(clock: { time: number }, ms: number): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  clock.time += ms
}

describe('the budget of a company', () => {
  it('is never overrun, whatever the limits, the moment we come in and others who spend from it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 3, max: 60 }),
        fc.integer({ min: 40, max: 400 }),
        fc.integer({ min: 0, max: 3_500_000 }),
        fc.array(fc.constantFrom(...priorities), { minLength: 1, maxLength: 150 }),
        async (spike, hourly, late, calls) => {
          const clock = quickClock(start)
          const counter = new RateCounter(clock.now, { spike, hourly })
          counter.take()
          clock.time += late
          const rate = rateLimit(clock, () => 0)
          let refused = 0
          await Promise.all(
            calls.map(async (priority) => {
              await rate.take(priority)
              await inFlight(clock, late % 90)
              const { headers, waitSeconds } = counter.take()
              if (waitSeconds !== undefined) refused += 1
              rate.answered(
                waitSeconds === undefined ? 200 : 429,
                new Headers({ ...headers, ...(waitSeconds ? { 'retry-after': String(waitSeconds) } : {}) }),
              )
            }),
          )
          // Limits below what is planned with are learned by the first answers; with 25 and 600 nothing is ever refused.
          if (spike >= 25 && hourly >= 600) expect(refused).toBe(0)
          else expect(refused).toBeLessThanOrEqual(20)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('obeys the later of Reset and Retry-After', () => {
    const clock = quickClock(start)
    const rate = rateLimit(clock, () => 0)
    const headers = (reset: number, after: number) =>
      new Headers({
        'x-rate-limit-reset': String(start / 1_000 + reset),
        'retry-after': String(after),
        date: new Date(start).toUTCString(),
      })
    expect(rate.answered(429, headers(7, 30))).toBe(start + 30_000)
    expect(rate.answered(429, headers(90, 5))).toBe(start + 90_000)
    expect(rate.nextFreeAt()).toBe(start + 90_000)
    expect(rate.left()).toEqual({ hour: 0, spike: 0 })
  })

  it('takes writes before pages before single calls', async () => {
    const clock = quickClock(start)
    const rate = rateLimit(clock, () => 0)
    const order: string[] = []
    rate.answered(503, new Headers({ 'retry-after': '5' }))
    await Promise.all([...(['single', 'page', 'write', 'page', 'write'] as const).map((one) => rate.take(one).then(() => order.push(one)))])
    expect(order).toEqual(['write', 'write', 'page', 'page', 'single'])
  })

  it('lets go of a caller that stops waiting', async () => {
    const clock = quickClock(start)
    const rate = rateLimit({ ...clock, sleep: () => new Promise(() => undefined) }, () => 0)
    rate.answered(429, new Headers({ 'retry-after': '60' }))
    const stop = new AbortController()
    const waiting = rate.take('write', stop.signal)
    stop.abort(new Error('stopped'))
    await expect(waiting).rejects.toThrow('stopped')
  })
})
