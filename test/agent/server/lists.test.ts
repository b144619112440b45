import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../../../shared/agent-link/client.ts'
import { itemTypes } from '../../../shared/item.ts'
import { groupOf, type ListGroup, listGroups } from '../../../shared/list-group.ts'
import { clientOf, codeOf, told } from './browser.ts'
import { type MadeAgent, makeAgent } from './made-agent.ts'

let made: MadeAgent
let client: Client
let scoped: Client
let connection = 0

const types = ['work-order-contract', 'purchase-order-contract'] as const

/** Procore's list was read whole, so long ago. */
const read = (list: string, project: string, secondsAgo: number, whole = true) =>
  made.transact(({ raw, now }) =>
    raw
      .prepare('insert or replace into polls (connection, list, project, read_at, full_at) values (?, ?, ?, ?, ?)')
      .run(connection, list, project, now() - secondsAgo * 1000, whole ? 1 : null),
  )
const item = (id: string, project: string, content: Record<string, string>, deletedAt: string | null = null) =>
  made.transact(({ raw, now }) =>
    raw
      .prepare(
        'insert into items (type, id, connection, project, content, deleted_at, seen_at) values (?, ?, ?, ?, ?, ?, ?) on conflict do update set content = excluded.content',
      )
      .run(itemTypes.indexOf('work-order-contract'), id, connection, project, JSON.stringify(content), deletedAt, now()),
  )

beforeAll(async () => {
  made = await makeAgent()
  connection = await made.connection()
  const link = (key: string, id: string, state: keyof typeof groupOf, project = '31') =>
    made.link(connection, { entity: 'commitments', key, type: 'work-order-contract', id, state, project })
  await link('SC-1', '900', 'synced')
  await link('SC-2', '901', 'changed-in-erp')
  await link('SC-3', '902', 'changed-in-both')
  await link('SC-4', '903', 'gone-from-erp')
  await link('SC-5', '950', 'synced', '32')
  await link('SC-6', '951', 'not-compared', '32')
  await item('901', '31', { number: 'SC-0002', title: 'Structural steel' })
  await item('910', '31', { number: 'SC-0010', title: 'Nobody knows it' })
  await item('911', '31', { number: 'SC-0011' }, '2026-11-01T00:00:00Z')
  await made.transact(({ raw }) => raw.prepare('update links set differs = ? where item_id = ?').run('{"fields":["original"]}', '901'))
  await read('work-order-contracts', '31', 5)
  await read('purchase-order-contracts', '31', 60)
  client = await clientOf(made)
  scoped = await clientOf(made, 'viewer', ['31'], 'pm@example.com')
})
afterAll(async () => {
  expect(made.faults).toEqual([])
  await made.stop()
})

const ask = (project: string | null, group?: ListGroup, who: Client = client) =>
  who.call('lists', { body: { company: '4711', project, types: [...types], ...(group ? { group } : {}) } })

describe('a whole list', () => {
  it('is counted as its badges say, deleted items left out, with the older time of each side', async () => {
    const answer = told(await ask('31'))
    expect(answer.counts).toEqual({ agree: 1, differ: 2, gone: 1, 'not-linked': 1 })
    expect([answer.erpAsOf, answer.procoreAsOf]).toEqual(['2026-11-20T13:59:00.000Z', '2026-11-20T13:59:00.000Z'])
    expect(answer.connections).toEqual({ [connection]: { name: 'Books', erp: 'Sage 300', erpCompany: 'Timberline' } })
    expect([answer.items, answer.more]).toEqual([[], 0])
  })
  it('never read whole is unknown, not empty', async () => {
    expect(told(await ask('32')).counts).toBeNull()
    await read('work-order-contracts', '32', 5)
    expect(told(await ask('32')).counts).toBeNull()
    await read('purchase-order-contracts', '32', 5, false)
    expect(told(await ask('32')).counts).toBeNull()
    await read('purchase-order-contracts', '32', 5)
    expect(told(await ask('32')).counts).toEqual({ agree: 1, 'not-compared': 1 })
    expect(told(await ask('32', 'not-compared')).items).toMatchObject([{ id: '951', state: 'not-compared', fields: [] }])
  })
  it('read whole and without anything in it is empty', async () => {
    await read('work-order-contracts', '33', 5)
    await read('purchase-order-contracts', '33', 5)
    expect(told(await ask('33')).counts).toEqual({})
  })
  it('brings the items of one group, with what differs', async () => {
    const { items, more } = told(await ask('31', 'differ'))
    expect(items).toEqual([
      expect.objectContaining({ id: '901', number: 'SC-0002', name: 'Structural steel', erpKey: 'SC-2', fields: ['original'] }),
      expect.objectContaining({ id: '902', number: null, state: 'changed-in-both', fields: [] }),
    ])
    expect(more).toBe(0)
    expect(told(await ask('31', 'not-linked')).items).toEqual([
      expect.objectContaining({ id: '910', state: 'not-linked', erpKey: null, connection: null, project: '31' }),
    ])
  })
  it('an item that two connections know counts once', async () => {
    const second = await made.transact(
      ({ raw }) =>
        raw
          .prepare(
            "insert into connections (key, name, connector, erp_company, procore_company, owner, settings, settings_version, active) select 'k2', 'Other', connector, 'Other', procore_company, owner, settings, 1, 1 from connections where id = ?",
          )
          .run(connection).lastInsertRowid,
    )
    await made.transact(({ raw }) => {
      raw
        .prepare(
          'insert into items select type, id, ?, project, origin_id, origin_code, content, updated_at, deleted_at, seen_at from items where id = ?',
        )
        .run(second, '900')
      raw
        .prepare("insert into polls select ?, list, project, read_to, full_at, read_at, touched_at from polls where project = '31'")
        .run(second)
    })
    expect(told(await ask('31')).counts).toEqual({ agree: 1, differ: 2, gone: 1, 'not-linked': 1 })
    await made.transact(({ raw }) => raw.prepare('delete from polls where connection = ?').run(second))
  })
  it('everywhere is every project the caller sees, once all of them were read whole', async () => {
    const all = (who: Client, group?: ListGroup) =>
      who.call('lists', { body: { company: '4711', project: null, everywhere: true, types: [...types], ...(group ? { group } : {}) } })
    expect(told(await all(client)).counts).toEqual({ agree: 2, 'not-compared': 1, differ: 2, gone: 1, 'not-linked': 1 })
    expect(told(await all(scoped)).counts).toEqual({ agree: 1, differ: 2, gone: 1, 'not-linked': 1 })
    expect(told(await all(client, 'agree')).items.map(({ id, project }) => [id, project])).toEqual([
      ['900', '31'],
      ['950', '32'],
    ])
    await read('work-order-contracts', '34', 5, false)
    expect(told(await all(client)).counts).toBeNull()
    await made.transact(({ raw }) => raw.prepare("delete from polls where project = '34'").run())
  })
  it('of a project a person may not see is not there', async () => {
    expect(told(await ask('31', undefined, scoped)).counts).toMatchObject({ agree: 1 })
    expect(codeOf(await ask('32', undefined, scoped))).toBe('request-refused')
  })
  it('more than fit are counted, not dropped', async () => {
    const state = itemTypes.indexOf('work-order-contract')
    await made.transact(({ raw }) => {
      const put = raw.prepare("insert into items (type, id, connection, project, content, seen_at) values (?, ?, ?, '40', '{}', 1)")
      for (let n = 0; n < 503; n += 1) put.run(state, String(70_000 + n), connection)
    })
    await read('work-order-contracts', '40', 1)
    await read('purchase-order-contracts', '40', 1)
    const { counts, items, more } = told(await ask('40', 'not-linked'))
    expect([counts, items.length, more]).toEqual([{ 'not-linked': 503 }, 500, 3])
  })
})

it('every group has a state, so that none is a word without a number', () => {
  expect([...new Set(Object.values(groupOf))].toSorted()).toEqual([...listGroups].toSorted())
})
