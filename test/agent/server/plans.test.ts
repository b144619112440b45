import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../../../shared/agent-link/client.ts'
import { codeOf, makeWire, pairedClient, told } from './browser.ts'
import { type MadeAgent, makeAgent } from './made-agent.ts'

let made: MadeAgent
let admin: Client
let id: string

beforeAll(async () => {
  made = await makeAgent()
  id = String(await made.connection())
  admin = await pairedClient(made.url, await made.code('admin', null, 'ada@example.com'), await makeWire())
})
afterAll(() => made.stop())

const body = () => ({ depth: 'deep' as const, since: null, scope: [{ connection: id, entities: ['vendors' as const] }] })

describe('plans', () => {
  it('say what one may be made of, and are shown with who asked', async () => {
    const { connections } = told(await admin.call('plans'))
    expect(connections).toMatchObject([{ id, problem: null }])
    expect(connections[0]?.kinds.find(({ entity }) => entity === 'jc-transactions')).toMatchObject({ dated: true })
    expect(connections[0]?.kinds.map(({ entity }) => entity)).not.toContain('commitment-items')
    const { plan } = told(await admin.call('askPlan', { body: body() }))
    const shown = told(await admin.call('plan', { params: { id: plan } })).plan
    expect(shown).toMatchObject({
      id: plan,
      state: 'reading',
      depth: 'deep',
      since: null,
      progress: { done: 0, perMinute: null, etaMs: null },
    })
    expect(shown.askedBy).not.toBeNull()
    expect(told(await admin.call('planRows', { params: { id: plan }, query: { connection: id, entity: 'vendors', what: 'new' } }))).toEqual(
      {
        ...{ rows: [], next: null, hidden: 0 },
      },
    )
    expect(told(await admin.call('movePlan', { params: { id: plan }, body: { to: 'stopped' } }))).toEqual({ plan })
  })

  it('are not made of nothing, nor of what only belongs to other records', async () => {
    const parts = { ...body(), scope: [{ connection: id, entities: ['commitment-items' as const] }] }
    expect(codeOf(await admin.call('askPlan', { body: parts }))).toBe('plan-empty')
    expect(codeOf(await admin.call('plan', { params: { id: '99' } }))).toBe('request-refused')
  })

  it('are an admin’s; what lies in projects that are not theirs is counted, and goes on nobody’s word but of who sees it', async () => {
    const accountant = await pairedClient(made.url, await made.code('accountant', null, 'acc@example.com'), await makeWire())
    expect(codeOf(await accountant.call('plans'))).toBe('role-missing')
    const { plan } = told(await admin.call('askPlan', { body: body() }))
    for (const key of ['A-1', 'A-2']) await made.link(Number(id), { entity: 'vendors', key, type: 'vendor', id: key, state: 'synced' })
    await made.transact(({ raw }) => {
      raw.exec(`update plans set state = 'ready', found = '[]' where id = ${plan}`)
      const put = raw.prepare(
        "insert into plan_rows (plan, record, connection, entity, what, op, place) values (?, ?, ?, 'vendors', 0, 0, ?)",
      )
      for (const [n, row] of raw.prepare('select id from records order by id limit 2').all().entries())
        put.run(Number(plan), Number(row['id']), Number(id), n === 0 ? '' : '8')
    })
    const some = await pairedClient(made.url, await made.code('admin', ['7'], 'some@example.com'), await makeWire())
    expect(told(await some.call('plan', { params: { id: plan } })).plan.groups).toMatchObject([{ what: 'new', rows: 2, others: 1 }])
    const query = { connection: id, entity: 'vendors' as const, what: 'new' as const }
    expect(told(await some.call('planRows', { params: { id: plan }, query }))).toMatchObject({ rows: [{ state: 'listed' }], hidden: 1 })
    const groups = [query]
    expect(told(await some.call('approvePlan', { params: { id: plan }, body: { groups } }))).toEqual({ rows: 1 })
    expect(made.agent.reader.raw.prepare('select count(*) as n from outbox where plan = ?').get(Number(plan))).toMatchObject({ n: 1 })
  })
})
