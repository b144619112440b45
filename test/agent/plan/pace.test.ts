import { expect, it } from 'vitest'
import { paceOf } from '../../../agent/plan/pace.ts'

const unknown = { perMinute: null, etaMs: null }
const every = (ms: number, count: number, from = 0) => Array.from({ length: count }, (_, n) => from + n * ms)

it('says nothing of the time left until enough was done for long enough', () => {
  expect(paceOf([], 10, 0, 60_000)).toEqual(unknown)
  expect(paceOf(every(1_000, 4), 10, 0, 60_000)).toEqual(unknown)
  expect(paceOf(every(100, 9), 10, 0, 9_999)).toEqual(unknown)
})

it('measures what was done lately, since it was let go', () => {
  expect(paceOf(every(1_000, 60), 120, 0, 60_000)).toEqual({ perMinute: 60, etaMs: 120_000 })
  expect(paceOf(every(1_000, 60), 0, 0, 60_000)).toEqual({ perMinute: 60, etaMs: 0 })
  expect(paceOf(every(1_000, 60), 120, 55_000, 65_000)).toEqual({ perMinute: 30, etaMs: 240_000 })
  expect(paceOf(every(1_000, 60), 120, 0, 20 * 60_000)).toEqual(unknown)
})
