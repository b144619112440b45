import { expect, it } from 'vitest'
import { callsAMinute } from '../../agent/calls-a-minute.ts'

/** How many of so many tries at these times are made. */
function made(most: number, times: readonly number[]): number {
  const calls = callsAMinute(most)
  return times.filter((now) => {
    const may = calls.has('ada', now)
    if (may) calls.spend('ada', now)
    return may
  }).length
}

it('no more than so many in any minute, however they lie in it', () => {
  expect(made(6, Array(20).fill(1_000))).toBe(6)
  expect(made(6, [0, 59_000, 59_100, 59_200, 59_300, 59_400, 59_500, 60_000])).toBe(7) // the first is a minute old
})
it('one who asks much takes nothing from another', () => {
  const calls = callsAMinute(1)
  calls.spend('ada', 0)
  expect([calls.has('ada', 0), calls.has('ben', 0)]).toEqual([false, true])
})
it('what was refused is not counted', () => {
  expect(made(1, [0, 30_000, 60_000, 90_000, 120_000])).toBe(3)
})
