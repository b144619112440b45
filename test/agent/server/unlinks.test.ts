import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Client } from '../../../shared/agent-link/client.ts'
import { itemTypes } from '../../../shared/item.ts'
import { reaches } from '../../support/reaches.ts'
import { clientOf, codeOf, told } from './browser.ts'
import { type MadeAgent, makeAgent } from './made-agent.ts'

let made: MadeAgent
let everything: Client
let scoped: Client
let other: Client
let viewer: Client
/** Links of a commitment each, in projects 31 and 32. */
let here = 0
let there = 0
/** Links of a change order and an invoice on the first, and of a change order whose commitment nobody knows. */
let under: number[] = []

beforeAll(async () => {
  made = await makeAgent()
  const company = await made.connection()
  const contract = { entity: 'commitments', type: 'work-order-contract', state: 'synced' } as const
  here = await made.link(company, { ...contract, key: 'SC-1', id: '901', project: '31' })
  there = await made.link(company, { ...contract, key: 'SC-9', id: '909', project: '32' })
  const order = { entity: 'commitment-cos', type: 'commitment-change-order', state: 'synced', project: '31' } as const
  under = [
    await made.link(company, { ...order, key: 'SC-1|1', id: '77' }),
    await made.link(company, { entity: 'ap-invoices', type: 'requisition', state: 'synced', key: 'I-1', id: '78', project: '31' }),
    await made.link(company, { ...order, key: 'SC-7|1', id: '79' }),
  ]
  await made.transact((tx) => {
    const put = tx.raw.prepare('UPDATE items SET content = ? WHERE type = ? AND id = ?')
    put.run(JSON.stringify({ contract_id: '901' }), itemTypes.indexOf('commitment-change-order'), '77')
    put.run(JSON.stringify({ commitment_id: '901' }), itemTypes.indexOf('requisition'), '78')
    put.run(JSON.stringify({ contract_id: '907' }), itemTypes.indexOf('commitment-change-order'), '79')
  })
  const join = async (role: 'admin' | 'viewer', scope: string[] | null, name: string) => clientOf(made, role, scope, `${name}@example.com`)
  everything = await join('admin', null, 'all')
  scoped = await join('admin', ['31'], 'library')
  other = await join('admin', ['32'], 'school')
  viewer = await join('viewer', null, 'site')
})
afterAll(async () => {
  expect(made.faults).toEqual([])
  await made.stop()
})

const both = () => ({ entries: [here, there].map((link) => ({ link: String(link), forecast: 'seen' })) })

/** As the single unlink does, it says which project is missing, and nothing else of the item. */
const untold = { key: null, id: null, type: null, project: null, parent: null, forecast: null }

it('a link of a project that is not theirs is told as not there, whoever names it', async () => {
  const { id, entries } = told(await scoped.call('askUnlinks', { body: both() }))
  expect(entries).toMatchObject([
    { key: 'SC-1', type: 'work-order-contract', project: '31' },
    { ...untold, state: 'refused', problem: { code: 'scope-missing' } },
  ])
  expect(told(await scoped.call('unlinkBatch', { params: { id } })).entries).toEqual(entries)
  expect(told(await everything.call('unlinkBatch', { params: { id } })).id).toBe(id)
  expect(codeOf(await other.call('unlinkBatch', { params: { id } }))).toBe('request-refused')
})

it('nobody below the role that may unlink asks for many or looks at them', async () => {
  expect(codeOf(await viewer.call('askUnlinks', { body: both() }))).toBe('role-missing')
  expect(codeOf(await viewer.call('readyUnlinks', { query: { types: 'vendor' } }))).toBe('role-missing')
  expect(codeOf(await viewer.call('unlinkBatch', { params: { id: '1' } }))).toBe('role-missing')
})

it('more than 500 at once, none at all, or a kind nobody knows is refused whole', async () => {
  const entries = Array.from({ length: 501 }, () => ({ link: String(here), forecast: 'seen' }))
  const before = told(await everything.call('askUnlinks', { body: both() })).id
  expect(codeOf(await everything.call('askUnlinks', { body: { entries } }))).toBe('request-refused')
  expect(codeOf(await everything.call('askUnlinks', { body: { entries: [] } }))).toBe('request-refused')
  const all = { all: 'ready', company: null, types: ['vendor'] } as unknown as ReturnType<typeof both>
  expect(codeOf(await everything.call('askUnlinks', { body: all }))).toBe('request-refused') // nothing nobody was shown
  expect(codeOf(await everything.call('readyUnlinks', { query: { types: 'vendor,ghost' } }))).toBe('request-refused')
  expect(codeOf(await everything.call('unlinkBatch', { params: { id: String(Number(before) + 1) } }))).toBe('request-refused')
})

it('while a newer export is being read nothing is begun, and that is said', async () => {
  const { unlinks } = made.agent
  try {
    made.agent.unlinks = async () => null
    const code = codeOf(await everything.call('askUnlinks', { body: both() }))
    reaches('export-being-read', code)
  } finally {
    made.agent.unlinks = unlinks
  }
})

it('what stands on a contract names it, for its page is below it; null where that contract is not known', async () => {
  const contract = { type: 'work-order-contract', id: '901' }
  const links = await Promise.all(under.map(async (link) => told(await everything.call('link', { params: { id: String(link) } })).parent))
  expect(links).toEqual([contract, contract, null])
  const entries = [...under, here].map((link) => ({ link: String(link), forecast: 'seen' }))
  const batch = told(await everything.call('askUnlinks', { body: { entries } }))
  expect(batch.entries.map(({ parent }) => parent)).toEqual([contract, contract, null, null])
})
