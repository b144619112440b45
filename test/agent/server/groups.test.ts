import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askedToJoin, askToJoin } from '../../../shared/agent-link/asking.ts'
import type { Client } from '../../../shared/agent-link/client.ts'
import { itemTypes } from '../../../shared/item.ts'
import { reaches } from '../../support/reaches.ts'
import { clientOf, codeOf, makeWire, told } from './browser.ts'
import { type MadeAgent, makeAgent } from './made-agent.ts'

let made: MadeAgent
let admin: Client
beforeEach(async () => {
  made = await makeAgent()
  admin = await clientOf(made, 'admin', null, 'root@example.com')
})
afterEach(async () => {
  expect(made.faults).toEqual([])
  await made.stop()
})

const acts = async (act: string) =>
  (await (await made.agent.reader.db()).selectFrom('audit').select(['subject', 'before', 'after']).where('act', '=', act).execute()).map(
    ({ subject, before, after }) => ({ subject, before: JSON.parse(before ?? 'null'), after: JSON.parse(after ?? 'null') }),
  )
const group = async (name: string, members: string[], scope: string[] | null) =>
  told(await admin.call('addGroup', { body: { name, members, scope } })).id

/** A commitment of project 77 and one of 88, and what a person is shown of each. */
async function office(scope: readonly string[] | null) {
  const connection = await made.connection()
  await made.link(connection, { entity: 'commitments', key: 'SC-77', type: 'work-order-contract', id: '1', state: 'synced', project: '77' })
  await made.link(connection, { entity: 'commitments', key: 'SC-88', type: 'work-order-contract', id: '2', state: 'synced', project: '88' })
  const client = await clientOf(made, 'accountant', scope, 'ada@example.com')
  const { id } = told(await client.call('me')).person
  const sees = async (): Promise<string[]> => {
    const all = await Promise.all(['1', '2'].map(async (item) => client.call('link', { params: { id: `work-order-contract:${item}` } })))
    return all.flatMap((reply) => ('value' in reply ? [reply.value.status.id === '1' ? '77' : '88'] : []))
  }
  return { client, id, sees }
}

describe('a group', () => {
  it('is made, changed and removed, each written down with what was before', async () => {
    const { id: ada } = await office(null)
    const id = await group('North', [ada], ['77'])
    expect(told(await admin.call('groups')).groups).toEqual([{ id, name: 'North', members: [ada], scope: ['77'] }])
    told(await admin.call('changeGroup', { params: { id }, body: { name: 'North and east', members: [], scope: null } }))
    expect(told(await admin.call('removeGroup', { params: { id } })).removed).toBe(true)
    expect(told(await admin.call('removeGroup', { params: { id } })).removed).toBe(false)
    const was = { name: 'North', members: [Number(ada)], scope: ['77'] }
    const is = { name: 'North and east', members: [], scope: null }
    expect(await acts('group-added')).toEqual([{ subject: `group:${id}`, before: null, after: was }])
    expect(await acts('group-changed')).toEqual([{ subject: `group:${id}`, before: was, after: is }])
    expect(await acts('group-removed')).toEqual([{ subject: `group:${id}`, before: is, after: null }])
  })

  it('has a name of its own, and members somebody knows', async () => {
    const id = await group('North', [], null)
    reaches('group-name-taken', codeOf(await admin.call('addGroup', { body: { name: 'NORTH', members: [] } })))
    expect(codeOf(await admin.call('changeGroup', { params: { id }, body: { name: 'north', members: [] } }))).toBe('no problem')
    const unknown = await admin.call('changeGroup', { params: { id }, body: { name: 'North', members: ['999'] } })
    expect(unknown).toMatchObject({ problem: { params: { reason: 'no-group' } } })
    expect(codeOf(await admin.call('changeGroup', { params: { id: '999' }, body: { name: 'South', members: [] } }))).toBe('request-refused')
  })

  it('is an admin’s alone', async () => {
    const { client } = await office(null)
    const id = await group('North', [], null)
    expect(codeOf(await client.call('groups'))).toBe('role-missing')
    expect(codeOf(await client.call('addGroup', { body: { name: 'Mine', members: [] } }))).toBe('role-missing')
    expect(codeOf(await client.call('removeGroup', { params: { id } }))).toBe('role-missing')
  })
})

describe('the projects of a group', () => {
  it('bind its members with their next call, and add to their own', async () => {
    const { id, sees } = await office(null)
    expect(await sees()).toEqual(['77', '88'])
    const north = await group('North', [id], ['77'])
    expect(await sees()).toEqual(['77'])
    await group('South', [id], ['88'])
    expect(await sees()).toEqual(['77', '88'])
    told(await admin.call('removeGroup', { params: { id: north } }))
    expect(await sees()).toEqual(['88'])
  })

  it('open more than a person’s own list alone', async () => {
    const { id, sees } = await office(['88'])
    expect(await sees()).toEqual(['88'])
    await group('North', [id], ['77'])
    expect(await sees()).toEqual(['77', '88'])
  })

  it('stay closed where Procore does not list the person', async () => {
    const { id, sees } = await office(null)
    await group('North', [id], ['77', '88'])
    await made.transact(({ raw }) => {
      raw
        .prepare("insert into items (type, id, connection, content, seen_at) select ?, column1, 1, '{}', 1 from (values ('77'), ('88'))")
        .run(itemTypes.indexOf('project'))
      raw.prepare('insert into procore_people (connection, person, id, active, seen_at) values (1, ?, ?, 1, 1)').run(Number(id), 'p1')
      raw.prepare("insert into procore_members values (1, '77', ?, 0, 1), (1, '88', ?, 1, 1)").run(Number(id), Number(id))
    })
    expect(await sees()).toEqual(['88'])
  })
})

describe('a browser that is let in', () => {
  it('joins groups at once, beside those its person is in', async () => {
    const { id: ada } = await office(null)
    const [north, south] = [await group('North', [ada], null), await group('South', [], ['77'])]
    const wire = await makeWire()
    const ask = told(await askToJoin(wire, { address: made.url, label: 'Chrome' }))
    told(await askedToJoin(wire, ask, false))
    const given = { name: 'Ada', email: 'ada@example.com', role: 'accountant' as const, scope: null, groups: [south] }
    told(await admin.call('approveAsk', { params: { id: ask.id }, body: given }))
    const groups = told(await admin.call('groups')).groups
    expect(groups.map(({ id, members }) => [id, members])).toEqual([
      [north, [ada]],
      [south, [ada]],
    ])
    expect(await acts('group-changed')).toHaveLength(1)
  })
})
