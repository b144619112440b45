import { expect, test } from 'vitest'
import { reaches } from '../../support/reaches.ts'
import { admin, commitmentsCsv, itemsCsv, jobsCsv, openCompany, project } from './company.ts'

const subcontract = (id: string, number: string, amount: string, more: Record<string, string> = {}) => ({
  id,
  content: {
    number,
    title: 'Drywall',
    status: 'Approved',
    grand_total: amount,
    approved_change_orders: '0.0',
    revised_contract: amount,
    ...more,
  },
})

async function practice() {
  const company = await openCompany()
  await company.drop('jobs.csv', jobsCsv(['24-1001', 'School', 'In progress']))
  await company.seen('project', [project('9', '24-1001')])
  return company
}

const items = itemsCsv(
  ['SC-1', '1', 'Walls', '1000.00', '0', '0', '0', '24-1001', '09-2900', 'SUB'],
  ['SC-1', '2', 'Doors', '250.5', '0', '0', '0', '24-1001', '08-1100', 'SUB'],
  ['SC-2', '1', 'Paint', '80.00', '0', '0', '0', '24-1001', '09-9000', 'SUB'],
)
const headers = commitmentsCsv(['SC-1', 'Drywall', 'V1', '24-1001', '0', '0'], ['SC-2', 'Drywall', 'V1', '24-1001', '0', '0'])

test('an export met by what Procore said: the one that agrees is synced, the other says which fields differ', async () => {
  const company = await practice()
  await company.drop('commitments.csv', headers)
  await company.drop('items.csv', items)
  await company.seen('work-order-contract', [subcontract('501', 'SC-1', '1250.50'), subcontract('502', 'SC-2', '81.00')], '9')
  expect(company.links('commitments').map(({ key, state, item }) => [key, state, item])).toEqual([
    ['SC-1', 'synced', '501'],
    ['SC-2', 'changed-in-both', '502'],
  ])
  expect(company.links('jobs').map(({ state }) => state)).toEqual(['synced'])
  const [move] = company.rows("select data from history h join records r on r.id = h.record where r.key = 'SC-2'")
  expect(JSON.parse(String(move?.['data']))).toEqual({
    ...{ fields: ['original', 'revised'], neverAgreed: true },
    values: { original: ['81.00', '80.00'], revised: ['81.00', '80.00'] },
  })
})

test('the order in which exports, projects and commitments come makes no difference', async () => {
  const company = await openCompany()
  await company.seen('work-order-contract', [subcontract('501', 'SC-1', '1250.50')], '9')
  await company.drop('items.csv', items)
  await company.drop('commitments.csv', headers)
  expect(company.state('commitments', 'SC-1')).toBe('not-linked')
  await company.seen('project', [project('9', '24-1001')])
  expect(company.state('commitments', 'SC-1')).toBe('synced')
  await company.drop('jobs.csv', jobsCsv(['24-1001', 'School', 'In progress']))
  expect(company.links('jobs').map(({ state, item }) => [state, item])).toEqual([['synced', '9']])
})

test('which side moved is known once both agreed', async () => {
  const company = await practice()
  await company.drop('commitments.csv', headers)
  await company.drop('items.csv', items)
  await company.seen('work-order-contract', [subcontract('501', 'SC-1', '1250.50')], '9')
  await company.seen('work-order-contract', [subcontract('501', 'SC-1', '1300.00')], '9')
  expect(company.state('commitments', 'SC-1')).toBe('changed-in-procore')
  await company.seen('work-order-contract', [subcontract('501', 'SC-1', '1250.50')], '9')
  expect(company.state('commitments', 'SC-1')).toBe('synced')
  await company.drop('items.csv', items.replace('1000.00', '1049.50'))
  expect(company.state('commitments', 'SC-1')).toBe('changed-in-erp')
  await company.seen('work-order-contract', [subcontract('501', 'SC-1', '1299.00')], '9')
  expect(company.state('commitments', 'SC-1')).toBe('changed-in-both')
  await company.seen('work-order-contract', [subcontract('501', 'SC-1', '1300.00')], '9')
  expect(company.state('commitments', 'SC-1')).toBe('synced')
})

test('fields and numbers that come to differ while the state stays are told too', async () => {
  const company = await practice()
  await company.drop('commitments.csv', headers)
  await company.drop('items.csv', items)
  const differs = () => {
    const told = company.events.filter(({ kind }) => kind === 'link-changed').length
    company.events.length = 0
    const [row] = company.rows("select differs from links l join records r on r.id = l.record where r.key = 'SC-1'")
    const { fields, neverAgreed } = row?.['differs'] ? JSON.parse(String(row['differs'])) : { fields: null, neverAgreed: undefined }
    return { fields, neverAgreed, told }
  }
  differs()
  await company.seen('work-order-contract', [subcontract('501', 'SC-1', '1300.00')], '9')
  expect(differs()).toEqual({ fields: ['original', 'revised'], neverAgreed: true, told: 1 })
  await company.seen('work-order-contract', [subcontract('501', 'SC-1', '1301.00')], '9')
  expect(differs()).toEqual({ fields: ['original', 'revised'], neverAgreed: true, told: 1 })
  const { content } = subcontract('501', 'SC-1', '1301.00')
  await company.seen('work-order-contract', [{ ...subcontract('501', 'SC-1', '1301.00'), content: { ...content, title: 'Other' } }], '9')
  expect(differs()).toEqual({ fields: expect.arrayContaining(['title', 'original', 'revised']), neverAgreed: true, told: 1 })
  await company.seen('work-order-contract', [subcontract('501', 'SC-1', '1250.50')], '9')
  expect(differs()).toEqual({ fields: null, neverAgreed: undefined, told: 1 })
  await company.seen('work-order-contract', [subcontract('501', 'SC-1', '1300.00')], '9')
  expect(differs()).toEqual({ fields: ['original', 'revised'], neverAgreed: undefined, told: 1 })
})

test('a number that fits two commitments of the project ties neither; in another project it ties', async () => {
  const company = await practice()
  await company.drop('commitments.csv', headers)
  await company.seen('work-order-contract', [subcontract('501', 'SC-1', '1'), subcontract('502', 'SC-1', '1')], '9')
  await company.seen('purchase-order-contract', [subcontract('601', 'SC-2', '1')], '10')
  expect(company.links('commitments').map(({ state }) => state)).toEqual(['not-linked', 'not-linked'])
  const asked = company.rows('select code from problems where closed_at is null').map(({ code }) => code)
  expect(asked).toHaveLength(1)
  reaches('match-ambiguous', asked)
  await company.seen('work-order-contract', [subcontract('502', 'SC-1', '1')], '9')
  expect(company.links('commitments')[0]?.item).toBe('502')
  expect(company.rows('select code from problems where closed_at is null')).toEqual([])
})

test('a number written another way waits for a person', async () => {
  const company = await practice()
  await company.drop('commitments.csv', headers)
  await company.seen('work-order-contract', [subcontract('501', 'SC 1', '1')], '9')
  expect(company.state('commitments', 'SC-1')).toBe('not-linked')
  expect(company.rows('select code, record from problems where closed_at is null')).toMatchObject([{ code: 'match-to-confirm' }])
})

test('the events of a poll name the items whose links moved, with their project', async () => {
  const company = await practice()
  await company.drop('commitments.csv', headers)
  company.events.length = 0
  await company.seen('work-order-contract', [subcontract('501', 'SC-1', '1')], '9')
  expect(company.events.filter(({ kind }) => kind === 'link-changed')).toMatchObject([
    { project: '9', items: [{ type: 'work-order-contract', id: '501' }] },
  ])
})

test('a negative commitment is told and does not stop being synced; amounts on an unknown basis are one trouble for all', async () => {
  const company = await practice()
  await company.drop('commitments.csv', headers)
  await company.drop('items.csv', itemsCsv(['SC-1', '1', 'Walls', '-5.00', '0', '0', '0', '24-1001', '09-2900', 'SUB']))
  await company.seen('work-order-contract', [subcontract('501', 'SC-1', '-5.00'), subcontract('502', 'SC-2', '7.00')], '9')
  const open = () => company.rows("select code, params ->> 'amount' as amount from problems where closed_at is null order by id")
  expect([company.state('commitments', 'SC-1'), open()]).toEqual(['synced', [{ code: 'amount-negative', amount: '-5.00' }]])
  reaches(
    'amount-negative',
    open().map(({ code }) => code),
  )
  await company.transact((tx) =>
    company.command.setSettings(tx, { connection: company.connection, settings: { 'amounts.tax': 'unknown' }, by: admin }),
  )
  expect(open().map(({ code }) => code)).toEqual(['not-comparable', 'not-comparable'])
  reaches(
    'not-comparable',
    open().map(({ code }) => code),
  )
  expect(company.rows('select distinct cause from problems where closed_at is null')).toHaveLength(1)
})

test('amounts that cannot be compared are no agreement: that is said, counts for itself, and nothing is remembered as agreed', async () => {
  const company = await practice()
  const said = () => company.links('commitments').map(({ state }) => state)
  const agreed = () =>
    company
      .rows('select l.confirmed_record, l.confirmed_item, l.confirmed_at from links l join records r on r.id = l.record order by r.key')
      .slice(1)
      .map((row) => Object.values(row).filter((value) => value !== null).length)
  await company.drop('commitments.csv', headers)
  await company.seen('work-order-contract', [subcontract('501', 'SC-1', '1250.50'), subcontract('502', 'SC-2', '80.00')], '9')
  expect([said(), agreed()]).toEqual([
    ['not-compared', 'not-compared'],
    [0, 0],
  ])
  await company.drop('items.csv', items)
  expect([said(), agreed()]).toEqual([
    ['synced', 'synced'],
    [3, 3],
  ])

  const remembered = company.rows('select confirmed_record, confirmed_item, confirmed_at from links')
  const judgedWith = (settings: Record<string, string>) =>
    company.transact((tx) => company.command.setSettings(tx, { connection: company.connection, settings, by: admin }))
  await judgedWith({ 'amounts.tax': 'unknown' })
  expect(said()).toEqual(['not-compared', 'not-compared'])
  expect(company.rows('select confirmed_record, confirmed_item, confirmed_at from links')).toEqual(remembered)
  await judgedWith({})
  expect(said()).toEqual(['synced', 'synced'])
})

test('where Procore’s amounts hold tax, a line whose tax no export says is told, and compared with nothing', async () => {
  const company = await practice()
  await company.transact((tx) =>
    company.command.setSettings(tx, { connection: company.connection, settings: { 'amounts.tax': 'gross' }, by: admin }),
  )
  await company.drop('commitments.csv', headers)
  const lines = (tax: string) => itemsCsv(['SC-1', '1', 'Walls', '1000.00', tax, '0', '', '24-1001', '09-2900', 'SUB'])
  await company.drop('items.csv', lines(''))
  await company.seen('work-order-contract', [subcontract('501', 'SC-1', '1080.00')], '9')
  const open = () => company.rows('select code from problems where closed_at is null').map(({ code }) => code)
  reaches('tax-unknown', open())
  expect([company.state('commitments', 'SC-1'), open()]).toEqual(['not-compared', ['tax-unknown']])
  await company.drop('items.csv', lines('80.00'))
  expect([company.state('commitments', 'SC-1'), open()]).toEqual(['synced', []])
  await company.drop('items.csv', lines('0.00'))
  expect([company.state('commitments', 'SC-1'), open()]).toEqual(['changed-in-erp', []])
})
