import { describe, expect, test } from 'vitest'
import type { ExportFile } from '../../../agent/connectors/connector.ts'
import { absenceOf } from '../../../agent/ledger/absence.ts'
import { commitmentsCsv, jobsCsv, ok, openCompany, project, vendorsCsv } from './company.ts'

const vendors = (...codes: string[]) => vendorsCsv(...codes.map((code) => [code, `Vendor ${code}`]))

async function linked(codes: string[]) {
  const company = await openCompany()
  await company.seen(
    'vendor',
    codes.map((code, n) => ({ id: String(500 + n), originCode: code, content: { name: `Vendor ${code}` } })),
  )
  await company.drop('vendors.csv', vendors(...codes))
  expect(company.links('vendors').map(({ state }) => state)).toEqual(codes.map(() => 'synced'))
  return company
}

describe('a record is gone only when the file proves that it holds everything', () => {
  const whole = { role: 'master', complete: ok(5), alwaysComplete: false, rows: 5, rowsWithoutKey: 0 } as const
  const table: [string, Partial<Parameters<typeof absenceOf>[0]>, ReturnType<typeof absenceOf>][] = [
    ['an .ok file with the right number of rows', {}, 'gone'],
    ['a manifest with the right number of rows', { complete: { proof: 'manifest', rows: 5 } }, 'gone'],
    ['a trailer with the right number of rows', { complete: { proof: 'trailer', rows: 5 } }, 'gone'],
    ['an .ok file with another number of rows', { complete: ok(6) }, 'says-nothing'],
    ['nothing that says it is whole', { complete: { proof: 'none' } }, 'says-nothing'],
    ['an admin’s word', { complete: { proof: 'none' }, alwaysComplete: true }, 'second-agrees'],
    ['an empty file, whatever says it is whole', { complete: ok(0), rows: 0 }, 'says-nothing'],
    ['an empty file and an admin’s word', { complete: { proof: 'none' }, alwaysComplete: true, rows: 0 }, 'says-nothing'],
    ['a row nobody can name', { rowsWithoutKey: 1 }, 'says-nothing'],
    ['records that only pass through a window', { role: 'windowed' }, 'says-nothing'],
    ['records that are only added', { role: 'append-only' }, 'says-nothing'],
  ]
  test.each(table)('%s', (_name, facts, says) => {
    expect(absenceOf({ ...whole, ...facts })).toBe(says)
  })
})

test('missing from a proven file: gone at once; back in the next: as before', async () => {
  const company = await linked(['A', 'B', 'C'])
  await company.drop('vendors.csv', vendors('A', 'C'), { complete: ok(2) })
  expect(company.links('vendors').map(({ state }) => state)).toEqual(['synced', 'gone-from-erp', 'synced'])
  await company.drop('vendors.csv', vendors('A', 'B', 'C'), { complete: ok(3) })
  expect(company.links('vendors').map(({ state }) => state)).toEqual(['synced', 'synced', 'synced'])
})

const unproven: [string, (drop: (text: string, complete?: ExportFile['complete']) => Promise<unknown>) => Promise<unknown>][] = [
  ['a file that proves nothing', (drop) => drop(vendors('A'))],
  ['the same twice', (drop) => drop(vendors('A')).then(() => drop(vendors('A', 'D')))],
  ['a proven file with a row of too few fields', (drop) => drop(`${vendors('A')}B,half\r\n`, ok(2))],
  ['a proven file with a row without key', (drop) => drop(`${vendors('A')},Nobody,,,,,\r\n`, ok(2))],
  ['a header alone, with an .ok file', (drop) => drop(vendors(), ok(0))],
  ['a file cut off in the middle of a line', (drop) => drop(vendors('A', 'B', 'C').slice(0, -30), ok(2))],
  ['a manifest that counts more rows than there are', (drop) => drop(vendors('A'), { proof: 'manifest', rows: 3 })],
]
test.each(unproven)('%s makes nobody gone', async (_name, drop) => {
  const company = await linked(['A', 'B', 'C'])
  await drop((text, complete) => company.drop('vendors.csv', text, complete ? { complete } : {}))
  expect(
    company
      .links('vendors')
      .slice(0, 3)
      .map(({ state }) => state),
  ).toEqual(['synced', 'synced', 'synced'])
})

test('with an admin’s word two exports in a row must agree, and reading one again is no second witness', async () => {
  const company = await linked(['A', 'B', 'C'])
  await company.transact((tx) =>
    company.command.setAlwaysComplete(tx, {
      connection: company.connection,
      entity: 'vendors',
      always: true,
      by: { person: 1, origin: 'cli' },
    }),
  )
  const asOf = new Date(company.clock.now + 120_000).toISOString()
  await company.drop('vendors.csv', vendors('A', 'C'), { asOf })
  expect(company.state('vendors', 'B')).toBe('synced')
  await company.drop('vendors-again.csv', vendors('A', 'C'), { asOf })
  expect(company.state('vendors', 'B')).toBe('synced')
  await company.drop('vendors.csv', vendors('A', 'C', 'D'))
  expect(company.state('vendors', 'B')).toBe('gone-from-erp')
})

test('with an admin’s word the same export once more, to the letter, is a second witness', async () => {
  const company = await linked(['A', 'B', 'C'])
  await company.transact((tx) =>
    company.command.setAlwaysComplete(tx, {
      connection: company.connection,
      entity: 'vendors',
      always: true,
      by: { person: 1, origin: 'cli' },
    }),
  )
  await company.drop('vendors.csv', vendors('A', 'C'))
  const again = await company.drop('vendors.csv', vendors('A', 'C'))
  expect(again.filed).toBe('unchanged')
  expect(company.state('vendors', 'B')).toBe('gone-from-erp')
})

test('a row that cannot be read keeps its record as it was, and does not keep others from being gone', async () => {
  const company = await openCompany()
  await company.drop('jobs.csv', jobsCsv(['J', 'School', 'In progress']))
  await company.seen('project', [project('9', 'J')])
  await company.drop(
    'commitments.csv',
    commitmentsCsv(['A', 'a', 'V', 'J', '0', '1.00'], ['B', 'b', 'V', 'J', '0', '1.00'], ['C', 'c', 'V', 'J', '0', '1.00']),
  )
  await company.seen(
    'work-order-contract',
    ['A', 'B', 'C'].map((number, n) => ({ id: `${n}`, content: { number, title: number.toLowerCase(), status: 'Approved' } })),
    '9',
  )
  const outcome = await company.drop(
    'commitments.csv',
    commitmentsCsv(['A', 'a', 'V', 'J', '0', '1.0O'], ['C', 'c', 'V', 'J', '0', '1.00']),
    { complete: ok(2) },
  )
  expect(outcome.filed).toBe('done')
  expect(company.links('commitments').map(({ state }) => state)).toEqual(['not-compared', 'gone-from-erp', 'not-compared'])
  expect(company.rows('select code, line from problems where closed_at is null')).toEqual([{ code: 'amount-unreadable', line: 2 }])
  await company.drop('commitments.csv', commitmentsCsv(['A', 'a', 'V', 'J', '0', '1.00'], ['C', 'c', 'V', 'J', '0', '1.00']), {
    complete: ok(2),
  })
  expect(company.rows('select code from problems where closed_at is null')).toEqual([])
})

test('what vanishes with its job, or belongs to a closed one, left with it', async () => {
  const company = await openCompany()
  await company.drop('jobs.csv', jobsCsv(['J1', 'School', 'In progress'], ['J2', 'Bridge', 'In progress'], ['J3', 'Mill', 'In progress']))
  await company.seen('project', [project('1', 'J1'), project('2', 'J2'), project('3', 'J3')])
  const all = ['1', '2', '3'].flatMap((n) =>
    [
      ['A', 'a', 'V'],
      ['B', 'b', 'V'],
    ].map(([key, title, vendor]) => [`${key}${n}`, title!, vendor!, `J${n}`, '0', '0']),
  )
  await company.drop('commitments.csv', commitmentsCsv(...all))
  for (const n of ['1', '2', '3']) {
    await company.seen(
      'work-order-contract',
      ['A', 'B'].map((key) => ({ id: `${key}${n}`, content: { number: `${key}${n}`, title: key.toLowerCase(), status: 'Approved' } })),
      n,
    )
  }
  await company.drop('jobs.csv', jobsCsv(['J1', 'School', 'Closed'], ['J3', 'Mill', 'In progress']), { complete: ok(2) })
  await company.drop('commitments.csv', commitmentsCsv(...all.filter(([key]) => key === 'A3')), { complete: ok(1) })
  expect(Object.fromEntries(company.links('commitments').map(({ key, state }) => [key, state]))).toEqual({
    ...{ A1: 'left-with-job', B1: 'left-with-job', A2: 'left-with-job', B2: 'left-with-job' },
    ...{ A3: 'not-compared', B3: 'gone-from-erp' },
  })
})

test('a job that closes after its commitments went turns them from gone to left with it', async () => {
  const company = await openCompany()
  await company.drop('jobs.csv', jobsCsv(['J1', 'School', 'In progress']))
  await company.seen('project', [project('1', 'J1')])
  await company.drop('commitments.csv', commitmentsCsv(['A', 'a', 'V', 'J1', '0', '0'], ['B', 'b', 'V', 'J1', '0', '0']))
  await company.seen('work-order-contract', [{ id: 'A', content: { number: 'A', title: 'a', status: 'Approved' } }], '1')
  await company.drop('commitments.csv', commitmentsCsv(['B', 'b', 'V', 'J1', '0', '0']), { complete: ok(1) })
  expect(company.state('commitments', 'A')).toBe('gone-from-erp')
  await company.drop('jobs.csv', jobsCsv(['J1', 'School', 'Closed']), { complete: ok(1) })
  expect(company.state('commitments', 'A')).toBe('left-with-job')
})
