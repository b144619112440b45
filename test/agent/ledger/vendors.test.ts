import { expect, test } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import { wouldWrite } from '../../../agent/ledger/would-write.ts'
import { reaches } from '../../support/reaches.ts'
import { admin, openCompany, type TestCompany, vendorsCsv } from './company.ts'

const acme = ['A1', 'Acme Drywall', '12 Main St', 'Salem', 'OR', '97301', '5035550100']
const same = { name: 'Acme Drywall', address: '12 Main St', city: 'Salem', state_code: 'OR', zip: '97301', business_phone: '5035550100' }
const open = (company: TestCompany) => company.rows('select code from problems where closed_at is null').map(({ code }) => code)
const write = (company: TestCompany, creating = false, writing = true) =>
  company.transact((tx) =>
    company.command.setWriting(tx, { connection: company.connection, entity: 'vendors', writing, creating, by: admin }),
  )

test('watch only: states and the dry run, and not one row that could be sent', async () => {
  const company = await openCompany()
  await company.seen('vendor', [{ id: '501', originCode: 'A1', content: same }])
  const { run } = await company.drop('vendors.csv', vendorsCsv(acme, ['B2', 'Bolt Steel']))
  expect(company.links('vendors').map(({ state, item }) => [state, item])).toEqual([
    ['synced', '501'],
    ['not-linked', null],
  ])
  expect(company.outbox()).toEqual([])
  expect(wouldWrite(company.raw, kinds, run)).toEqual([
    { key: 'A1', op: 'link', body: {} },
    { key: 'B2', op: 'create', body: { name: 'Bolt Steel', origin_code: 'B2' } },
  ])
})

test('switching writing on queues what is outstanding, creating only when told; off takes back what nobody has seen', async () => {
  const company = await openCompany()
  await company.seen('vendor', [{ id: '501', originCode: 'A1', content: same }])
  await company.drop('vendors.csv', vendorsCsv(acme, ['B2', 'Bolt Steel']))
  await write(company)
  expect(company.outbox()).toEqual([{ key: 'A1', op: 'link', state: 'waiting' }])
  await write(company, true)
  expect(company.outbox()).toEqual([
    { key: 'A1', op: 'link', state: 'waiting' },
    { key: 'B2', op: 'create', state: 'waiting' },
  ])
  expect(company.state('vendors', 'B2')).toBe('ready-to-send')
  await write(company, false, false)
  expect(company.outbox()).toEqual([])
  expect(company.state('vendors', 'B2')).toBe('not-linked')
  expect(company.rows('select act from audit order by id').map(({ act }) => act)).toEqual([
    'connection-added',
    'writing-set',
    'writing-set',
    'writing-set',
  ])
})

test('with Procore’s own connector as owner nothing is ever queued, and its owners are not foreign', async () => {
  const company = await openCompany({ owner: 'procore' })
  await company.seen('vendor', [{ id: '501', originCode: 'A1', originId: 'theirs-1', content: same }])
  await company.drop('vendors.csv', vendorsCsv(acme, ['B2', 'Bolt Steel']))
  await write(company, true)
  expect(company.outbox()).toEqual([])
  expect(company.links('vendors').map(({ state }) => state)).toEqual(['synced', 'not-linked'])
})

test('an item of another integration is foreign and never written', async () => {
  const company = await openCompany()
  await company.seen('vendor', [{ id: '501', originCode: 'A1', originId: 'otherlink-7', content: same }])
  await company.drop('vendors.csv', vendorsCsv(acme))
  await write(company, true)
  expect(company.links('vendors').map(({ state, item }) => [state, item])).toEqual([['foreign', '501']])
  expect(company.outbox()).toEqual([])
})

test('an owner cleared or stolen between two looks is one problem, and nothing is written', async () => {
  const company = await openCompany()
  const ours = `${company.key}:vendors:A1`
  await company.seen('vendor', [{ id: '501', originCode: 'A1', originId: ours, content: same }])
  await company.drop('vendors.csv', vendorsCsv(acme))
  await write(company, true)
  expect(company.state('vendors', 'A1')).toBe('synced')
  await company.seen('vendor', [{ id: '501', originCode: 'A1', originId: null, content: same }])
  expect([company.state('vendors', 'A1'), open(company)]).toEqual(['failed', ['owner-lost']])
  reaches('owner-lost', open(company))
  await company.drop('vendors.csv', vendorsCsv([...acme.slice(0, 6), '5035550199']))
  await company.seen('vendor', [{ id: '501', originCode: 'A1', originId: 'otherlink-7', content: same }])
  expect([company.state('vendors', 'A1'), open(company)]).toEqual(['foreign', ['owner-lost']])
  expect(company.outbox()).toEqual([])
  await company.seen('vendor', [{ id: '501', originCode: 'A1', originId: ours, content: { ...same, business_phone: '5035550199' } }])
  expect([company.state('vendors', 'A1'), open(company)]).toEqual(['synced', []])
})

test('a vendor of the same name waits for a person, and is not created meanwhile; confirming links it', async () => {
  const company = await openCompany()
  await company.seen('vendor', [{ id: '501', content: { name: 'ACME Drywall, Inc.' } }])
  await company.drop('vendors.csv', vendorsCsv(acme))
  await write(company, true)
  expect([company.state('vendors', 'A1'), open(company), company.outbox()]).toEqual(['not-linked', ['match-to-confirm'], []])
  reaches('match-to-confirm', open(company))
  const [{ record } = { record: 0 }] = company.links('vendors')
  const said = await company.transact((tx) =>
    company.command.confirmMatch(tx, { record, item: { type: 'vendor', id: '501' }, by: { person: 3, origin: 'cli' } }),
  )
  expect(said).toBeNull()
  expect(company.links('vendors')[0]?.item).toBe('501')
  expect(open(company)).toEqual([])
  expect(company.outbox()).toEqual([{ key: 'A1', op: 'link', state: 'waiting' }])
  expect(company.rows("select person, subject from audit where act = 'match-confirmed'")).toEqual([
    { person: 3, subject: `link:${record}` },
  ])
})

test('an item already tied cannot be tied again', async () => {
  const company = await openCompany()
  await company.seen('vendor', [{ id: '501', originCode: 'A1', content: same }])
  await company.drop('vendors.csv', vendorsCsv(acme, ['B2', 'Bolt']))
  const [, other] = company.links('vendors')
  const said = await company.transact((tx) =>
    company.command.confirmMatch(tx, { record: other?.record ?? 0, item: { type: 'vendor', id: '501' }, by: admin }),
  )
  expect(said?.params).toEqual({ item: 'Acme Drywall' })
  reaches('match-taken', said?.code)
  expect(company.links('vendors')[1]?.item).toBeNull()
})

test('a vendor deleted in Procore leaves its record an orphan; a whole list tells it', async () => {
  const company = await openCompany()
  await company.seen('vendor', [
    { id: '501', originCode: 'A1', content: same },
    { id: '502', content: { name: 'Other' } },
  ])
  await company.drop('vendors.csv', vendorsCsv(acme))
  await company.seen('vendor', [{ id: '502', content: { name: 'Other' } }])
  expect(company.state('vendors', 'A1')).toBe('orphan')
})

test('a changed vendor of ours is queued once, however often the file comes', async () => {
  const company = await openCompany()
  await company.seen('vendor', [{ id: '501', originCode: 'A1', originId: `${company.key}:vendors:A1`, content: same }])
  await company.drop('vendors.csv', vendorsCsv(acme))
  await write(company)
  await company.drop('vendors.csv', vendorsCsv([...acme.slice(0, 6), '5035550199']))
  await company.drop('vendors.csv', vendorsCsv([...acme.slice(0, 6), '5035550200']))
  expect(company.outbox()).toEqual([{ key: 'A1', op: 'update', state: 'waiting' }])
  await company.drop('vendors.csv', vendorsCsv(acme))
  expect(company.outbox()).toEqual([])
  expect(company.state('vendors', 'A1')).toBe('synced')
})

test('what the ERP fills in where both sides were empty is a change of the ERP, and goes', async () => {
  const { business_phone: _none, ...bare } = same
  const company = await openCompany()
  await company.seen('vendor', [{ id: '501', originCode: 'A1', originId: `${company.key}:vendors:A1`, content: bare }])
  await company.drop('vendors.csv', vendorsCsv([...acme.slice(0, 6), '']))
  await write(company)
  expect(company.state('vendors', 'A1')).toBe('synced')
  await company.drop('vendors.csv', vendorsCsv(acme))
  expect(company.outbox()).toEqual([{ key: 'A1', op: 'update', state: 'waiting' }])
  expect(company.state('vendors', 'A1')).toBe('changed-in-erp')
})

test('an item that carries our origin_id is ours whatever it is called: a lost answer, or a ledger made anew', async () => {
  const company = await openCompany()
  await company.drop('vendors.csv', vendorsCsv(acme))
  await company.seen('vendor', [{ id: '777', originId: `${company.key}:vendors:A1`, content: { ...same, name: 'Renamed' } }])
  expect(company.links('vendors')).toMatchObject([{ item: '777', state: 'changed-in-both' }])
  expect(company.rows('select tied from links')).toEqual([{ tied: 1 }])
})

test('tax numbers are kept as keyed hashes only', async () => {
  const company = await openCompany()
  await company.seen('vendor', [{ id: '501', content: { ...same, tax_id: '12-3456789' } }])
  const [row] = company.rows('select content from items')
  expect(String(row?.['content'])).not.toContain('3456789')
  expect(JSON.parse(String(row?.['content']))['tax_id']).toMatch(/^[0-9a-f]{32}$/)
})
