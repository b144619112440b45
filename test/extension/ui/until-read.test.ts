import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { UnlinkRequest } from '../../../extension/ui/popover-door.ts'
import { readingIn, untilRead } from '../../../extension/ui/unlink/until-read.ts'
import type { Event } from '../../../shared/event.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const item = { type: 'work-order-contract', id: '1' } as const
/** An agent that reads for so many questions. */
const asking = (reads: number) => {
  const asked: string[] = []
  const ask = async (name: string) => {
    asked.push(name)
    return { value: { reading: asked.length <= reads } }
  }
  return { asked, request: { ask, item } as unknown as UnlinkRequest }
}

it('asks until the export is read', async () => {
  const { asked, request } = asking(3)
  const done = untilRead(request, '42', new AbortController().signal)
  await vi.advanceTimersByTimeAsync(10_000)
  expect([await done, asked]).toEqual(['read', Array(4).fill('readFirst')])
})

it('does not wait without end for a file that never comes to rest', async () => {
  const { asked, request } = asking(Number.POSITIVE_INFINITY)
  const done = untilRead(request, '42', new AbortController().signal)
  await vi.advanceTimersByTimeAsync(301_000)
  expect([await done, asked.length]).toEqual(['still', 300])
})

it('asks no more once the dialog is closed', async () => {
  const { asked, request } = asking(Number.POSITIVE_INFINITY)
  const closed = new AbortController()
  const done = untilRead(request, '42', closed.signal)
  await vi.advanceTimersByTimeAsync(2_500)
  closed.abort()
  expect([await done, asked.length]).toEqual(['still', 3])
})

it('leaves it to the person where the agent is older than the question, and tells any other trouble', async () => {
  const answering = (code: string) =>
    untilRead({ ask: async () => ({ problem: { code } }), item } as unknown as UnlinkRequest, '42', new AbortController().signal)
  expect(await answering('agent-too-old')).toBe('still')
  expect(await answering('agent-unreachable')).toEqual({ problem: { code: 'agent-unreachable' } })
})

it('says which export is read and how far, of this connection alone', () => {
  const told = (kind: string, data: Event['data'], connection = '1') =>
    readingIn({ n: 1, at: '2026-11-23T09:00:00Z', kind, connection, data }, '1')
  expect(told('file-seen', { file: 'a.csv', bytes: 100 })).toEqual({ file: 'a.csv', share: null })
  expect(told('run-progress', { file: 'a.csv', bytes: 25, totalBytes: 100 })).toEqual({ file: 'a.csv', share: 0.25 })
  expect(told('run-progress', { file: 'a.csv', bytes: 25, totalBytes: 100 }, '2')).toBeNull()
  expect(told('run-progress', { rows: 5 })).toBeNull()
  expect(told('link-changed', { file: 'a.csv' })).toBeNull()
})
