import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSettingsOf } from '../../../agent/formats/format.ts'
import { sageVendors } from '../../../agent/formats/sage-vendors.ts'
import { kinds } from '../../../agent/items/index.ts'
import { jobs } from '../../../agent/jobs.ts'
import { bulkOf } from '../../../agent/ledger/bulk.ts'
import { dropUnsealed } from '../../../agent/ledger/report.ts'
import { addRows, beginTake } from '../../../agent/ledger/take.ts'
import { money, moneyText, plus, zero } from '../../../shared/money.ts'
import { costsCsv, ok, openCompany, type TestCompany, vendorsCsv } from './company.ts'

const vendors = (...codes: string[]) => vendorsCsv(...codes.map((code) => [code, `Vendor ${code}`]))
const records = (company: TestCompany) => company.rows('select key, content from records order by id')
const many = Array.from({ length: 100 }, (_, n) => `V${n}`)

test('a killed take leaves nothing: its rows never counted and are dropped at the next start', async () => {
  const company = await openCompany()
  await company.drop('vendors.csv', vendors('A', 'B'))
  const before = records(company)
  const file = company.fileOf('vendors.csv', vendors('A', 'C'))
  await company.transact((tx) => {
    const take = beginTake(tx, {
      connection: company.connection,
      file,
      kind: kinds.vendors,
      format: sageVendors,
      header: ['Vendor', 'Name'],
      settings: readSettingsOf(),
    })
    const row = { fields: { vendor: 'C', name: 'x' }, amount: null, line: 3, offset: 0, slot: 0 }
    addRows(
      tx,
      take,
      [
        { ...row, key: 'C' },
        { ...row, key: 'A', slot: 1 },
      ],
      { assign: () => undefined },
    )
  })
  expect(records(company)).toHaveLength(3)
  expect(company.links('vendors')).toHaveLength(2)
  expect(await company.transact(dropUnsealed)).toBe(1)
  expect(records(company)).toEqual(before)
  expect(company.rows('select count(*) as n from record_changes')).toEqual([{ n: 0 }])
  expect(company.rows("select state from export_files where state <> 'taken'")).toEqual([{ state: 'dropped' }])
  expect((await company.drop('vendors.csv', vendors('A', 'C'))).filed).toBe('done')
  expect(company.links('vendors')).toHaveLength(3)
})

test('a changed row changes its record in place; the link and its history stay', async () => {
  const company = await openCompany()
  await company.drop('vendors.csv', vendors('A', 'B'))
  const [{ id } = {}] = company.rows("select id from records where key = 'B'")
  const { counts } = await company.drop('vendors.csv', vendors('A', 'B').replace('Vendor B', 'Vendor Bee'))
  expect(counts).toMatchObject({ rows: 2, unchanged: 1, changed: 1, problems: 0 })
  expect(company.rows("select id, content from records where key = 'B'")).toEqual([{ id, content: '["B","Vendor Bee"]' }])
})

test('two lines that claim one key: neither is taken, what was known stays and is not gone', async () => {
  const company = await openCompany()
  await company.drop('vendors.csv', vendors('A', 'B'))
  const before = records(company)
  const twice = vendorsCsv(['A', 'Vendor A'], ['B', 'Other B'], ['B', 'Third B'], ['C', 'One C'], ['C', 'Two C'], ['D', 'Vendor D'])
  expect((await company.drop('vendors.csv', twice, { complete: ok(6) })).counts).toMatchObject({
    rows: 6,
    problems: 2,
    'rows.key-twice': 4,
  })
  expect(records(company)).toEqual([...before, { key: 'D', content: '["D","Vendor D"]' }])
  expect(company.rows("select code, line, params ->> 'other' as other from problems where closed_at is null")).toEqual([
    { code: 'key-twice', line: 4, other: 3 },
    { code: 'key-twice', line: 6, other: 5 },
  ])
  await company.drop('vendors.csv', vendorsCsv(['A', 'Vendor A'], ['B', 'Third B'], ['C', 'Two C']), { complete: ok(3) })
  expect(records(company)).toEqual([
    { key: 'A', content: '["A","Vendor A"]' },
    { key: 'B', content: '["B","Third B"]' },
    { key: 'D', content: '["D","Vendor D"]' },
    { key: 'C', content: '["C","Two C"]' },
  ])
  expect(company.rows('select code from problems where closed_at is null')).toEqual([])
})

test('a second line for a key whose first line did not change is the same trouble, and stays until one is taken out', async () => {
  const company = await openCompany()
  await company.drop('vendors.csv', vendors('A', 'B'))
  const both = vendorsCsv(['A', 'Vendor A'], ['B', 'Vendor B'], ['B', 'Other B'])
  for (const text of [both, `${both}E,Vendor E,,,,,\r\n`]) {
    await company.drop('vendors.csv', text, { complete: ok(text === both ? 3 : 4) })
    expect(company.rows("select content from records where key = 'B'")).toEqual([{ content: '["B","Vendor B"]' }])
    expect(company.rows('select code, line from problems where closed_at is null')).toEqual([{ code: 'key-twice', line: 4 }])
  }
  await company.drop('vendors.csv', vendorsCsv(['A', 'Vendor A'], ['B', 'Other B']), { complete: ok(2) })
  expect(company.rows("select content, vanished_at from records where key = 'B'")).toEqual([
    { content: '["B","Other B"]', vanished_at: null },
  ])
  expect(company.rows('select code from problems where closed_at is null')).toEqual([])
})

test('a file that would change more than its share waits; letting it through takes it; a first take is exempt', async () => {
  const company = await openCompany()
  expect((await company.drop('vendors.csv', vendors(...many))).filed).toBe('done')
  const before = records(company)
  const text = vendors(...many)
    .replaceAll(/Vendor V(\d?[05]),/g, 'Changed $1,')
    .replaceAll('Vendor V1', 'Changed V1')
  const held = await company.drop('vendors.csv', text)
  expect(held).toMatchObject({ filed: 'waiting', problem: { code: 'blast-radius', params: { total: 100 } } })
  expect(records(company)).toEqual(before)
  expect(company.rows('select code from problems where closed_at is null')).toEqual([{ code: 'blast-radius' }])
  const [{ id } = {}] = company.rows("select id from export_files where state = 'waiting'")
  const released = await jobs.releaseTake(company.transact, { file: Number(id), by: { person: 4, origin: 'cli' } })
  expect(released).toMatchObject({ filed: 'done', counts: { changed: held.counts?.['count'] } })
  expect(company.rows('select code from problems where closed_at is null')).toEqual([])
  expect(company.rows("select person, act from audit where act = 'take-released'")).toEqual([{ person: 4, act: 'take-released' }])
})

test('twenty changes pass whatever their share, the twenty-first does not; the share is a setting', async () => {
  const change = (count: number) =>
    vendors(...many.slice(0, 40)).replaceAll(/Vendor V(\d+)/g, (whole, n) => (Number(n) < count ? `New ${n}` : whole))
  const company = await openCompany()
  await company.drop('vendors.csv', vendors(...many.slice(0, 40)))
  expect((await company.drop('vendors.csv', change(20))).filed).toBe('done')
  const other = await openCompany()
  await other.drop('vendors.csv', vendors(...many.slice(0, 40)))
  expect((await other.drop('vendors.csv', change(21))).filed).toBe('waiting')
  const loose = await openCompany({ settings: { 'blast-radius.share': 0.6 } })
  await loose.drop('vendors.csv', vendors(...many.slice(0, 40)))
  expect((await loose.drop('vendors.csv', change(21))).filed).toBe('done')
})

test('a newer file makes one that waits out of date', async () => {
  const company = await openCompany()
  await company.drop('vendors.csv', vendors(...many))
  await company.drop('vendors.csv', vendors(...many).replaceAll('Vendor', 'Changed'))
  await company.drop('vendors.csv', vendors(...many, 'W'))
  expect(company.rows("select id from export_files where state = 'waiting'")).toEqual([])
  expect(company.rows('select code from problems where closed_at is null')).toEqual([])
})

test('a file older than what was last taken of the same export waits for a person', async () => {
  const company = await openCompany()
  await company.drop('vendors.csv', vendors('A'))
  const old = await company.drop('vendors.csv', vendors('B'), { asOf: '2026-10-01T00:00:00.000Z' })
  expect(old).toMatchObject({ filed: 'waiting', problem: { code: 'file-older' } })
  expect(company.links('vendors')).toHaveLength(1)
})

test('a file nobody knows is refused whole, and its problem is over when a good one stands at its path', async () => {
  const company = await openCompany()
  expect(await company.drop('x.csv', 'Colour,Taste\r\nred,sweet\r\n')).toMatchObject({
    filed: 'refused',
    problem: { code: 'file-unknown' },
  })
  expect(company.rows('select code from problems where closed_at is null')).toEqual([{ code: 'file-unknown' }])
  await company.drop('x.csv', vendors('A'))
  expect(company.rows('select code from problems where closed_at is null')).toEqual([])
})

test('a take says how it began and ended, in numbers', async () => {
  const company = await openCompany()
  company.events.length = 0
  await company.drop('vendors.csv', vendors('A', 'B'))
  expect(company.events.map(({ kind }) => kind)).toEqual(['run-started', 'file-taken', 'run-ended'])
  expect(company.events.at(-1)?.data).toMatchObject({ state: 'done', rows: 2, entity: 'vendors' })
})

// ── job cost ──

const cost = (
  type: string,
  amount: string,
  more: Partial<Record<'job' | 'extra' | 'code' | 'commitment' | 'description' | 'employee' | 'pay' | 'date' | 'seq', string>> = {},
) => [
  ...[more.job ?? 'J1', more.extra ?? '', more.code ?? '01-100', 'LAB', type, more.date ?? '2026-03-04', more.description ?? 'Work'],
  ...['', '', amount, '', '', more.commitment ?? '', more.employee ?? '', more.pay ?? '', '1', '1', more.seq ?? '1'],
]

test('wages leave as sums; names, pay ids and descriptions stand nowhere in the ledger', async () => {
  const company = await openCompany()
  const wage = (seq: string, amount: string, employee: string) =>
    cost('PR cost', amount, {
      seq,
      description: `Pay of ${employee}`,
      employee,
      pay: 'OVERTIME-X',
      date: `2026-03-${seq.padStart(2, '0')}`,
    })
  await company.drop(
    'costs.csv',
    costsCsv(
      wage('1', '100.10', 'Zanzibar'),
      wage('2', '200.20', 'Quetzal'),
      wage('3', '-0.30', 'Zanzibar'),
      cost('PR cost', '5.00', { seq: '4', commitment: 'SC-1', description: 'Pay of Xylophone' }),
    ),
  )
  expect(company.links('jc-transactions').map(({ key }) => key)).toEqual(['wages J1||01-100|LAB|2026-03'])
  const [sum] = company.rows("select amount, content from records where key like 'wages%'")
  expect(sum).toEqual({ amount: 3_000_000, content: '["J1","","01-100","LAB","PR cost","300.00","2026-03-31"]' })
  company.raw.exec('pragma wal_checkpoint(truncate)')
  const bytes = readFileSync(company.path)
  for (const secret of ['Zanzibar', 'Quetzal', 'Xylophone', 'OVERTIME', 'Pay of']) expect(bytes.includes(secret), secret).toBe(false)
})

test('a wage added, changed and moved to another month moves the sums it belongs to', async () => {
  const company = await openCompany()
  const wage = (seq: string, amount: string, date: string) => cost('PR cost', amount, { seq, date })
  const sums = () =>
    Object.fromEntries(
      company.rows("select key, amount from records where key like 'wages%'").map((row) => [String(row['key']).slice(-7), row['amount']]),
    )
  await company.drop('costs.csv', costsCsv(wage('1', '100.00', '2026-03-01'), wage('2', '50.00', '2026-03-02')))
  expect(sums()).toEqual({ '2026-03': 1_500_000 })
  await company.drop(
    'costs.csv',
    costsCsv(wage('1', '110.00', '2026-03-01'), wage('2', '50.00', '2026-03-02'), wage('3', '1.00', '2026-04-01')),
  )
  expect(sums()).toEqual({ '2026-03': 1_600_000, '2026-04': 10_000 })
  await company.drop(
    'costs.csv',
    costsCsv(wage('1', '110.00', '2026-04-01'), wage('2', '50.00', '2026-03-02'), wage('3', '1.00', '2026-04-01')),
  )
  expect(sums()).toEqual({ '2026-03': 500_000, '2026-04': 1_110_000 })
  await company.drop('costs.csv', costsCsv(wage('3', '1.00', '2026-04-01')), { complete: ok(1) })
  expect(sums()).toEqual({ '2026-03': 500_000, '2026-04': 1_110_000 }) // older rows aged out of the window; they were not taken back
})

type Kept = { rows: number; amount: string }
const totalsOf = (company: TestCompany): Record<string, Kept> =>
  (
    JSON.parse(String(company.rows("select counts from export_files where state = 'taken' order by id desc limit 1")[0]?.['counts'])) as {
      totals: Record<string, Kept>
    }
  ).totals

const amount = fc
  .integer({ min: -99_999_999, max: 99_999_999 })
  .map((cents) => `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`)
const aCost = fc.record({
  type: fc.constantFrom('AP cost', 'PR cost', 'JC cost', 'Scheduled value', 'EQ cost'),
  amount,
  seq: fc.integer({ min: 1, max: 30 }),
  commitment: fc.constantFrom('', '', 'SC-1'),
  code: fc.constantFrom('01-100', '02-200'),
})
const aFile = fc.array(aCost, { minLength: 1, maxLength: 30 })

test('sent and left out make the file’s total to the cent, file after file', async () => {
  await fc.assert(
    fc.asyncProperty(aFile, aFile, aFile, async (...files) => {
      const company = await openCompany({ settings: { 'blast-radius.floor': 1000 } })
      for (const rows of files) {
        const text = costsCsv(...rows.map((row) => cost(row.type, row.amount, { ...row, seq: String(row.seq) })))
        const outcome = await company.drop('costs.csv', text)
        const whole = rows.reduce((sum, row) => plus(sum, money(row.amount)!), zero)
        const classes = Object.values(totalsOf(company))
        const told = classes.reduce((sum, one) => plus(sum, money(one.amount)!), zero)
        expect(classes.reduce((n, one) => n + one.rows, 0)).toBe(rows.length)
        expect(moneyText(told)).toBe(moneyText(whole))
        if (outcome.filed === 'done') expect(outcome.counts?.['total'] ?? '0.00').toBe(moneyText(whole))
      }
      company.raw.close()
    }),
    { numRuns: 25 },
  )
})

test('what is left out is counted under its reason', async () => {
  const company = await openCompany()
  const rows = [
    cost('AP cost', '10.00', { seq: '1', commitment: 'SC-1' }),
    cost('AP cost', '20.00', { seq: '2' }),
    cost('Scheduled value', '999.00', { seq: '3' }),
    cost('PR cost', '7.50', { seq: '4' }),
  ]
  const { counts } = await company.drop('costs.csv', costsCsv(...rows))
  expect(counts).toMatchObject({
    ...{
      'amount.carried-by-commitment': '10.00',
      'amount.writing-off': '20.00',
      'amount.not-a-cost': '999.00',
      'amount.summed-wages': '7.50',
    },
    total: '1036.50',
  })
})

test('an amount that cannot be held exactly is trouble with its row, never rounded', async () => {
  const company = await openCompany()
  await company.drop('costs.csv', costsCsv(cost('AP cost', '1.00001', { seq: '1' }), cost('AP cost', '2.50000', { seq: '2' })))
  expect(company.rows('select amount from records')).toEqual([{ amount: 25_000 }])
  expect(company.rows('select code, line from problems')).toEqual([{ code: 'amount-unreadable', line: 2 }])
})

test('commands come in between the batches of a take', async () => {
  const company = await openCompany()
  const text = costsCsv(...Array.from({ length: 5000 }, (_, n) => cost('AP cost', '1.00', { seq: String(n) })))
  const taking = company.drop('costs.csv', text)
  const seen: number[] = []
  const ask = async () => {
    for (let n = 0; n < 4; n++) {
      await new Promise((resolve) => setImmediate(resolve))
      seen.push(await company.transact(({ raw }) => Number(raw.prepare('select count(*) as n from records').get()?.['n'])))
    }
  }
  await Promise.all([taking, ask()])
  expect(seen.some((count) => count > 0 && count < 5000)).toBe(true)
  expect(bulkOf(company.raw).lastRecord()).toBe(5000)
})
