import { expect, test } from 'vitest'
import { applyPreset, presets } from '../../../shared/mapping/presets.ts'
import { defaultTicks, type Ticks, ticksText, withEntity, withField } from '../../../shared/mapping/ticks.ts'
import { admin, openCompany, type TestCompany, vendorsCsv } from './company.ts'

const acme = ['A1', 'Acme Drywall', '12 Main St', 'Salem', 'OR', '97301', '5035550100']
const same = { name: 'Acme Drywall', address: '12 Main St', city: 'Salem', state_code: 'OR', zip: '97301', business_phone: '5035550100' }

const save = (company: TestCompany, ticks: Ticks, basedOn: number) =>
  company.transact((tx) =>
    company.command.saveMapping(tx, { connection: company.connection, basedOn, content: ticksText(ticks), by: admin }),
  )
const back = (company: TestCompany, to: number, basedOn: number) =>
  company.transact((tx) => company.command.mappingBack(tx, { connection: company.connection, basedOn, to, by: admin }))
const write = (company: TestCompany, creating = false) =>
  company.transact((tx) =>
    company.command.setWriting(tx, { connection: company.connection, entity: 'vendors', writing: true, creating, by: admin }),
  )
const contents = (company: TestCompany) => company.rows('select content, back from mappings order by version')
const without = (field: string): Ticks => withField(defaultTicks(), 'vendors', field, false)

/** Linked, and Procore says another city. */
async function differing() {
  const company = await openCompany()
  await company.seen('vendor', [{ id: '501', originCode: 'A1', content: same }])
  await company.drop('vendors.csv', vendorsCsv(acme))
  expect(company.state('vendors', 'A1')).toBe('synced')
  await company.seen('vendor', [{ id: '501', originCode: 'A1', content: { ...same, city: 'Portland' } }])
  expect(company.state('vendors', 'A1')).toBe('changed-in-procore')
  return company
}

test('a version is kept with who and what, told and audited; the same ticks make none', async () => {
  const company = await openCompany()
  expect(await save(company, without('fax'), 0)).toEqual({ version: 1 })
  expect(await save(company, without('fax'), 1)).toEqual({ version: 1 })
  expect(contents(company)).toEqual([{ content: ticksText(without('fax')), back: null }])
  const [act] = company.rows("select subject, before, after from audit where act = 'mapping-saved'")
  expect(act?.['subject']).toBe(`connection:${company.connection}`)
  expect(JSON.parse(String(act?.['before']))).toMatchObject({ version: 0, ticks: { vendors: { on: true, off: [] } } })
  expect(JSON.parse(String(act?.['after']))).toMatchObject({ version: 1, ticks: { vendors: { on: true, off: ['fax'] } } })
  expect(company.rows("select data from events where kind = 'connection-changed' order by n desc limit 1")[0]?.['data']).toContain(
    '"mapping":1',
  )
})

test('what somebody saved meanwhile is never overwritten', async () => {
  const company = await openCompany()
  await save(company, without('fax'), 0)
  expect(await save(company, without('city'), 0)).toEqual({ moved: 1 })
  expect(await back(company, 0, 0)).toEqual({ moved: 1 })
  expect(contents(company)).toHaveLength(1)
})

test.each(presets.map(({ id }) => id))('%s is undone to the byte, whatever was ticked before', async (id) => {
  const company = await openCompany()
  const before = withEntity(withField(without('fax'), 'jc-transactions', 'description', false), 'customer', true)
  const preset = presets.find((one) => one.id === id)
  await save(company, before, 0)
  await save(company, applyPreset(before, preset as (typeof presets)[number]), 1)
  expect(await back(company, 1, 2)).toEqual({ version: 3 })
  const [first, second, third] = contents(company)
  expect(second?.['content']).not.toBe(first?.['content'])
  expect(third).toEqual({ content: first?.['content'], back: 1 })
  expect(company.rows("select count(*) as acts from audit where act = 'mapping-back'")).toEqual([{ acts: 1 }])
})

test('version 0 is how every connection starts', async () => {
  const company = await openCompany()
  await save(company, without('fax'), 0)
  expect(await back(company, 0, 1)).toEqual({ version: 2 })
  expect(contents(company)[1]).toEqual({ content: ticksText(defaultTicks()), back: 0 })
  expect(await back(company, 7, 2)).toBeNull()
  expect(await company.transact((tx) => company.command.mappingBack(tx, { connection: 99, basedOn: 0, to: 0, by: admin }))).toBeNull()
})

test('a field that differs and is unticked holds nothing against the pair any more; ticked again it does, and nobody says whose change it was', async () => {
  const company = await differing()
  await save(company, without('city'), 0)
  expect(company.state('vendors', 'A1')).toBe('synced')
  await back(company, 0, 1)
  expect(company.state('vendors', 'A1')).toBe('changed-in-both')
})

test('unticking another field does not make a change of Procore’s look like one of both', async () => {
  const company = await differing()
  await save(company, without('phone'), 0)
  expect(company.state('vendors', 'A1')).toBe('changed-in-procore')
})

test('an unticked field that changes in the ERP queues nothing, and no change sends it', async () => {
  const company = await openCompany()
  await company.seen('vendor', [{ id: '501', originCode: 'A1', originId: `${company.key}:vendors:A1`, content: same }])
  await company.drop('vendors.csv', vendorsCsv(acme))
  await write(company)
  await save(company, without('phone'), 0)
  const moved = (phone: string, city: string) => vendorsCsv([...acme.slice(0, 3), city, 'OR', '97301', phone])
  await company.drop('vendors.csv', moved('5035550199', 'Salem'))
  expect(company.state('vendors', 'A1')).toBe('synced')
  expect(company.outbox()).toEqual([])
  await company.drop('vendors.csv', moved('5035550199', 'Bend'))
  expect(company.outbox()).toEqual([{ key: 'A1', op: 'update', state: 'waiting' }])
})

test('a kind that is unticked whole is compared with nothing, and what waited to be sent is taken back; ticked again it waits again', async () => {
  const company = await openCompany()
  await company.seen('vendor', [{ id: '501', originCode: 'A1', content: same }])
  await company.drop('vendors.csv', vendorsCsv(acme, ['B2', 'Bolt Steel']))
  await write(company, true)
  expect(company.outbox().map(({ key, op }) => [key, op])).toEqual([
    ['A1', 'link'],
    ['B2', 'create'],
  ])
  await save(company, withEntity(defaultTicks(), 'vendors', false), 0)
  expect(company.outbox()).toEqual([])
  expect(company.links('vendors').map(({ state }) => state)).toEqual(['not-compared', 'not-linked'])
  await company.drop('vendors.csv', vendorsCsv(acme, ['B2', 'Bolt Steel'], ['C3', 'Cedar Mill']))
  expect(company.outbox()).toEqual([])
  expect(company.state('vendors', 'C3')).toBe('not-linked')
  await save(company, defaultTicks(), 1)
  expect(company.outbox().map(({ key, op }) => [key, op])).toEqual([
    ['A1', 'link'],
    ['B2', 'create'],
    ['C3', 'create'],
  ])
  expect(company.links('vendors').map(({ state }) => state)).toEqual(['synced', 'ready-to-send', 'ready-to-send'])
})
