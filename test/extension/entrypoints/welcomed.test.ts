import { parseHTML } from 'linkedom'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Ask, Welcome } from '../../../extension/bridge/calls.ts'
import { welcomed } from '../../../extension/entrypoints/procore.content/welcomed.ts'

const welcome = { features: ['list-status'] } as unknown as Welcome
const refused = { problem: { code: 'request-refused', params: { reason: 'no-answer' } } }

/** A background that refuses so many times, then answers. */
function background(refusals: number) {
  const asked: number[] = []
  const ask = (async () => {
    asked.push(Date.now())
    return asked.length <= refusals ? refused : { value: welcome }
  }) as unknown as Ask
  return { ask, asked }
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  vi.stubGlobal('document', parseHTML('<html lang="de"></html>').document)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('a welcome that was refused is asked for again, ever more seldom', async () => {
  const { ask, asked } = background(8)
  const answer = welcomed(ask, new AbortController().signal)
  await vi.advanceTimersByTimeAsync(300_000)
  expect(await answer).toBe(welcome)
  expect(asked.map((at) => at / 1_000)).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183])
})

it('a page that is left is asked about no more', async () => {
  const { ask, asked } = background(100)
  const left = new AbortController()
  const answer = welcomed(ask, left.signal)
  await vi.advanceTimersByTimeAsync(4_000)
  left.abort()
  expect(await answer).toBeNull()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toHaveLength(3)
})
