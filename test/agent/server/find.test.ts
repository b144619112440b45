import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import { keepItemTerms, keepRecordTerms } from '../../../agent/ledger/find-terms.ts'
import type { Client } from '../../../shared/agent-link/client.ts'
import { type ItemType, itemTypes } from '../../../shared/item.ts'
import { clientOf, codeOf, told } from './browser.ts'
import { type MadeAgent, makeAgent } from './made-agent.ts'

let made: MadeAgent
let client: Client
let scoped: Client
let connection = 0

/** An item as a reading of Procore stores it. */
const item = (type: ItemType, id: string, project: string | null, content: Record<string, string>, originCode: string | null = null) =>
  made.transact((tx) => {
    tx.raw
      .prepare(
        'insert into items (type, id, connection, project, origin_code, content, seen_at) values (?, ?, ?, ?, ?, ?, 1) on conflict do update set project = excluded.project, content = excluded.content, origin_code = excluded.origin_code',
      )
      .run(itemTypes.indexOf(type), id, connection, project, originCode, JSON.stringify(content))
    keepItemTerms(tx, connection, { type, id, project, originId: null, originCode, updatedAt: null, deletedAt: null, content })
  })

/** A record as a take leaves it; without an item unless it has one. */
async function record(
  entity: 'vendors' | 'jobs' | 'commitments' | 'ap-payments',
  values: string[],
  tied: { type: ItemType; id: string } | null = null,
) {
  const [key = ''] = values
  const id = await made.link(connection, {
    entity,
    key,
    type: tied?.type ?? 'vendor',
    id: tied?.id ?? `none-${key}`,
    state: tied ? 'synced' : 'not-linked',
  })
  await made.transact((tx) => {
    tx.raw.prepare('update records set content = ?, line = 7 where id = ?').run(JSON.stringify(values), id)
    if (!tied) tx.raw.prepare('update links set item_type = null, item_id = null where record = ?').run(id)
    if (!tied) tx.raw.prepare('delete from items where id = ?').run(`none-${key}`)
    const source = Number(tx.raw.prepare('select source from records where id = ?').get(id)?.['source'])
    keepRecordTerms(tx, kinds[entity], source, [id])
  })
  return id
}

beforeAll(async () => {
  made = await makeAgent()
  connection = await made.connection()
  await record('jobs', ['24-1001', 'Harbor Street Library'], { type: 'project', id: '31' })
  await item('project', '31', null, { project_number: '24-1001', name: 'Harbor Street Library' })
  await record('commitments', ['SC-1042', 'Steel', 'LARCH', '24-1001'], { type: 'work-order-contract', id: '900' })
  await item('work-order-contract', '900', '31', { number: 'SC-1042', title: 'Structural steel' })
  await item('work-order-contract', '901', '32', { number: 'SC-10420', title: 'Elsewhere' })
  await item('requisition', '70', '31', { number: '3', invoice_number: 'INV-77', commitment_id: '900' })
  await item('direct-cost', '80', '31', { invoice_number: '0077', description: 'Fence' })
  await item('contract-payment', '90', '31', { check_number: '55501', contract_id: '900' })
  await record('vendors', ['LARCH', 'Larch Paving LLC'], { type: 'vendor', id: '500' })
  await item('vendor', '500', null, { name: 'Larch Paving LLC' }, 'LARCH')
  await record('vendors', ['DUNLIN', 'Dunlin Insulation'])
  await record('commitments', ['SC-2000', 'Roof', 'LARCH', '24-1001'])
  await record('commitments', ['SC-2001', 'Roof', 'LARCH', '99-9999'])
  client = await clientOf(made)
  scoped = await clientOf(made, 'viewer', ['31'], 'pm@example.com')
})
afterAll(async () => {
  expect(made.faults).toEqual([])
  await made.stop()
})

const find = async (text: string, who: Client = client) => told(await who.call('find', { query: { company: '4711', text } }))
const named = async (text: string, who: Client = client) =>
  (await find(text, who)).hits.map(({ fits, type, id, erpKey }) => `${fits} ${type ?? 'erp'} ${id ?? erpKey}`)

describe('finding', () => {
  it.each([
    ['a commitment by its number, as typed in a hurry', ' sc-1042 ', 'exact work-order-contract 900'],
    ['a job by its number', '24-1001', 'exact project 31'],
    ['a job by a part of its name', 'street lib', 'contains project 31'],
    ['a vendor by its ERP code', 'larch', 'exact vendor 500'],
    ['a vendor by how its name begins', 'larch pav', 'begins vendor 500'],
    ['an invoice by its number', 'INV-77', 'exact requisition 70'],
    ['a direct cost by its invoice number, zeros kept', '0077', 'exact direct-cost 80'],
    ['a payment by its check number', '55501', 'exact contract-payment 90'],
  ])('%s', async (_what, text, first) => expect((await named(text))[0]).toBe(first))

  it('puts the exact one first and names nothing twice, though Procore and the ERP both call it so', async () => {
    expect(await named('SC-1042')).toEqual(['exact work-order-contract 900', 'begins work-order-contract 901'])
  })
  it('says of a linked item what it is called on both sides', async () => {
    expect((await find('SC-1042')).hits[0]).toMatchObject({
      ...{
        number: 'SC-1042',
        name: 'Structural steel',
        erpKey: 'SC-1042',
        state: 'synced',
        project: '31',
        row: null,
        connection: String(connection),
      },
    })
  })
  it('names the contract below which an invoice’s page stands', async () => {
    expect((await find('INV-77')).hits[0]?.parent).toEqual({ type: 'work-order-contract', id: '900' })
  })
  it('shows a record nothing in Procore is tied to, with its file and line', async () => {
    expect((await find('dunlin ins')).hits).toEqual([
      expect.objectContaining({
        ...{ type: null, id: null, erpKey: 'DUNLIN', entity: 'vendors', state: 'not-linked', name: 'Dunlin Insulation' },
        row: { file: 'vendors.csv', line: 7 },
      }),
    ])
  })
  it('leaves out a record that left the ERP without a partner, and an item Procore deleted', async () => {
    await record('vendors', ['GONE', 'Gone away'])
    await made.transact(({ raw }) => raw.prepare("update records set vanished_at = 5 where key = 'GONE'").run())
    await item('vendor', '501', null, { name: 'Deleted away' })
    await made.transact(({ raw }) => raw.prepare("update items set deleted_at = '2026-11-01' where id = '501'").run())
    expect(await named('away')).toEqual([])
  })
  it('a sign that means something to a search is a sign like any other', async () => {
    expect(await named('%')).toEqual([])
    expect(await named('sc_1042')).toEqual([])
  })
  it('leaves out what a person may not see, on either side', async () => {
    expect(await named('SC-1042', scoped)).toEqual(['exact work-order-contract 900'])
    expect(await named('SC-200', scoped)).toEqual(['begins erp SC-2000'])
    expect(await named('SC-200')).toEqual(['begins erp SC-2000', 'begins erp SC-2001'])
  })
  it('stops at twenty and says that there are more', async () => {
    for (let n = 0; n < 21; n += 1) await item('direct-cost', `many-${n}`, '31', { invoice_number: `MANY-${n}` })
    const { hits, more } = await find('many-')
    expect([hits.length, more]).toEqual([20, true])
    expect((await find('many-20')).more).toBe(false)
  })
  it('another company’s page is told so; without one all are looked through', async () => {
    expect(codeOf(await client.call('find', { query: { company: '9', text: 'x' } }))).toBe('wrong-company')
    expect(told(await client.call('find', { query: { text: 'sc-1042' } })).hits[0]?.id).toBe('900')
  })
})

it('what an item is no longer called finds it no more', async () => {
  await item('vendor', '502', null, { name: 'Old name' })
  await item('vendor', '502', null, { name: 'New name' })
  expect([await named('old name'), await named('new name')]).toEqual([[], ['exact vendor 502']])
})
