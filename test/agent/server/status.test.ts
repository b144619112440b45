import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../../../shared/agent-link/client.ts'
import { reaches } from '../../support/reaches.ts'
import { clientOf, codeOf, told } from './browser.ts'
import { type MadeAgent, makeAgent } from './made-agent.ts'

let made: MadeAgent
let client: Client
let scoped: Client
let link = 0
let company = 0

beforeAll(async () => {
  made = await makeAgent()
  company = await made.connection()
  link = await made.link(company, {
    entity: 'commitments',
    key: 'SC-1',
    type: 'work-order-contract',
    id: '900',
    state: 'synced',
    project: '31',
  })
  await made.link(company, {
    entity: 'commitments',
    key: 'SC-2',
    type: 'work-order-contract',
    id: '901',
    state: 'changed-in-erp',
    project: '32',
  })
  await made.link(company, {
    entity: 'commitments',
    key: 'SC-3',
    type: 'work-order-contract',
    id: '902',
    state: 'synced',
    project: '31',
    sealed: false,
  })
  await made.link(company, { entity: 'vendors', key: 'V-1', type: 'vendor', id: '77', state: 'failed' })
  await made.transact(async ({ db, raw }) => {
    const problem = {
      connection: company,
      code: 'value-unreadable',
      params: JSON.stringify({ column: 'Name', limit: 255 }),
      cause: 'long:V-1',
      opened_at: 5,
      seen_at: 5,
    }
    const columns = Object.keys(problem)
    raw.prepare(`insert into problems (${columns.join()}) values (${columns.map(() => '?').join()})`).run(...Object.values(problem))
    await db.updateTable('problems').set({ record: 4, line: 3, column_name: 'Name' }).execute()
    await db.updateTable('links').set({ problem: 1 }).where('item_id', '=', '77').execute()
  })
  client = await clientOf(made)
  scoped = await clientOf(made, 'accountant', ['31'], 'pm@example.com')
})
afterAll(async () => {
  expect(made.faults).toEqual([])
  await made.stop()
})

const ask = (who: Client, ids: string[], of: string | null = '4711') =>
  who.call('status', { body: { company: of, items: ids.map((id) => ({ type: 'work-order-contract' as const, id })) } })

describe('status of items', () => {
  it('says state, ERP key and how old both sides are', async () => {
    const answer = told(await ask(client, ['900']))
    expect(answer.items).toEqual([
      {
        type: 'work-order-contract',
        id: '900',
        link: String(link),
        state: 'synced',
        since: '2026-11-20T14:00:00.000Z',
        erpKey: 'SC-1',
        connection: '1',
        erpAsOf: '2026-11-20T13:59:00.000Z',
        procoreAsOf: '2026-11-20T13:59:30.000Z',
      },
    ])
    expect(answer.connections['1']).toMatchObject({
      name: 'Books',
      erp: 'Sage 300',
      nextRun: '2026-11-20T14:01:00.000Z',
      writing: [],
      actions: [{ action: 'resync', allowed: true }],
    })
  })
  it('an item nobody knows is not linked, as of the last export', async () => {
    expect(told(await ask(client, ['404'])).items).toEqual([
      expect.objectContaining({
        id: '404',
        state: 'not-linked',
        link: null,
        connection: '1',
        erpAsOf: '2026-11-20T13:59:00.000Z',
        procoreAsOf: null,
      }),
    ])
  })
  it('a take that is not sealed yet is not seen', async () => {
    expect(told(await ask(client, ['902'])).items[0]).toMatchObject({ state: 'not-linked', erpKey: null })
  })
  it('the first open problem comes with its sentence and its place', async () => {
    const answer = told(await client.call('status', { body: { company: '4711', items: [{ type: 'vendor', id: '77' }] } }))
    expect(answer.items[0]?.problem).toMatchObject({ code: 'value-unreadable', next: 'fix-data', at: { line: 3, column: 'Name' } })
  })
  it('another company’s page is told so, with both names', async () => {
    const reply = await ask(client, ['900'], '9999')
    expect(reply).toMatchObject({ problem: { params: { agent: 'Company 4711', page: '9999' } } })
    reaches('wrong-company', codeOf(reply))
  })
  it('a page whose address hides its company is fine while there is only one', async () => {
    expect(told(await ask(client, ['900'], null)).company).toBe('4711')
  })
  it('items of projects a person may not see are left out, not called unlinked', async () => {
    expect(told(await ask(scoped, ['900', '901'])).items.map(({ id }) => id)).toEqual(['900'])
  })
  it('what is on screen is passed on to be asked of Procore more often', async () => {
    await ask(client, ['900'])
    made.clock.ms += 5000
    const before = made.seen.length
    await ask(client, ['900', '901'])
    await ask(client, ['900'])
    made.clock.ms -= 5000
    expect(made.seen.slice(before)).toEqual([{ type: 'work-order-contract', id: '900' }])
  })
})

describe('one link', () => {
  it('shows both sides, the source line and its history by link id and by item', async () => {
    const byId = told(await client.call('link', { params: { id: String(link) } }))
    expect(byId).toMatchObject({
      owner: 'tieback',
      connection: { erpCompany: 'Timberline' },
      figures: [{ field: 'original', difference: '10.00' }],
    })
    expect(byId.row).toEqual({
      file: 'commitments.csv',
      line: 12,
      columns: [
        ['Commitment', 'SC-1'],
        ['Description', 'Steel'],
        ['Amount', '90.00'],
      ],
    })
    expect(told(await client.call('link', { params: { id: 'work-order-contract:900' } })).status.link).toBe(String(link))
  })
  it('of a project a person may not see is not there', async () => {
    reaches('no-such-link', codeOf(await scoped.call('link', { params: { id: 'work-order-contract:901' } })))
    expect(codeOf(await scoped.call('resync', { params: { id: 'work-order-contract:901' }, body: {} }))).toBe('no-such-link')
    expect(made.asked).toEqual([])
  })
  it('is not checked, unlinked or undone where nothing is tied: a page of yesterday may still offer that', async () => {
    const params = { id: 'work-order-contract:77' }
    reaches('not-linked', codeOf(await client.call('resync', { params, body: {} })))
    expect(codeOf(await client.call('relink', { params, body: {} }))).toBe('not-linked')
    expect(codeOf(await client.call('readFirst', { params }))).toBe('not-linked')
  })
  it('is checked now on request', async () => {
    expect(told(await client.call('resync', { params: { id: String(link) }, body: {} }))).toEqual({ run: '7' })
    expect(made.asked).toContain(`resync ${link}`)
  })
  it('a match is confirmed by a person, or refused with a reason', async () => {
    const right = await client.call('confirmMatch', {
      params: { id: String(link) },
      body: { item: { type: 'work-order-contract', id: '900' } },
    })
    expect(told(right).id).toBe('900')
    const wrong = await client.call('confirmMatch', {
      params: { id: String(link) },
      body: { item: { type: 'work-order-contract', id: 'taken' } },
    })
    expect(codeOf(wrong)).toBe('match-ambiguous')
  })
})

it('a pair that differs says in which fields, and when both never agreed', async () => {
  await made.transact(({ raw }) => {
    raw.prepare('update links set differs = ? where record = 2').run('{"fields":["original","closed"],"neverAgreed":true,"sides":"a b"}')
  })
  const items = ['900', '901'].map((id) => ({ type: 'work-order-contract' as const, id }))
  const answer = told(await client.call('status', { body: { company: '4711', items } }))
  expect(answer.items.map(({ id, fields, neverAgreed }) => [id, fields, neverAgreed])).toEqual([
    ['900', undefined, undefined],
    ['901', ['original', 'closed'], true],
  ])
})

describe('lists', () => {
  it('problems come as one group per cause, counted', async () => {
    const { groups, total } = told(await client.call('problems', { query: {} }))
    expect(total).toBe(1)
    expect(groups).toEqual([expect.objectContaining({ cause: 'long:V-1', count: 1, items: [{ type: 'vendor', id: '77', key: 'V-1' }] })])
    expect(told(await client.call('retryProblems', { body: { cause: 'long:V-1' } }))).toEqual({ retried: 3 })
  })
  it('runs, newest first, and one with what it would have written while watching only', async () => {
    await made.transact(async ({ db }) => {
      const run = {
        connection: company,
        entity: 'commitments',
        kind: 'file',
        started_at: 1,
        ended_at: 2,
        state: 'done',
        file: 1,
        started_by: null,
        counts: '{"rows":3}',
      }
      await db
        .insertInto('runs')
        .values([run, { ...run, kind: 'poll' }])
        .execute()
    })
    expect(told(await client.call('runs', { query: { limit: 1 } })).runs).toEqual([
      expect.objectContaining({ id: '2', kind: 'poll', counts: { rows: 3 } }),
    ])
    expect(told(await client.call('runs', { query: { before: 2 } })).runs).toEqual([expect.objectContaining({ id: '1', kind: 'file' })])
    const one = told(await client.call('run', { params: { id: '1' } }))
    expect(one.run.file).toBe('commitments.csv')
    expect(one.wouldWrite).toEqual([{ key: 'SC-1', op: 'update', body: { title: 'Steel' } }])
  })
  it('runs by day, also days without any, in the agent’s own calendar', async () => {
    const day = 86_400_000
    const today = made.clock.ms
    await made.transact(async ({ db }) => {
      const run = { connection: company, entity: null, kind: 'file', ended_at: null, file: null, started_by: null }
      await db
        .insertInto('runs')
        .values([
          { ...run, started_at: today, state: 'done', counts: '{"rows":1200}' },
          { ...run, started_at: today - 2 * day, state: 'failed', counts: '{"code":"file-unreadable"}' },
          { ...run, started_at: today - 2 * day, state: 'done', counts: '{"rows":3}' },
          { ...run, started_at: today - 40 * day, state: 'done', counts: '{"rows":9}' },
        ])
        .execute()
    })
    expect(told(await client.call('runDays', { query: { days: 3 } }))).toEqual({
      days: [
        { day: '2026-11-18', runs: 2, failed: 1, rows: 3 },
        { day: '2026-11-19', runs: 0, failed: 0, rows: 0 },
        { day: '2026-11-20', runs: 1, failed: 0, rows: 1200 },
      ],
      asOf: '2026-11-20T14:00:00.000Z',
    })
    expect(codeOf(await client.call('runDays', { query: { days: 91 } }))).toBe('request-refused')
  })
  it('schedule entries, and one run now', async () => {
    expect(told(await client.call('schedule')).entries).toHaveLength(1)
    expect(told(await client.call('runNow', { params: { id: '1:files' }, body: {} }))).toEqual({ run: '8' })
    reaches('request-refused', codeOf(await client.call('runNow', { params: { id: 'none' }, body: {} })))
  })
})

describe('what a badge is read from', () => {
  const badge = (id: string) => made.agent.reader.raw.prepare('SELECT record, state, problem, key FROM badges WHERE item_id = ?').all(id)
  it('follows its link: state, problem, another item, none at all', async () => {
    const record = await made.link(company, {
      entity: 'commitments',
      key: 'SC-9',
      type: 'work-order-contract',
      id: '990',
      state: 'synced',
      project: '31',
    })
    expect(badge('990')).toEqual([expect.objectContaining({ record, key: 'SC-9', problem: null })])
    await made.transact(({ raw }) => raw.prepare('update links set state = 6, problem = 1 where record = ?').run(record))
    expect(badge('990')).toEqual([expect.objectContaining({ state: 6, problem: 1 })])
    await made.transact(({ raw }) => raw.prepare("update links set item_id = '991' where record = ?").run(record))
    expect([badge('990').length, badge('991').length]).toEqual([0, 1])
    await made.transact(({ raw }) => raw.prepare('update links set item_id = null, item_type = null where record = ?').run(record))
    expect(badge('991')).toEqual([])
    await made.transact(({ raw }) => raw.prepare("update links set item_type = 0, item_id = '992' where record = ?").run(record))
    expect(badge('992')).toHaveLength(1)
    await made.transact(({ raw }) => raw.prepare('delete from links where record = ?').run(record))
    expect(badge('992')).toEqual([])
  })
  it('“Procore as of” is when its list was last asked for that project', async () => {
    await made.transact(({ raw, now }) =>
      raw
        .prepare("insert into polls (connection, list, project, read_at) values (?, 'work-order-contracts', '31', ?)")
        .run(company, now() - 5000),
    )
    const items = [{ type: 'work-order-contract' as const, id: '900', project: '31' }]
    expect(told(await client.call('status', { body: { company: '4711', items } })).items[0]?.procoreAsOf).toBe('2026-11-20T13:59:55.000Z')
  })
})
