import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Act } from '../../../agent/ledger/audit.ts'
import type { Client } from '../../../shared/agent-link/client.ts'
import type { ActShape } from '../../../shared/api/audit.ts'
import type { QueryOf } from '../../../shared/api.ts'
import { clientOf, codeOf, told } from './browser.ts'
import { type MadeAgent, makeAgent } from './made-agent.ts'

let made: MadeAgent
let all: Client
let bound: Client
const here: number[] = []
const there: number[] = []

/** An admin who sees all, one who sees project 31 only; records in 31 and 32, and acts on them. */
beforeAll(async () => {
  made = await makeAgent()
  const company = await made.connection()
  const contract = { entity: 'commitments', type: 'work-order-contract', state: 'synced' } as const
  for (const n of [1, 2]) here.push(await made.link(company, { ...contract, key: `SC-100${n}`, id: `90${n}`, project: '31' }))
  there.push(await made.link(company, { ...contract, key: 'SC-2001', id: '950', project: '32' }))
  all = await clientOf(made, 'admin', null, 'ada@example.com')
  bound = await clientOf(made, 'admin', ['31'], 'bob@example.com')
  const [one = 0, two = 0, other = 0] = [...here, ...there]
  const by = { person: 1, origin: 'chrome-extension://x', key: 1 }
  await write({ ...by, act: 'unlink-asked', subject: `link:${one}`, after: { reason: 'Büro zieht um' } })
  await write({ ...by, act: 'unlink-overridden', subject: `link:${two}`, before: { state: 'synced' }, after: { reason: 'typed' } })
  await write({ ...by, person: 2, key: 2, act: 'unlink-refused', subject: `link:${other}`, after: { missing: 'approver-missing' } })
  await write({ person: null, origin: 'agent', act: 'archived', subject: 'item:work-order-contract:950', before: { name: 'Facade' } })
  await write({ person: null, origin: 'procore', act: 'rights-seen', subject: 'person:2', before: {}, after: {} })
  await write({ ...by, act: 'unlinks-asked', subject: 'unlinks:7', after: { entries: [] } })
  await write({ ...by, act: 'unlinks-asked', subject: 'unlinks:8', after: { entries: [] } })
  await write({ ...by, act: 'checkNow-refused', subject: `/links/${other}/check` })
  await write({ ...by, act: 'checkNow-refused', subject: `/links/${one}/check` })
  await write({ ...by, act: 'archived', subject: 'something-of-tomorrow:1' })
  await made.transact(({ raw }) => {
    for (const batch of [7, 8]) raw.prepare("insert into unlink_batches (id, origin, asked_at, more) values (?, 'cli', 0, 0)").run(batch)
    const entry = raw.prepare(
      "insert into unlink_entries (batch, place, link, record, forecast, family, rank, state) values (?, ?, '', ?, '', 0, 0, 0)",
    )
    for (const [batch, place, record] of [
      [7, 1, one],
      [7, 2, other],
      [8, 1, one],
      [8, 2, two],
    ] as const)
      entry.run(batch, place, record)
  })
})
afterAll(async () => {
  expect(made.faults).toEqual([])
  await made.stop()
})

const write = (act: Act) => made.transact((tx) => tx.audit(act))
const ask = async (client: Client, query: QueryOf<'audit'> = {}) => told(await client.call('audit', { query }))
const said = ({ act, subject }: ActShape): string => `${act} ${subject}`

describe('the log of acts', () => {
  it('tells who did what, when, from which browser, to which record, newest first', async () => {
    const { acts } = await ask(all, { search: 'SC-1002' })
    expect(acts).toHaveLength(1)
    expect(acts[0]).toMatchObject({
      ...{ at: '2026-11-20T14:00:00.000Z', act: 'unlink-overridden', origin: 'chrome-extension://x' },
      person: { id: '1', name: 'Ada', email: 'ada@example.com' },
      about: { of: 'entity', kind: 'commitments', name: 'SC-1002' },
      ...{ before: '{"state":"synced"}', after: '{"reason":"typed"}' },
    })
    expect(acts[0]?.browser).toContain('Chromium on PC-7')
    const ids = (await ask(all)).acts.map(({ id }) => Number(id))
    expect(ids).toEqual(ids.toSorted((a, b) => b - a))
  })

  it('goes on where a page ended, each act once, while acts are added', async () => {
    const everything = (await ask(all, { limit: 200 })).acts.map(({ id }) => id)
    const paged: string[] = []
    let before: string | null = null
    do {
      const page: { acts: ActShape[]; before: string | null } = await ask(all, {
        limit: 3,
        ...(before === null ? {} : { before: Number(before) }),
      })
      expect(page.acts.length).toBeLessThanOrEqual(3)
      paged.push(...page.acts.map(({ id }) => id))
      before = page.before
      if (paged.length === 3) await write({ person: null, origin: 'agent', act: 'rights-seen', subject: 'person:1' })
    } while (before !== null)
    expect(paged).toEqual(everything)
  })

  it('asks for no more than there is', async () => {
    const { acts } = await ask(all, { limit: 200 })
    expect((await ask(all, { limit: acts.length })).before).toBeNull()
    expect((await ask(all, { limit: acts.length - 1 })).before).toBe(acts.at(-2)?.id)
    for (const query of [{ limit: 1.5 }, { before: 2.5 }, { person: 'nobody' }])
      expect(codeOf(await all.call('audit', { query }))).toBe('request-refused')
  })

  it('is narrowed by person, by act, and to refusals', async () => {
    expect((await ask(all, { person: '2', act: 'refused' })).acts.map(said)).toEqual([`unlink-refused link:${there[0]}`])
    expect((await ask(all, { act: 'unlink-overridden' })).acts.map(said)).toEqual([`unlink-overridden link:${here[1]}`])
    expect(new Set((await ask(all, { person: 'agent' })).acts.map(({ origin }) => origin))).toEqual(new Set(['agent', 'procore']))
    expect(new Set((await ask(all, { person: 'cli' })).acts.map(({ origin }) => origin))).toEqual(new Set(['cli']))
  })

  it.each([
    ['a reason, in capitals', 'BÜRO', 'unlink-asked'],
    ['a record by its number', 'sc-2001', 'unlink-refused'],
    ['what was before', 'facade', 'archived'],
  ])('is searched by %s', async (_, search, act) => expect((await ask(all, { search })).acts.map((one) => one.act)).toContain(act))

  it('says that nothing was found, rather than everything', async () => {
    expect(await ask(all, { search: 'nothing like it' })).toEqual({ acts: [], before: null })
  })

  it('refuses whoever is no admin, and writes that down', async () => {
    const clerk = await clientOf(made, 'accountant', null, 'clerk@example.com')
    for (const reply of [
      await clerk.call('audit', { query: {} }),
      await clerk.call('auditChain', { query: {} }),
      await clerk.call('auditAct', { params: { id: '1' } }),
    ])
      expect(codeOf(reply)).toBe('role-missing')
    expect((await ask(all)).acts.slice(0, 3).map(said)).toEqual([
      'auditAct-refused /audit/1',
      'auditChain-refused /audit/chain',
      'audit-refused /audit',
    ])
  })
})

describe('an admin bound to some projects', () => {
  it('is told of acts there, and of those of no project', async () => {
    const { acts } = await ask(bound, { limit: 200 })
    const seen = acts.map(said)
    for (const one of [
      `unlink-asked link:${here[0]}`,
      `unlink-overridden link:${here[1]}`,
      'rights-seen person:2',
      'unlinks-asked unlinks:8',
    ])
      expect(seen).toContain(one)
    expect(seen).toContain(`checkNow-refused /links/${here[0]}/check`)
    expect(seen.some((one) => one.startsWith('key-added key:'))).toBe(true)
  })

  it('is told of none elsewhere: not of a record, an item, a batch that reaches there, a call, or what nobody can place', async () => {
    const { acts } = await ask(bound, { limit: 200 })
    const elsewhere = [
      `link:${there[0]}`,
      'item:work-order-contract:950',
      'unlinks:7',
      `/links/${there[0]}/check`,
      'something-of-tomorrow:1',
    ]
    expect(acts.map(({ subject }) => subject).filter((subject) => elsewhere.includes(subject))).toEqual([])
    expect((await ask(all, { limit: 200 })).acts.map(({ subject }) => subject)).toEqual(expect.arrayContaining(elsewhere))
  })

  it('cannot find them by searching, nor open them by number', async () => {
    expect((await ask(bound, { search: 'SC-2001' })).acts).toEqual([])
    const [hidden] = (await ask(all, { search: 'SC-2001', act: 'unlink-refused' })).acts
    const reply = await bound.call('auditAct', { params: { id: hidden?.id ?? '' } })
    expect('problem' in reply && reply.problem.params).toEqual({ reason: 'no-act' })
    expect('value' in (await all.call('auditAct', { params: { id: hidden?.id ?? '' } }))).toBe(true)
  })

  it('pages through their own without gaps', async () => {
    const seen = (await ask(bound, { limit: 200 })).acts.map(({ id }) => id)
    const first = await ask(bound, { limit: 2 })
    const second = await ask(bound, { limit: 2, before: Number(first.before) })
    expect([...first.acts, ...second.acts].map(({ id }) => id)).toEqual(seen.slice(0, 4))
  })
})

describe('the proof', () => {
  it('is that every act follows from the one before, and that a head kept earlier is still there', async () => {
    const whole = told(await all.call('auditChain', { query: {} }))
    expect(whole).toMatchObject({ broken: null, holds: null, head: expect.stringMatching(/^[0-9a-f]{64}$/) })
    await write({ person: null, origin: 'agent', act: 'rights-seen', subject: 'person:1' })
    expect(told(await all.call('auditChain', { query: { kept: whole.head } }))).toMatchObject({ acts: whole.acts + 1, holds: true })
    expect(told(await all.call('auditChain', { query: { kept: 'a'.repeat(64) } })).holds).toBe(false)
    expect(codeOf(await all.call('auditChain', { query: { kept: 'what?' } }))).toBe('request-refused')
  })

  it('goes through more acts than are read at once', async () => {
    const before = told(await all.call('auditChain', { query: {} })).acts
    await made.transact((tx) => {
      for (let n = 0; n < 1200; n += 1) tx.audit({ person: null, origin: 'agent', act: 'many', subject: 'person:1', after: n })
    })
    expect(told(await all.call('auditChain', { query: {} }))).toMatchObject({ acts: before + 1200, broken: null })
    expect((await ask(all, { search: 'Büro' })).acts).toHaveLength(1)
  })

  it('names the act another program changed, and whoever may not see it learns its number alone', async () => {
    const [changed] = (await ask(all, { search: 'SC-2001', act: 'unlink-refused' })).acts
    const raw = new DatabaseSync(made.ledger)
    raw.prepare("update audit set after = '{}' where id = ?").run(Number(changed?.id))
    raw.close()
    const id = changed?.id ?? ''
    expect(told(await all.call('auditChain', { query: {} }))).toMatchObject({ acts: Number(id) - 1, broken: { id, act: 'unlink-refused' } })
    expect(told(await bound.call('auditChain', { query: {} })).broken).toMatchObject({ id, act: null })
    expect(told(await all.call('auditAct', { params: { id } })).follows).toBe(false)
    const next = told(await all.call('auditAct', { params: { id: String(Number(id) + 1) } }))
    expect(next.follows).toBe(true)
    expect(codeOf(await all.call('auditAct', { params: { id: '999999' } }))).toBe('request-refused')
    expect(codeOf(await all.call('auditAct', { params: { id: 'x' } }))).toBe('request-refused')
  })
})
