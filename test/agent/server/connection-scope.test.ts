import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../../../shared/agent-link/client.ts'
import { itemTypes } from '../../../shared/item.ts'
import { reaches } from '../../support/reaches.ts'
import { codeOf, makeWire, pairedClient, told } from './browser.ts'
import { type MadeAgent, makeAgent } from './made-agent.ts'

/**
 * Two connections of one company: `open` to everyone, and `shut`, which is open to Ina and to a group alone. Item 1 is known to the open one, 2 to
 * both, 3 to the shut one.
 */
let made: MadeAgent
let [open, shut] = [0, 0]
let records: { open: number; both: number; shut: number }
let [admin, ina, out]: Client[] = []
const by = { person: null, origin: 'cli' }
const type = 'work-order-contract'

const idOf = (email: string): number => Number(made.agent.reader.raw.prepare('select id from people where email = ?').get(email)?.['id'])
const somebody = async (email: string, role: 'admin' | 'accountant'): Promise<Client> =>
  pairedClient(made.url, await made.code(role, null, email), await makeWire())
const opened = async (scope: { people: number[]; groups: number[] } | null): Promise<void> => {
  await made.agent.write('setConnectionScope', { connection: shut, scope, by })
}

beforeAll(async () => {
  made = await makeAgent()
  const { raw } = made.agent.reader
  open = await made.connection()
  await made.transact(({ raw: writing }) => {
    writing.exec(`insert into connections (key, name, connector, erp_company, procore_company, owner, settings, settings_version, active)
      select 'other', 'Payroll', connector, 'Other', procore_company, owner, settings, 1, 1 from connections where id = ${open}`)
  })
  shut = Number(raw.prepare("select id from connections where key = 'other'").get()?.['id'])
  const link = (connection: number, key: string, id: string) =>
    made.link(connection, { entity: 'commitments', key, type, id, state: 'synced' })
  const first = await link(shut, 'SC-B2', '2') // tied first there: it would speak for the item
  records = { shut: await link(shut, 'SC-B3', '3'), open: await link(open, 'SC-A1', '1'), both: await link(open, 'SC-A2', '2') }
  expect(first).toBeLessThan(records.both)
  ;[admin, ina, out] = [
    await somebody('root@example.com', 'admin'),
    await somebody('ina@example.com', 'accountant'),
    await somebody('otto@example.com', 'accountant'),
  ]
  await made.agent.write('setApprover', { person: idOf('otto@example.com'), granted: true, by })
  await made.transact(({ raw: writing }) => {
    for (const connection of [open, shut]) {
      writing
        .prepare("insert into runs (connection, kind, started_at, state, counts) values (?, 'file', ?, 'done', '{}')")
        .run(connection, made.clock.ms - 1)
      writing.exec(
        'insert into record_terms (source, term, record) select source, lower(key), id from records where true on conflict do nothing',
      )
      writing
        .prepare(
          `insert into problems (connection, code, params, cause, count, opened_at, seen_at, item_type, item_id) values (?, 'not-linked', '{}', ?, 1, 1, 1, ?, '2')`,
        )
        .run(connection, `cause ${connection}`, itemTypes.indexOf(type))
    }
  })
  await opened({ people: [idOf('ina@example.com')], groups: [] })
})
afterAll(async () => {
  expect(made.faults).toEqual([])
  await made.stop()
})

const client = (of: Client | undefined): Client => {
  if (!of) throw new Error('Nobody is there yet.')
  return of
}
const items = ['1', '2', '3'].map((id) => ({ type, id }) as const)
/** Everything a person is told, wherever it is told. */
async function sees(of: Client | undefined) {
  const who = client(of)
  const status = told(await who.call('status', { body: { company: '4711', items } }))
  const { runs } = told(await who.call('runs', { query: {} }))
  const { groups } = told(await who.call('problems', { query: {} }))
  const lists = told(await who.call('lists', { body: { company: '4711', types: [type], project: null } }))
  const found = await Promise.all(['SC-A1', 'SC-B3'].map((text) => who.call('find', { query: { text } })))
  return {
    me: told(await who.call('me')).connections.map(({ id }) => Number(id)),
    badges: Object.fromEntries(status.items.map(({ id, erpKey }) => [id, erpKey])),
    connections: Object.keys(status.connections).map(Number),
    runs: [...new Set(runs.map(({ connection }) => Number(connection)))].sort(),
    days: told(await who.call('runDays', { query: {} })).days.reduce((sum, { runs: n }) => sum + n, 0),
    problems: groups.map(({ connection }) => Number(connection)).sort(),
    overview: told(await who.call('overview')).connections.map(({ id }) => Number(id)),
    open: told(await who.call('overview')).problems,
    schedule: told(await who.call('schedule')).entries.map(({ connection }) => Number(connection)),
    lists: Object.keys(lists.connections).map(Number),
    found: found.flatMap((reply) => told(reply).hits.map(({ erpKey }) => erpKey)),
    troubles: told(await who.call('link', { params: { id: `${type}:2` } })).problems.map(({ cause }) => cause),
  }
}

describe('a connection open to named people', () => {
  it('is not there for others: no badge, run, problem, find or number of it, and a record both know is told as the open one knows it', async () => {
    expect(await sees(out)).toEqual({
      ...{ me: [open], badges: { 1: 'SC-A1', 2: 'SC-A2' }, connections: [open], runs: [open], days: 1, problems: [open], overview: [open] },
      ...{ open: 1, schedule: [open], lists: [], found: ['SC-A1'], troubles: [`cause ${open}`] },
    })
  })

  it('is there for whoever is named, for members of a group that is, and for admins', async () => {
    const whole = { me: [open, shut], runs: [open, shut], days: 2, problems: [open, shut], open: 2, found: ['SC-A1', 'SC-B3'] }
    expect(await sees(ina)).toMatchObject({ ...whole, badges: { 1: 'SC-A1', 2: 'SC-B2', 3: 'SC-B3' } })
    expect(await sees(admin)).toMatchObject(whole)
    const group = await made.agent.write('setGroup', { id: null, name: 'North', scope: null, members: [idOf('otto@example.com')], by })
    await opened({ people: [], groups: [Number(group)] })
    expect(await sees(out)).toMatchObject(whole)
    expect((await sees(ina)).me).toEqual([open])
    // A number is given again: whoever has the group's next finds nothing open.
    await made.agent.write('removeGroup', { id: Number(group), by })
    const again = await made.agent.write('setGroup', { id: null, name: 'South', scope: null, members: [idOf('otto@example.com')], by })
    expect(again).toBe(group)
    expect((await sees(out)).me).toEqual([open])
    expect(await sees(admin)).toMatchObject(whole)
    await opened({ people: [idOf('ina@example.com')], groups: [] })
  })

  it('refuses by name what is asked of it, and of a company that has no other', async () => {
    const who = client(out)
    const ids = [String(records.shut), `${type}:3`, 'commitments/SC-B3']
    for (const id of ids) expect([id, codeOf(await who.call('history', { params: { id } }))]).toEqual([id, 'connection-closed'])
    for (const name of ['link', 'snapshot', 'readFirst'] as const)
      expect([name, codeOf(await who.call(name, { params: { id: String(records.shut) } }))]).toEqual([name, 'connection-closed'])
    const run = Number(made.agent.reader.raw.prepare('select id from runs where connection = ?').get(shut)?.['id'])
    expect(codeOf(await who.call('run', { params: { id: String(run) } }))).toBe('connection-closed')
    expect(codeOf(await who.call('evidence', { query: { link: String(records.shut) } }))).toBe('connection-closed')
    expect(codeOf(await who.call('candidates', { params: { id: String(records.shut) } }))).toBe('connection-closed')
    await made.agent.write('setConnectionScope', { connection: open, scope: { people: [], groups: [] }, by })
    const nothing = await who.call('status', { body: { company: '4711', items } })
    expect('problem' in nothing && nothing.problem).toMatchObject({ code: 'connection-closed', params: { name: 'Books' } })
    expect(told(await who.call('find', { query: { text: 'SC-A1' } })).hits).toEqual([])
    await made.agent.write('setConnectionScope', { connection: open, scope: null, by })
  })

  it('says nothing of itself on an open socket’s line of events either', async () => {
    await made.transact(({ emit }) => {
      for (const connection of [open, shut]) emit('run-started', { connection: String(connection), data: {} })
    })
    const heard = async (of: Client | undefined): Promise<unknown[]> => {
      const { events } = told(await client(of).call('events', { query: { since: 0 } }))
      return events.filter(({ kind }) => kind === 'run-started').map(({ connection }) => Number(connection))
    }
    expect([await heard(out), await heard(ina)]).toEqual([[open], [open, shut]])
  })
})

describe('a forged act on it', () => {
  const params = () => ({ id: String(records.shut) })
  const forged: [string, (who: Client) => Promise<{ value: unknown } | { problem: { code: string } }>][] = [
    ['unlink', (who) => who.call('unlink', { params: params(), body: { forecast: 'forged' } })],
    ['relink', (who) => who.call('relink', { params: params(), body: {} })],
    ['watch', (who) => who.call('watch', { params: params(), body: {} })],
    ['resync', (who) => who.call('resync', { params: params(), body: {} })],
    ['archive', (who) => who.call('archive', { params: params(), body: {} })],
    ['takeBack', (who) => who.call('takeBack', { params: params() })],
    ['confirmMatch', (who) => who.call('confirmMatch', { params: params(), body: { item: { type, id: '1' } } })],
  ]
  it.each(forged)('is refused, named and written down: %s', async (name, act) => {
    const refusals = () =>
      made.agent.reader.raw
        .prepare("select person, after from audit where act = ? and after ->> 'missing' = 'connection-closed'")
        .all(`${name}-refused`)
    expect(refusals()).toEqual([])
    const reply = await act(client(out))
    expect('problem' in reply && reply.problem).toMatchObject({ code: 'connection-closed', params: { name: 'Payroll' } })
    reaches('connection-closed', codeOf(reply))
    expect(refusals()).toMatchObject([{ person: idOf('otto@example.com') }])
  })

  it('among many unlinks is refused by itself, and told to its asker without what it is', async () => {
    const entries = [{ link: String(records.shut), forecast: 'forged' }]
    const batch = told(await client(out).call('askUnlinks', { body: { entries } }))
    expect(batch.entries).toMatchObject([{ state: 'refused', key: null, id: null, problem: { code: 'connection-closed' } }])
    expect(codeOf(await client(ina).call('unlinkBatch', { params: { id: batch.id } }))).toBe('no problem')
    await opened({ people: [idOf('otto@example.com')], groups: [] })
    expect(codeOf(await client(ina).call('unlinkBatch', { params: { id: batch.id } }))).toBe('request-refused')
    await opened({ people: [idOf('ina@example.com')], groups: [] })
  })

  it('that starts its schedule is refused, and not by who it is open to', async () => {
    await made.agent.write('setConnectionScope', { connection: open, scope: { people: [idOf('ina@example.com')], groups: [] }, by })
    expect(codeOf(await client(out).call('runNow', { params: { id: '1:files' }, body: {} }))).toBe('connection-closed')
    expect(codeOf(await client(ina).call('runNow', { params: { id: '1:files' }, body: {} }))).toBe('no problem')
    await made.agent.write('setConnectionScope', { connection: open, scope: null, by })
  })
})

describe('saying whom it is open to', () => {
  const set = (who: Client | undefined, scope: { people: string[]; groups: string[] } | null, id = String(shut)) =>
    client(who).call('setConnectionScope', { params: { id }, body: { scope } })

  it('is for admins, for people and groups there are, and written down with what was before', async () => {
    expect(codeOf(await set(ina, null))).toBe('role-missing')
    expect(codeOf(await set(admin, { people: ['999'], groups: [] }))).toBe('request-refused')
    expect(codeOf(await set(admin, { people: [], groups: ['999'] }))).toBe('request-refused')
    expect(codeOf(await set(admin, null, '99'))).toBe('request-refused')
    const person = idOf('otto@example.com')
    expect(told(await set(admin, { people: [String(person)], groups: [] })).scope).toEqual({ people: [String(person)], groups: [] })
    expect((await sees(out)).me).toEqual([open, shut])
    told(await set(admin, null))
    expect((await sees(ina)).me).toEqual([open, shut])
    const acts = made.agent.reader.raw
      .prepare("select before, after from audit where act = 'connection-scope-set' order by id desc limit 2")
      .all()
    const was = JSON.stringify({ people: [person], groups: [] })
    expect(acts).toMatchObject([
      { before: was, after: null },
      { before: JSON.stringify({ people: [idOf('ina@example.com')], groups: [] }), after: was },
    ])
  })
})
