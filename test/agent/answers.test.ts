import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type AnswerParts, answersOf } from '../../agent/answers.ts'
import { kinds } from '../../agent/items/index.ts'
import { openProblem } from '../../agent/ledger/problems.ts'
import type { Caller } from '../../agent/server/agent.ts'
import { deadlineOf } from '../../agent/server/deadline.ts'
import { askUnlink } from '../../agent/unlink/ask-unlink.ts'
import { problem } from '../../shared/problem.ts'
import { admin, ok } from './ledger/company.ts'
import { csv, forecast, office } from './unlink/office.ts'

const browser: Caller = {
  person: 1,
  name: 'Ada',
  email: '',
  role: 'admin',
  scope: null,
  shut: new Map(),
  key: 1,
  origin: 'chrome-extension://x',
}
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

/** What a person is told whose unlink of A waited for Procore while `happens`; nothing of it was sent. */
async function unlinkWhile(happens: (company: Awaited<ReturnType<typeof office>>) => Promise<unknown>) {
  const company = await office()
  await company.drop('commitments.csv', csv('B'), { complete: ok(1) })
  const record = company.links('commitments').find(({ key }) => key === 'A')?.record ?? 0
  let told = (): void => undefined
  const parts = {
    ...{ name: 'Practice', version: '0', now: () => company.clock.now, reader: { raw: company.raw } },
    writer: {
      onEvents(listener: () => void) {
        told = listener
        return () => undefined
      },
      call: (_: string, ask: Parameters<typeof askUnlink>[2]) => company.transact((tx) => askUnlink(tx, kinds, { ...ask, by: admin })),
    },
    readWaiting: async () => undefined,
    people: { one: async () => undefined, all: async () => true },
    // Procore is busy: what waits is not sent, and meanwhile the facts move.
    wake: () => void happens(company).then(() => told()),
  } as unknown as AnswerParts
  const ask = { forecast: forecast(company, 'A')?.id ?? '', reason: null, children: false, override: false }
  const answer = answersOf(parts).unlink(record, { ...ask, by: deadlineOf({ now: Date.now }, browser) }, browser)
  return { ...(await answer), seen: ask.forecast, state: company.state('commitments', 'A'), outbox: company.outbox() }
}

describe('an unlink that was dropped before anything was sent, because the facts moved', () => {
  it('is told as changed, with what holds now: nobody refused it', async () => {
    const back = await unlinkWhile((company) => company.drop('commitments.csv', csv('A', 'B'), { complete: ok(2) }))
    expect(back).toMatchObject({ asked: 'changed', forecast: { code: 'still-there' }, state: 'not-compared', outbox: [] })
    expect(back.forecast?.id).not.toBe(back.seen)
  })
  it('also where writing was switched off meanwhile', async () => {
    const off = await unlinkWhile((company) =>
      company.transact((tx) =>
        company.command.setWriting(tx, { connection: company.connection, entity: 'commitments', writing: false, by: admin }),
      ),
    )
    expect(off).toMatchObject({ asked: 'changed', forecast: { code: 'writing-off' }, outbox: [] })
  })
  it('but not where Procore kept the link: it is refused, for the reason that stands open', async () => {
    const kept = await unlinkWhile((company) =>
      company.transact((tx) => {
        const { record = 0 } = company.links('commitments').find(({ key }) => key === 'A') ?? {}
        const locked = problem('locked-in-procore', { item: 'A', text: 'Contract is locked' })
        const id = openProblem(tx, { connection: company.connection, problem: locked, record })
        tx.raw.prepare('delete from outbox').run()
        tx.raw.prepare('update links set state = 10, problem = ? where record = ?').run(id, record)
        tx.raw.prepare('update records set vanished_at = null where id = ?').run(record)
      }),
    )
    expect(kept).toMatchObject({ asked: 'refused', forecast: { code: 'absent-once' } })
    expect(kept.forecast?.id).not.toBe(kept.seen)
  })
})
