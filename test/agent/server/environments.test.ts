import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../../../shared/agent-link/client.ts'
import { reaches } from '../../support/reaches.ts'
import { clientOf, codeOf, told } from './browser.ts'
import { type MadeAgent, makeAgent } from './made-agent.ts'

/** One company, in production and in its monthly copy: the same item, tied by each connection to a record of its own. */
let made: MadeAgent
let client: Client
const records = { production: 0, monthly: 0 }
const id = 'work-order-contract:900'

beforeAll(async () => {
  made = await makeAgent()
  for (const environment of ['production', 'monthly'] as const) {
    const connection = await made.connection(environment)
    await made.transact(({ raw }) => {
      raw
        .prepare(
          "update connections set procore_company = '4711', settings = json_set(settings, '$.procore', json_object('environment', ?)) where id = ?",
        )
        .run(environment, connection)
      raw
        .prepare("insert into polls (connection, list, project, read_at, full_at) values (?, 'work-order-contracts', '31', 1, 1)")
        .run(connection)
    })
    const state = environment === 'production' ? 'synced' : 'gone-from-erp'
    const link = { entity: 'commitments', type: 'work-order-contract', project: '31', id: '900', key: environment, state } as const
    records[environment] = await made.link(connection, link)
  }
  client = await clientOf(made)
})
afterAll(async () => {
  expect(made.faults).toEqual([])
  await made.stop()
})

const statusOn = async (environment?: 'production' | 'monthly' | 'sandbox') => {
  const body = { company: '4711', items: [{ type: 'work-order-contract' as const, id: '900' }] }
  const [item] = told(await client.call('status', { body, ...(environment ? { environment } : {}) })).items
  return [item?.link, item?.erpKey, item?.state]
}
const listOn = async (environment: 'production' | 'monthly') =>
  told(await client.call('lists', { body: { company: '4711', project: '31', types: ['work-order-contract'] }, environment })).counts

describe('an agent of production and of its monthly copy', () => {
  it('shows each page the record of its own Procore', async () => {
    expect(await statusOn('monthly')).toEqual([String(records.monthly), 'monthly', 'gone-from-erp'])
    expect(await statusOn('production')).toEqual([String(records.production), 'production', 'synced'])
    expect(await statusOn()).toEqual(await statusOn('production'))
  })
  it('opens, checks and tells the history of the record of the page’s own Procore', async () => {
    const link = async (environment?: 'monthly') =>
      told(await client.call('link', { params: { id }, ...(environment ? { environment } : {}) })).status.link
    expect([await link('monthly'), await link()]).toEqual([String(records.monthly), String(records.production)])
    await client.call('resync', { params: { id }, environment: 'monthly' })
    expect(made.asked.at(-1)).toBe(`resync ${records.monthly}`)
    await client.call('resync', { params: { id }, environment: 'production' })
    expect(made.asked.at(-1)).toBe(`resync ${records.production}`)
  })
  it('counts and finds in the page’s own Procore alone', async () => {
    expect([await listOn('monthly'), await listOn('production')]).toEqual([{ gone: 1 }, { agree: 1 }])
    const found = told(await client.call('find', { query: { text: 'monthly', company: '4711' }, environment: 'production' }))
    expect(Object.values(found.connections).map(({ name }) => name)).toHaveLength(1)
    expect(found.hits).toEqual([])
  })
  it('does not know the link of the other by its number, and ties nothing across', async () => {
    const params = { id: String(records.production) }
    const item = { type: 'work-order-contract' as const, id: '900' }
    expect(codeOf(await client.call('link', { params, environment: 'monthly' }))).toBe('no-such-link')
    expect(codeOf(await client.call('confirmMatch', { params, body: { item }, environment: 'monthly' }))).toBe('no-such-link')
    expect(made.asked.filter((one) => one.startsWith('confirm'))).toEqual([])
  })
  it('refuses pages of a Procore it does not reach', async () => {
    const body = { company: '4711', items: [] }
    reaches('wrong-environment', codeOf(await client.call('status', { body, environment: 'sandbox' })))
    const matched = { company: '4711', entity: 'commitments' as const, atLeast: 0.9, look: true }
    expect(codeOf(await client.call('matches', { body: matched, environment: 'sandbox' }))).toBe('wrong-environment')
    expect(codeOf(await client.call('resync', { params: { id }, environment: 'sandbox' }))).toBe('wrong-environment')
  })
})
