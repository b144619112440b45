import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type AnswerParts, answersOf } from '../../agent/answers.ts'
import { kinds } from '../../agent/items/index.ts'
import type { Caller } from '../../agent/server/agent.ts'
import { deadlineOf } from '../../agent/server/deadline.ts'
import { askUnlink } from '../../agent/unlink/ask-unlink.ts'
import { admin, ok } from './ledger/company.ts'
import { csv, forecast, office } from './unlink/office.ts'

const browser: Caller = { person: 1, name: 'Ada', email: '', role: 'admin', scope: null, key: 1, origin: 'chrome-extension://x' }
const cli: Caller = { ...browser, origin: 'cli' }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** An agent whose folder takes so long to read, and whose Procore never answers; its unlink of a commitment that is gone, and how long that takes. */
async function unlinkTakes(caller: Caller, readMs: number): Promise<{ ms: number; asked: string; state: string }> {
  const company = await office()
  await company.drop('commitments.csv', csv('B'), { complete: ok(1) })
  const record = company.links('commitments').find(({ key }) => key === 'A')?.record ?? 0
  let asked = (): void => undefined
  const written = new Promise<void>((resolve) => {
    asked = resolve
  })
  const parts = {
    ...{ name: 'Practice', version: '0', now: Date.now, reader: { raw: company.raw } },
    writer: {
      onEvents: () => () => undefined,
      async call(_: string, ask: Parameters<typeof askUnlink>[2]) {
        const told = await company.transact((tx) => askUnlink(tx, kinds, { ...ask, by: admin }))
        asked()
        return told
      },
    },
    readWaiting: () => new Promise<void>((resolve) => setTimeout(resolve, readMs)),
    people: { one: async () => undefined, all: async () => true },
    wake: () => undefined,
  } as unknown as AnswerParts
  const began = Date.now()
  const ask = { forecast: forecast(company, 'A')?.id ?? '', reason: null, children: false, override: false }
  const answer = answersOf(parts).unlink(record, { ...ask, by: deadlineOf({ now: Date.now }, caller) }, caller)
  let ms = Number.NaN
  void answer.then(() => {
    ms = Date.now() - began
  })
  await vi.advanceTimersByTimeAsync(readMs)
  if (readMs < 5_000) await written
  await new Promise((resolve) => setImmediate(resolve))
  await vi.advanceTimersByTimeAsync(20_000)
  return { asked: (await answer).asked, ms, state: company.state('commitments', 'A') ?? '' }
}

describe('an unlink while Procore does not answer', () => {
  it('is told to be under way before the browser gives up waiting, however long the export took to read', async () => {
    expect(await unlinkTakes(browser, 4_900)).toEqual({ asked: 'under-way', ms: 8_000, state: 'unlinking' })
    expect(await unlinkTakes(browser, 1_000)).toEqual({ asked: 'under-way', ms: 6_000, state: 'unlinking' })
  })
  it('may take longer from the command line', async () => {
    expect(await unlinkTakes(cli, 4_900)).toEqual({ asked: 'under-way', ms: 9_900, state: 'unlinking' })
  })
  it('is not asked for where the export takes longer than a person waits', async () => {
    expect(await unlinkTakes(browser, 6_000)).toMatchObject({ asked: 'reading', ms: 5_000, state: 'gone-from-erp' })
  })
})
