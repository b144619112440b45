import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { migrate, migrations } from '../../../agent/ledger/migrate.ts'
import { commitmentsCsv, costsCsv, jobsCsv, ok, openCompany, project, type TestCompany, vendorsCsv } from './company.ts'

const ofRecords = (company: TestCompany): string[] =>
  company
    .rows('select r.key, t.term from record_terms t join records r on r.id = t.record order by r.key, t.term')
    .map(({ key, term }) => `${key}: ${term}`)
const ofItems = (company: TestCompany): string[] =>
  company.rows('select id, term from item_terms order by id, term').map(({ id, term }) => `${id}: ${term}`)

test('a record is found by its key and its name as the newest export has them', async () => {
  const company = await openCompany()
  await company.drop('vendors.csv', vendorsCsv(['A1', 'Acme Drywall'], ['B2', 'Bolt ÉTÉ']))
  expect(ofRecords(company)).toEqual(['A1: a1', 'A1: acme drywall', 'B2: b2', 'B2: bolt été'])
  await company.drop('vendors.csv', vendorsCsv(['A1', 'Acme Interiors'], ['B2', 'Bolt ÉTÉ']))
  expect(ofRecords(company)).toEqual(['A1: a1', 'A1: acme interiors', 'B2: b2', 'B2: bolt été'])
})

test('a file that was not taken whole leaves nothing to find', async () => {
  const company = await openCompany()
  const outcome = await company.drop('vendors.csv', vendorsCsv(['A1', 'Acme Drywall']), { complete: ok(2) })
  expect(outcome.filed).toBe('refused')
  expect(ofRecords(company)).toEqual([])
})

test('job cost transactions write no terms: there are millions of them', async () => {
  const company = await openCompany()
  const cost = ['1', '', '03-300', 'M', 'AP cost', '2026-11-02', 'Rebar', '', '', '10.00', 'A1', 'INV-7', '', '', '', '1', '2', '3']
  await company.drop('jc.csv', costsCsv(cost))
  expect([company.links('jc-transactions').length, ofRecords(company)]).toEqual([1, []])
})

test('an item is found by what Procore last called it', async () => {
  const company = await openCompany()
  await company.seen('vendor', [{ id: '501', originCode: 'A1', content: { name: 'Acme Drywall' } }])
  await company.seen('direct-cost', [{ id: '80', content: { invoice_number: 'INV-77', description: 'Fence' } }], '31')
  expect(ofItems(company)).toEqual(['501: a1', '501: acme drywall', '80: inv-77'])
  await company.seen('vendor', [{ id: '501', originCode: 'A1', content: { name: 'Acme Interiors' } }])
  expect(ofItems(company)).toEqual(['501: a1', '501: acme interiors', '80: inv-77'])
})

test('a ledger from before is found in as if it had been written today', async () => {
  const company = await openCompany()
  await company.seen('project', [project('31', '24-1001')])
  await company.seen('vendor', [{ id: '501', originCode: 'A1', content: { name: 'Acme Drywall' } }])
  await company.seen('work-order-contract', [{ id: '900', content: { number: 'SC-1', title: 'Steel' } }], '31')
  await company.drop('jobs.csv', jobsCsv(['24-1001', 'Harbor Library', 'In progress']))
  await company.drop('vendors.csv', vendorsCsv(['A1', 'Acme Drywall']))
  await company.drop('commitments.csv', commitmentsCsv(['SC-1', 'Steel', 'A1', '24-1001', '0', '']))
  const old = new DatabaseSync(':memory:')
  const before = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0005-terms'))
  await migrate(old, before)
  for (const table of ['connections', 'sources', 'records', 'items', 'links']) copy(company, old, table)
  await migrate(old)
  const terms = (raw: DatabaseSync) => [
    raw.prepare('select * from item_terms order by type, id, term').all(),
    raw.prepare('select * from record_terms order by record, term').all(),
  ]
  expect(terms(old)).toEqual(terms(company.raw))
  expect(terms(old).map((rows) => rows.length)).toEqual([5, 5])
})

function copy(company: TestCompany, to: DatabaseSync, table: string): void {
  for (const row of company.rows(`select * from ${table}`)) {
    const names = Object.keys(row).filter((name) => row[name] !== null) // a column of later steps is empty
    const values = names.map((name) => row[name]) as string[]
    to.prepare(`insert into ${table} (${names.join()}) values (${names.map(() => '?').join()})`).run(...values)
  }
}
