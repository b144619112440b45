import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../../../shared/agent-link/client.ts'
import { type ItemType, itemTypes } from '../../../shared/item.ts'
import { problem } from '../../../shared/problem.ts'
import { clientOf, codeOf, told } from './browser.ts'
import { type MadeAgent, makeAgent } from './made-agent.ts'

let made: MadeAgent
let accountant: Client
let viewer: Client
let scoped: Client
let connection = 0
let record = 0

const item = (id: string, project: string | null, content: Record<string, string>) =>
  made.transact(({ raw, now }) =>
    raw
      .prepare('insert into items (type, id, connection, project, content, seen_at) values (?, ?, ?, ?, ?, ?)')
      .run(itemTypes.indexOf('work-order-contract'), id, connection, project, JSON.stringify(content), now()),
  )

beforeAll(async () => {
  made = await makeAgent()
  connection = await made.connection()
  const linked = { entity: 'commitments', type: 'work-order-contract', state: 'synced', project: '31' } as const
  await made.link(connection, { ...linked, key: 'SC/9', id: '909' })
  record = await made.link(connection, { ...linked, key: 'SC-1', id: '900', state: 'not-linked' })
  await made.transact(({ raw }) => {
    raw.prepare('update links set item_type = null, item_id = null where record = ?').run(record)
    raw.exec("delete from items where id = '900'")
    raw
      .prepare("insert into polls (connection, list, project, read_at, full_at) values (?, 'work-order-contracts', '31', 1, 1)")
      .run(connection)
  })
  await item('910', '31', { number: 'SC 01', title: 'Steel' })
  await item('911', '32', { number: 'SC-1', title: 'Steel' })
  accountant = await clientOf(made)
  viewer = await clientOf(made, 'viewer', null, 'view@example.com')
  scoped = await clientOf(made, 'accountant', ['31'], 'pm@example.com')
})
afterAll(async () => {
  expect(made.faults).toEqual([])
  await made.stop()
})

const candidates = (id: string, who = accountant) => who.call('candidates', { params: { id } })
const archive = (id: string, who = accountant) => who.call('archive', { params: { id }, body: { reason: 'old' } })
const takeBack = (id: string, who = accountant) => who.call('takeBack', { params: { id } })
const list = async (group?: 'archived' | 'not-linked') =>
  told(
    await accountant.call('lists', {
      body: { company: '4711', project: '31', types: ['work-order-contract'], ...(group ? { group } : {}) },
    }),
  )
const stateOf = async (id: string) =>
  told(await accountant.call('status', { body: { company: '4711', items: [{ type: 'work-order-contract', id }] } })).items[0]?.state

describe('candidates', () => {
  it('are found by link, by ERP key and by item, the same pair each time', async () => {
    const byLink = told(await candidates(String(record)))
    expect(byLink.candidates.map(({ item: { id } }) => id)).toEqual(['911', '910'])
    expect(byLink.more).toBe(0)
    expect(told(await candidates('commitments/SC-1'))).toEqual(byLink)
    expect(told(await candidates('work-order-contract:910')).candidates[0]).toMatchObject({ link: String(record), erpKey: 'SC-1' })
    expect(told(await candidates('commitments/SC/9')).candidates[0]).toMatchObject({ erpKey: 'SC/9' })
  })
  it('of what nobody knows, or of another’s project, are not found', async () => {
    expect(codeOf(await candidates('work-order-contract:77'))).toBe('no-such-link')
    expect(codeOf(await candidates('commitments/none'))).toBe('no-such-link')
    expect(codeOf(await candidates('work-order-contract:911', scoped))).toBe('no-such-link')
    expect(codeOf(await candidates(String(record), scoped))).toBe('no-such-link')
  })
})

describe('what is archived', () => {
  it('is counted apart in its list, says so on its badge and when it is found, and comes back', async () => {
    expect((await list()).counts).toEqual({ agree: 1, 'not-linked': 1 })
    expect(told(await archive('work-order-contract:910'))).toEqual({ archived: true })
    expect((await list()).counts).toEqual({ agree: 1, archived: 1 })
    expect((await list('archived')).items.map(({ id, state }) => [id, state])).toEqual([['910', 'archived']])
    expect((await list('not-linked')).items).toEqual([])
    expect(await stateOf('910')).toBe('archived')
    expect(told(await candidates(String(record))).candidates.find(({ item: { id } }) => id === '910')?.conflicts).toEqual([
      { code: 'item-archived', params: {} },
    ])
    expect(told(await takeBack('work-order-contract:910'))).toEqual({ archived: false })
    expect([(await list()).counts, await stateOf('910')]).toEqual([{ agree: 1, 'not-linked': 1 }, 'not-linked'])
  })
  it('needs an accountant who sees it, and nothing that is linked', async () => {
    expect(codeOf(await archive('work-order-contract:910', viewer))).toBe('role-missing')
    expect(codeOf(await archive('work-order-contract:911', scoped))).toBe('no-such-link')
    expect(codeOf(await archive('work-order-contract:909'))).toBe('archive-refused')
    expect(await stateOf('909')).toBe('synced')
  })
})

describe('many matches', () => {
  const ask = (body: Record<string, unknown>, who = accountant) =>
    who.call('matches', { body: { company: '4711', atLeast: 0.9, ...body } as never })
  it('are asked for by entity or by type of item, and not below a half', async () => {
    const answer = told(await ask({ entity: 'commitments', look: true }))
    expect(answer.left.map(({ erpKey, because }) => [erpKey, because])).toEqual([['SC-1', 'ambiguous']])
    expect(told(await ask({ type: 'work-order-contract', look: true }))).toEqual(answer)
    expect(codeOf(await ask({ look: true }))).toBe('request-refused')
    expect(codeOf(await ask({ entity: 'commitments', atLeast: 0.4, look: true }))).toBe('request-refused')
    expect(codeOf(await ask({ entity: 'commitments', look: true }, viewer))).toBe('role-missing')
    expect(codeOf(await ask({ entity: 'commitments', company: '1', look: true }))).toBe('wrong-company')
  })
})

describe('chosen matches', () => {
  const types: ItemType[] = ['work-order-contract', 'purchase-order-contract']
  const of = { company: '4711', types, atLeast: 0.9 }
  const pairOf = (link: string, id = '910') => ({ link, item: { type: 'work-order-contract', id } }) as const
  const tie = (pairs: ReturnType<typeof pairOf>[], who = accountant, project?: string) =>
    who.call('tieMatches', { body: { ...of, ...(project ? { project } : {}), pairs } })
  it('are tied only while they are certain; what met nothing is named as it was', async () => {
    const answer = told(await tie([pairOf(String(record)), pairOf('999999'), pairOf('none')]))
    expect([answer.tied, answer.more, answer.counts]).toEqual([[], { tied: 0, left: 0 }, { ambiguous: 1, moved: 2 }])
    expect(answer.left.map(({ link, because }) => [link, because])).toEqual([
      [String(record), 'ambiguous'],
      ['999999', 'moved'],
      ['none', 'moved'],
    ])
    expect(await stateOf('910')).toBe('not-linked')
  })
  it('of what is not theirs to see say nothing, and need an accountant', async () => {
    const answer = told(await tie([pairOf(String(record))], scoped))
    expect(answer.left).toEqual([{ link: String(record), erpKey: '', because: 'moved', best: null }])
    expect(codeOf(await tie([pairOf(String(record))], viewer))).toBe('role-missing')
    expect(codeOf(await tie([], accountant))).toBe('request-refused')
  })
  it('are not tied at all where one of several kinds cannot be looked at', async () => {
    const { matches } = made.agent
    const tied: string[] = []
    made.agent.matches = async (ask, may, caller) => {
      if (!ask.look) tied.push(ask.entity)
      return ask.entity === 'vendors' ? { refused: problem('request-refused', { reason: 'too many' }) } : matches(ask, may, caller)
    }
    const body = { ...of, types: [...types, 'vendor' as const], pairs: [pairOf(String(record))] }
    expect(codeOf(await accountant.call('tieMatches', { body }))).toBe('request-refused')
    expect(tied).toEqual([])
    made.agent.matches = matches
  })
  it('lie in the project that is named', async () => {
    const looked = told(await accountant.call('matches', { body: { ...of, project: '32', look: true } }))
    expect(looked.left.map(({ erpKey, best }) => [erpKey, best?.item.project])).toEqual([['SC-1', '32']])
  })
})

describe('the history of a link', () => {
  const history = (id: string, before?: string, who = accountant) =>
    who.call('history', { params: { id }, query: before === undefined ? {} : { before } })
  it('comes in pages that lose nothing and repeat nothing, whatever happens in between', async () => {
    await made.transact(({ raw }) => {
      const put = raw.prepare('insert into history (record, at, from_state, to_state, code) values (?, ?, 0, 5, ?)')
      for (let n = 0; n < 120; n += 1) put.run(record, 1_000 + Math.floor(n / 3), 'check')
    })
    const seen: string[] = []
    let before: string | null | undefined
    do {
      const page = told(await history(String(record), before ?? undefined))
      seen.push(...page.entries.map(({ at, code }) => `${at} ${code}`))
      before = page.before
      await made.transact(({ raw, now }) =>
        raw.prepare("insert into history (record, at, from_state, to_state, code) values (?, ?, 0, 5, 'poll')").run(record, now()),
      )
    } while (before !== null)
    expect(seen.filter((one) => one.includes('moved'))).toHaveLength(120)
    expect(seen).toEqual(seen.toSorted((a, b) => (a.slice(0, 24) < b.slice(0, 24) ? 1 : a.slice(0, 24) > b.slice(0, 24) ? -1 : 0)))
  })
  it('is for those who see the link, and asks for a place that is one', async () => {
    expect(codeOf(await history(String(record), undefined, scoped))).toBe('no-such-link')
    expect(codeOf(await history(String(record), 'yesterday'))).toBe('request-refused')
    expect(
      told(await history('work-order-contract:910'))
        .entries.map(({ params }) => params['act'])
        .slice(0, 2),
    ).toEqual([...['archive-undone', 'archived']])
  })
})

describe('evidence', () => {
  const evidence = (query: Record<string, string | number>, who = accountant) => who.call('evidence', { query: query as never })
  it('of a link is for everyone who sees it, in their language', async () => {
    expect(told(await evidence({ link: 'work-order-contract:909', lang: 'de' }, viewer)).html).toMatch(/<html lang="de">[\s\S]*Nachweis/)
    expect(codeOf(await evidence({ link: 'work-order-contract:911' }, scoped))).toBe('no-such-link')
  })
  it('of a run or of days is for an admin who sees everything', async () => {
    expect(codeOf(await evidence({ run: 1 }))).toBe('role-missing')
    expect(codeOf(await evidence({ from: '2026-11-01', to: '2026-11-30' }))).toBe('role-missing')
    const admin = await clientOf(made, 'admin', null, 'boss@example.com')
    expect(told(await evidence({ from: '2026-11-20', to: '2026-11-20' }, admin)).html).toContain('Archived')
    expect(told(await evidence({ from: '2026-11-19', to: '2026-11-19' }, admin)).html).not.toContain('Archived')
    expect(codeOf(await evidence({ run: 77 }, admin))).toBe('request-refused')
    expect(codeOf(await evidence({ from: '2026-11-20' }, admin))).toBe('request-refused')
    expect(codeOf(await evidence({ from: '2026-13-20', to: '2026-13-20' }, admin))).toBe('request-refused')
    const scopedAdmin = await clientOf(made, 'admin', ['31'], 'part@example.com')
    expect(codeOf(await evidence({ from: '2026-11-20', to: '2026-11-20' }, scopedAdmin))).toBe('role-missing')
  })
})
