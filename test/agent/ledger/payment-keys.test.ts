import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { kinds } from '../../../agent/items/index.ts'
import { packContent } from '../../../agent/ledger/content.ts'
import { migrate, migrations } from '../../../agent/ledger/migrate.ts'
import { reaches } from '../../support/reaches.ts'
import { openCompany, type TestCompany } from './company.ts'

const csv = (...lines: string[]): string =>
  `${['Vendor,Invoice,AP_Payment_ID,Check,Payment_Type,Payment_Date,Amount,Commitment,Job', ...lines].join('\r\n')}\r\n`
const line = (id: string, invoice: string, amount: string, check = '20417', vendor = 'ACE'): string =>
  `${vendor},${invoice},${id},${check},Check,2026-03-05,${amount},,`
const keys = (company: TestCompany) => company.links('ap-payments').map(({ key }) => key)
const open = (company: TestCompany) => company.rows('select code from problems where closed_at is null').map(({ code }) => code)

describe('a check that pays several invoices', () => {
  test('is a payment of each, the same ones with every export', async () => {
    const company = await openCompany()
    await company.drop('payments.csv', csv(line('P1', '7', '10.00')))
    await company.drop('payments.csv', csv(line('P1', '7', '10.00'), line('P1', '8', '20.00'), line('P2', '7', '5.00')))
    await company.drop('payments.csv', csv(line('P2', '7', '5.00'), line('P1', '8', '20.00'), line('P1', '7', '10.00')))
    expect([keys(company), open(company)]).toEqual([['P1|ACE|7', 'P1|ACE|8', 'P2|ACE|7'], []])
  })

  test('is the same payment when its check is issued anew under its id', async () => {
    const company = await openCompany()
    await company.drop('payments.csv', csv(line('P1', '7', '10.00')))
    await company.drop('payments.csv', csv(line('P1', '7', '10.00', '20999')))
    expect(keys(company)).toEqual(['P1|ACE|7'])
  })

  test('voided beside itself is told, and what was known of it stays', async () => {
    const company = await openCompany()
    await company.drop('payments.csv', csv(line('P1', '7', '10.00')))
    await company.drop('payments.csv', csv(line('P1', '7', '10.00'), line('P1', '7', '-10.00'), line('P3', '7', '10.00', '20500')))
    expect([keys(company), open(company)]).toEqual([['P1|ACE|7', 'P3|ACE|7'], ['key-twice']])
    expect(company.rows("select amount from records where key = 'P1|ACE|7'")).toEqual([{ amount: 100_000 }])
  })

  test('without an id is known by its check, as ever', async () => {
    const company = await openCompany()
    await company.drop('payments.csv', csv(line('', '7', '10.00'), line('', '8', '10.00')))
    expect(keys(company)).toEqual(['ACE|7|20417', 'ACE|8|20417'])
  })
})

describe('a payment whose invoice the ERP names anew', () => {
  const linked = async (...lines: string[]): Promise<TestCompany> => {
    const company = await openCompany()
    await company.drop('payments.csv', csv(...lines))
    const originId = `${company.key}:ap-payments:P1|ACE|7`
    await company.seen('contract-payment', [{ id: '900', originId, content: { amount: '10.00', contract_id: '1' } }], '31')
    return company
  }

  test('is held and told, for it may be in Procore already', async () => {
    const company = await linked(line('P1', '7', '10.00'))
    await company.drop('payments.csv', csv(line('P1', '7-A', '10.0')))
    reaches('payment-renamed', open(company))
    expect(company.rows("select params ->> '$.payment' as payment, params ->> '$.earlier' as earlier from problems")).toEqual([
      { payment: 'P1|ACE|7-A', earlier: 'P1|ACE|7' },
    ])
  })

  test('by its check, where the ERP gives payments no id', async () => {
    const company = await openCompany()
    await company.drop('payments.csv', csv(line('', '7', '10.00')))
    const originId = `${company.key}:ap-payments:ACE|7|20417`
    await company.seen('contract-payment', [{ id: '900', originId, content: { amount: '10.00', contract_id: '1' } }], '31')
    await company.drop('payments.csv', csv(line('', '7-A', '10.00')))
    expect(open(company)).toEqual(['payment-renamed'])
  })

  test.each([
    ['came together with the other', [line('P1', '7', '10.00'), line('P1', '8', '10.00')], []],
    ['is of another amount', [line('P1', '7', '10.00')], [line('P1', '8', '10.01')]],
    ['is another vendor’s', [line('P1', '7', '10.00')], [line('P1', '8', '10.00', '20417', 'BEE')]],
    ['is of another check', [line('P1', '7', '10.00')], [line('P2', '8', '10.00', '20418')]],
  ])('is no question where it %s', async (_, first, later) => {
    const company = await linked(...first)
    await company.drop('payments.csv', csv(...first, ...later))
    expect(open(company)).toEqual([])
  })
})

/** A ledger of before: payments P1 and `odd` of one connection, known by their id alone. */
async function before(): Promise<DatabaseSync> {
  const old = new DatabaseSync(':memory:')
  await migrate(old, Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0013')))
  old.exec(`insert into connections values (1, 'k7f3', 'Books', 'folder', 'Northgate', '7', 'tieback', '{}', 1, 1);
    insert into sources (id, connection, entity) values (1, 1, 'ap-payments'), (2, 1, 'vendors');
    insert into fingerprint_heads (source, path, format, settings_version, sha256, pieces) values (1, 'p.csv', 'sage-ap-payments', '1', '', 0), (2, 'v.csv', 'sage-vendors', '1', '', 0)`)
  const put = old.prepare('insert into records (id, source, key, content, left_out, take, line) values (?, ?, ?, ?, 0, 1, 1)')
  const { fields } = kinds['ap-payments']
  put.run(1, 1, 'P1', packContent(fields, { vendor: 'ACE', invoice: '7', payment_id: 'P1', amount: '10.00' }))
  put.run(2, 1, 'odd', packContent(fields, { vendor: 'A|B', invoice: 'C\\D', payment_id: 'odd', amount: '10.00' }))
  put.run(3, 1, 'ACE|9|20417', packContent(fields, { vendor: 'ACE', invoice: '9', check: '20417', amount: '10.00' }))
  put.run(4, 2, 'ACE', packContent(kinds.vendors.fields, { vendor: 'ACE', name: 'Ace' }))
  old.exec(`insert into links (record, state, since, item_type, item_id, tied) values (1, 1, 0, 8, '900', 1);
    insert into record_terms (source, term, record) values (1, 'p1', 1), (1, '20417', 1), (2, 'ace', 4)`)
  return old
}

describe('a ledger that knew payments by their id alone', () => {
  test('keeps each with its link, remembers what its origin_id was made of, and reads their exports anew', async () => {
    const old = await before()
    await migrate(old)
    const all = (sql: string) =>
      old
        .prepare(sql)
        .all()
        .map((row) => ({ ...row }))
    expect(all('select id, key, origin_key from records order by id')).toEqual([
      { id: 1, key: 'P1|ACE|7', origin_key: 'P1' },
      { id: 2, key: 'odd|A\\|B|C\\\\D', origin_key: 'odd' },
      { id: 3, key: 'ACE|9|20417', origin_key: null },
      { id: 4, key: 'ACE', origin_key: null },
    ])
    expect(all('select key, item_id from badges')).toEqual([{ key: 'P1|ACE|7', item_id: '900' }])
    expect(all('select term, record from record_terms order by record, term')).toEqual([
      { term: '20417', record: 1 },
      { term: 'p1|ace|7', record: 1 },
      { term: 'odd|a\\|b|c\\\\d', record: 2 },
      { term: 'ace', record: 4 },
    ])
    expect(all('select source, settings_version from fingerprint_heads order by source')).toEqual([
      { source: 1, settings_version: '' },
      { source: 2, settings_version: '1' },
    ])
    old.close()
  })

  test('its items in Procore are still the ones of these records', async () => {
    const company = await openCompany()
    await company.drop('payments.csv', csv(line('P1', '7', '10.00'), line('P1', '8', '20.00')))
    company.raw.exec("update records set origin_key = 'P1' where key = 'P1|ACE|7'")
    const item = (id: string, key: string) => ({
      id,
      originId: `${company.key}:ap-payments:${key}`,
      content: { amount: '10.00', contract_id: '1' },
    })
    await company.seen('contract-payment', [item('900', 'P1'), item('901', 'P1|ACE|8'), item('902', 'P1|ACE|7')], '31')
    expect(company.links('ap-payments').map(({ key, item: id }) => [key, id])).toEqual([
      ['P1|ACE|7', '900'],
      ['P1|ACE|8', '901'],
    ])
    expect(company.rows('select tied from links')).toEqual([{ tied: 1 }, { tied: 1 }])
  })
})
