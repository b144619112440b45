import { expect, test } from 'vitest'
import { reaches } from '../../support/reaches.ts'
import { commitmentsCsv, costsCsv, ok, openCompany, type TestCompany, vendorsCsv } from '../ledger/company.ts'

/** What stands open, newest last. */
const open = (company: TestCompany) => company.rows('select code from problems where closed_at is null order by id').map(({ code }) => code)

const good = vendorsCsv(['A1', 'Acme'], ['B2', 'Bolt'])
const bytes = (text: string, at: number, byte: number): Buffer => {
  const all = Buffer.from(text)
  all[at] = byte
  return all
}

async function after(name: string, ...files: (string | Buffer)[]): Promise<unknown[]> {
  const company = await openCompany()
  for (const file of files) await company.drop(name, file)
  return open(company)
}

test('a file that cannot be taken at all is refused with its own reason', async () => {
  reaches('file-not-text', await after('vendors.csv', Buffer.from('89504e470d0a1a0a0000000d4948445200000000', 'hex')))
  reaches('file-unknown', await after('what.csv', 'Alpha,Beta\r\n1,2\r\n'))
  reaches('file-half', await after('vendors.csv', good.slice(0, -12)))
  reaches('file-mixed-delimiter', await after('vendors.csv', good.replace('B2,Bolt,,,,,', 'B2;Bolt;;;;;')))
  reaches('file-empty', await after('vendors.csv', vendorsCsv()))
  reaches('header-twice', await after('vendors.csv', 'Vendor,Name,City,City\r\nA1,Acme,Here,There\r\n'))
})

test('a file in another encoding than was set is nobody’s guess', async () => {
  const utf8 = await openCompany({ settings: { reading: { date: 'yyyy-mm-dd', encoding: 'utf-8' } } })
  await utf8.drop('vendors.csv', bytes(good, good.indexOf('Acme'), 0xe9))
  reaches('file-encoding', open(utf8))
})

test('a row that cannot be taken is told, and those beside it are taken', async () => {
  reaches('row-field-count', await after('vendors.csv', `${good}C3,Crane\r\n`))
  reaches('row-too-long', await after('vendors.csv', `${good}C3,${'x'.repeat((1 << 20) + 1)},,,,,\r\n`))
  reaches('key-missing', await after('vendors.csv', `${good},Nameless,,,,,\r\n`))
  reaches('key-twice', await after('vendors.csv', `${good}A1,Another,,,,,\r\n`))
  const cost = (date: string, amount: string) => [
    '24-1001',
    '',
    '03-3000',
    'L',
    'JC cost',
    date,
    'Sand',
    '',
    '',
    amount,
    '',
    '',
    '',
    '',
    '',
    '1',
    '1',
    '1',
  ]
  reaches('amount-unreadable', await after('costs.csv', costsCsv(cost('2026-10-30', '1.2.3'))))
  reaches('date-unreadable', await after('costs.csv', costsCsv(cost('30/10/2026', '1.23'))))
  reaches('value-unreadable', await after('commitments.csv', commitmentsCsv(['SC-1', 'Walls', 'A1', '24-1001', 'perhaps', '0.00'])))
})

test('a file that would change too much, is older than what is known, or not as its manifest says waits or is refused', async () => {
  const many = Array.from({ length: 100 }, (_, n) => [`V${n}`, `Vendor ${n}`])
  const company = await openCompany()
  await company.drop('vendors.csv', vendorsCsv(...many))
  const asOf = new Date(company.clock.now - 3_600_000).toISOString()
  await company.drop('vendors.csv', vendorsCsv(...many.map(([key = '']) => [key, 'Other'])))
  reaches('blast-radius', open(company))
  await company.drop('older.csv', vendorsCsv(['V1', 'Old']), { asOf })
  reaches('file-older', open(company))
  await company.drop('counted.csv', vendorsCsv(['V1', 'Vendor 1']), { complete: ok(7) })
  reaches('manifest-mismatch', open(company))
})

test('a file that waits is one that waits, however often an agent meets it anew, and keeps the time it was first met', async () => {
  const many = Array.from({ length: 100 }, (_, n) => [`V${n}`, `Vendor ${n}`])
  const company = await openCompany()
  await company.drop('vendors.csv', vendorsCsv(...many))
  const changed = vendorsCsv(...many.map(([key = '']) => [key, 'Other']))
  await company.drop('vendors.csv', changed)
  const first = company.rows('select opened_at from problems where closed_at is null')
  await company.drop('vendors.csv', changed)
  await company.drop('vendors.csv', changed)
  expect(company.rows('select opened_at from problems where closed_at is null')).toEqual(first)
  expect(company.rows("select count(*) as n from export_files where state = 'waiting'")).toEqual([{ n: 1 }])
})

test('the same trouble in the next export stands since it was first met, and ends with the export that has it no more', async () => {
  const company = await openCompany()
  await company.drop('vendors.csv', `${good},Nameless,,,,,\r\n`)
  const [{ opened_at: since } = {}] = company.rows('select opened_at from problems where closed_at is null')
  await company.drop('vendors.csv', `${good}C3,Crane,,,,,\r\n,Nameless,,,,,\r\n`)
  expect(company.rows('select opened_at, line from problems where closed_at is null')).toEqual([{ opened_at: since, line: 5 }])
  expect(company.events.filter(({ kind }) => kind === 'problem-opened')).toHaveLength(1)
  await company.drop('vendors.csv', good)
  expect(open(company)).toEqual([])
})
