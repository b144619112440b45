import { describe, expect, test } from 'vitest'
import { jobs } from '../../../agent/jobs.ts'
import { exportsSeen } from '../../../agent/ledger/exports-missed.ts'
import { awaited, missedOf } from '../../../agent/schedule/missed.ts'
import { zoneOf } from '../../support/zone.ts'
import { admin, costsCsv, ok, openCompany, type TestCompany, vendorsCsv } from './company.ts'

const codes = (division: string, count = 60) => Array.from({ length: count }, (_, n) => `${division}${n}`)
const named = (name: string, all: readonly string[]) => vendorsCsv(...all.map((code) => [code, `${name} ${code}`]))
const east = named('Vendor', codes('E'))
const west = named('Vendor', codes('W'))
const eastMoved = named('Moved', codes('E').slice(0, 40)) + named('Vendor', codes('E').slice(40)).split('\r\n').slice(1).join('\r\n')
const noKey = `${east},Nobody,,,,,\r\n`

const open = (company: TestCompany) =>
  company.rows('select p.code, f.name from problems p join export_files f on f.id = p.file where p.closed_at is null order by p.id')
const waiting = (company: TestCompany) => company.rows("select id, name from export_files where state = 'waiting' order by id")
const moved = (company: TestCompany) => company.rows(`select count(*) as n from records where content like '%"Moved %'`)[0]?.['n']
const letThrough = async (company: TestCompany, name: string) => {
  const [{ id } = {}] = waiting(company).filter((one) => one['name'] === name)
  return await jobs.releaseTake(company.transact, { file: Number(id), by: admin })
}
const at = (text: string) => ({ asOf: `2026-11-${text}:00.000Z` })
const alwaysComplete = (company: TestCompany) =>
  company.transact((tx) =>
    company.command.setAlwaysComplete(tx, { connection: company.connection, entity: 'vendors', always: true, by: admin }),
  )

/** East's file waits: it would change forty of its vendors. */
async function eastWaits() {
  const company = await openCompany()
  await company.drop('east.csv', east)
  await company.drop('west.csv', west)
  expect((await company.drop('east.csv', eastMoved)).problem?.code).toBe('blast-radius')
  return company
}

describe('two divisions, each with an export of its own', () => {
  test('one that waits still waits when the other is taken, and is let through with all its changes, counted once', async () => {
    const company = await eastWaits()
    expect((await company.drop('west.csv', named('Vendor', codes('W', 61)))).filed).toBe('done')
    expect(waiting(company).map(({ name }) => name)).toEqual(['east.csv'])
    expect(open(company)).toEqual([{ code: 'blast-radius', name: 'east.csv' }])
    expect(moved(company)).toBe(0)
    expect(await letThrough(company, 'east.csv')).toMatchObject({ filed: 'done', counts: { rows: 60, changed: 40, unchanged: 20 } })
    expect([moved(company), waiting(company), open(company)]).toEqual([40, [], []])
    expect((await company.drop('east.csv', eastMoved)).filed).toBe('unchanged')
  })

  test('its own newer file takes its place', async () => {
    const company = await eastWaits()
    expect((await company.drop('east.csv', named('Vendor', codes('E', 61)))).filed).toBe('done')
    expect([waiting(company), open(company)]).toEqual([[], []])
  })

  test('nor does an admin’s word on every export let one take the place of the other', async () => {
    const company = await eastWaits()
    await alwaysComplete(company)
    await company.drop('west.csv', named('Vendor', [...codes('W'), ...codes('E')]))
    expect(waiting(company).map(({ name }) => name)).toEqual(['east.csv'])
  })

  test('each is older or newer than its own last one, whatever the other’s time', async () => {
    const company = await openCompany()
    for (const day of ['03', '04']) {
      expect((await company.drop('west.csv', named(`Day ${day}`, codes('W', 5)), at(`${day}T06:05`))).filed).toBe('done')
      expect((await company.drop('east.csv', named(`Day ${day}`, codes('E', 5)), at(`${day}T06:00`))).filed).toBe('done')
    }
    expect(company.rows(`select count(*) as n from records where content like '%"Day 04 %'`)).toEqual([{ n: 10 }])
    expect(await company.drop('east.csv', named('Day 02', codes('E', 5)), at('02T06:00'))).toMatchObject({
      filed: 'waiting',
      problem: { code: 'file-older', params: { taken: '2026-11-04T06:00:00.000Z' } },
    })
    await company.drop('west.csv', named('Day 05', codes('W', 5)), at('05T06:05'))
    expect(waiting(company).map(({ name }) => name)).toEqual(['east.csv'])
    expect(open(company)).toEqual([{ code: 'file-older', name: 'east.csv' }])
    await company.drop('east.csv', named('Day 05', codes('E', 5)), at('05T06:00'))
    expect([waiting(company), open(company)]).toEqual([[], []])
  })

  test('a bad row of one stays a problem when the other is taken, until its own file is mended', async () => {
    const company = await openCompany()
    await company.drop('east.csv', noKey)
    await company.drop('west.csv', west)
    expect(open(company)).toEqual([{ code: 'key-missing', name: 'east.csv' }])
    expect((await company.drop('east.csv', noKey)).filed).toBe('unchanged')
    expect(open(company)).toEqual([{ code: 'key-missing', name: 'east.csv' }])
    await company.drop('east.csv', east)
    expect(open(company)).toEqual([])
  })

  test('a bad row of an export that has long been overdue is over: it was renamed', async () => {
    const company = await openCompany()
    await company.drop('vendors.csv', noKey, at('02T06:00'))
    await company.drop('suppliers.csv', east, at('03T06:00'))
    expect(open(company)).toHaveLength(1)
    await company.drop('suppliers.csv', `${east}N,New,,,,,\r\n`, { asOf: '2026-12-20T06:00:00.000Z' })
    expect(open(company)).toEqual([])
  })

  test('what one holds is not gone because the other missed it twice, once this one came again to the letter', async () => {
    const company = await openCompany()
    await company.drop('east.csv', named('Vendor', ['A', 'B']))
    await alwaysComplete(company)
    await company.drop('east.csv', named('Vendor', ['A', 'B']))
    await company.drop('west.csv', named('Vendor', ['A']))
    expect((await company.drop('east.csv', named('Vendor', ['A', 'B']))).filed).toBe('unchanged')
    expect(company.rows('select key from records where vanished_at is not null')).toEqual([])
  })

  test('whose names carry the date: the one that did not come is missed, though the other did', async () => {
    const company = await openCompany()
    const night = (n: number) => `2026-11-${String(n).padStart(2, '0')}`
    for (let n = 2; n <= 13; n += 1) {
      company.clock.now = Date.parse(`${night(n)}T02:00:00Z`)
      for (const one of n < 13 ? ['east', 'west'] : ['west'])
        await company.drop(`${one}-${night(n)}.csv`, named('Vendor', [one]), { asOf: `${night(n)}T02:00:00.000Z` })
    }
    const [vendors] = exportsSeen(company.raw, company.connection)
    const missed = missedOf(awaited(vendors?.exports ?? [], zoneOf('UTC')), Date.parse('2026-11-13T09:00:00Z'))
    expect(missed?.file).toBe('east-2026-11-12.csv')
  })
})

describe('an old copy under another name', () => {
  test('that would put back what is newer waits; a division’s first file, whatever its time, does not', async () => {
    const company = await openCompany()
    await company.drop('vendors.csv', named('Old', ['A', 'B']), at('02T06:00'))
    await company.drop('vendors.csv', named('New', ['A', 'B']), at('03T06:00'))
    expect(await company.drop('vendors - Copy.csv', named('Old', ['A', 'B']), at('02T06:00'))).toMatchObject({
      filed: 'waiting',
      problem: { code: 'file-older', params: { taken: '2026-11-03T06:00:00.000Z' } },
    })
    expect(company.rows("select content from records where content like '%\"Old %'")).toEqual([])
    expect((await company.drop('other.csv', named('Old', ['C']), at('01T06:00'))).filed).toBe('done')
    expect(company.links('vendors')).toHaveLength(3)
    expect(open(company)).toEqual([{ code: 'file-older', name: 'vendors - Copy.csv' }])
    expect((await letThrough(company, 'vendors - Copy.csv')).filed).toBe('done')
    expect(company.rows("select content from records where content like '%\"Old %'")).toHaveLength(3)
  })

  test('does not bring back what a newer one no longer has', async () => {
    const company = await openCompany()
    const proven = (rows: number) => ({ complete: { proof: 'ok-file', rows } as const })
    await company.drop('vendors.csv', named('Vendor', ['A', 'B']), at('02T06:00'))
    await company.drop('vendors.csv', named('Vendor', ['A']), { ...at('03T06:00'), ...proven(1) })
    const copy = await company.drop('copy.csv', named('Vendor', ['A', 'B']), at('02T06:00'))
    expect(copy.problem?.code).toBe('file-older')
    expect(company.rows('select key from records where vanished_at is not null')).toEqual([{ key: 'B' }])
  })
})

describe('one export, each day under another date', () => {
  const day = (n: number) => `vendors-2026-11-${n}.csv`
  const many = (name: string) => named(name, codes('V'))

  test('a newer one takes the place of one that waits, an older one waits', async () => {
    const company = await openCompany()
    await company.drop(day(20), many('Vendor'), at('20T06:00'))
    expect((await company.drop(day(21), many('Moved'), at('21T06:00'))).filed).toBe('waiting')
    expect((await company.drop(day(22), many('Vendor'), at('22T06:00'))).filed).toBe('done')
    expect([waiting(company), open(company)]).toEqual([[], []])
    expect((await company.drop(day(19), many('Moved'), at('19T06:00'))).problem?.code).toBe('file-older')
  })

  test('an older one that is let through does not take the place of a newer one', async () => {
    const company = await openCompany()
    await company.drop(day(20), many('Vendor'), at('20T06:00'))
    await company.drop(day(21), many('Moved'), at('21T06:00'))
    await company.drop(day(22), many('Newest'), at('22T06:00'))
    expect(await letThrough(company, day(21))).toMatchObject({ filed: 'done' })
    expect(waiting(company).map(({ name }) => name)).toEqual([day(22)])
    expect(open(company)).toEqual([{ code: 'blast-radius', name: day(22) }])
    await letThrough(company, day(22))
    expect([waiting(company), open(company)]).toEqual([[], []])
  })

  test('a time far ahead, once something behind it was let through, holds up nothing more', async () => {
    const company = await openCompany()
    await company.drop(day(20), named('Vendor', ['A']), { asOf: '2030-01-01T00:00:00.000Z' })
    expect((await company.drop(day(21), named('Right', ['A']), at('21T06:00'))).problem?.code).toBe('file-older')
    await letThrough(company, day(21))
    expect((await company.drop(day(22), named('Next', ['A']), at('22T06:00'))).filed).toBe('done')
  })

  test('where each holds only its span of time, a waiting one stays: the next has not what it holds', async () => {
    const company = await openCompany()
    const costs = (name: string, month: string) =>
      costsCsv(
        ...codes('', 60).map((n) => [
          ...['J1', '', '01-100', 'LAB', 'JC cost', `2026-${month}-04`, 'Work', '', '', name, '', '', '', '', '', month, '1', n],
        ]),
      )
    await company.drop('costs-2026-10.csv', costs('1.00', '10'))
    expect((await company.drop('costs-2026-10.csv', costs('2.00', '10'))).filed).toBe('waiting')
    expect((await company.drop('costs-2026-11.csv', costs('1.00', '11'))).filed).toBe('done')
    expect(waiting(company).map(({ name }) => name)).toEqual(['costs-2026-10.csv'])
  })
})

test('of a whole file, what is too much is told by what it holds itself: a small division is not lost among a large one', async () => {
  const company = await openCompany()
  const large = Array.from({ length: 2_000 }, (_, n) => `E${n}`)
  await company.drop('east.csv', named('Vendor', large), { complete: ok(large.length) })
  await company.drop('west.csv', west, { complete: ok(60) })
  const lost = await company.drop('west.csv', named('Vendor', codes('W', 30)), { complete: ok(30) })
  expect(lost.problem).toMatchObject({ code: 'blast-radius', params: { count: 30, total: 60 } })
  const changed = await company.drop('west.csv', named('Moved', codes('W')), { complete: ok(60) })
  expect(changed.problem).toMatchObject({ code: 'blast-radius', params: { count: 60, total: 60 } })
  expect((await company.drop('east.csv', named('Vendor', large.slice(30)), { complete: ok(1_970) })).filed).toBe('done')
})
