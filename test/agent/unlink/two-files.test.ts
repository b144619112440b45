import { describe, expect, it } from 'vitest'
import { seriesOf } from '../../../agent/ledger/other-files.ts'
import { admin, ok, type TestCompany } from '../ledger/company.ts'
import { csv, forecast, office } from './office.ts'

const says = (company: TestCompany, key: string) => [company.state('commitments', key), forecast(company, key)?.code]
const dayMs = 86_400_000

/** Commitments of two divisions, each with a file of its own that proves itself complete. */
async function divisions(): Promise<TestCompany> {
  const company = await office()
  await company.drop('commitments.csv', csv('A', 'B'), { complete: ok(2) })
  await company.drop('commitments-phoenix.csv', csv('C'), { complete: ok(1) })
  return company
}

describe('an entity whose records come in several files', () => {
  it('what another file still holds is not gone, and the forecast names that file', async () => {
    const company = await divisions()
    expect(says(company, 'A')).toEqual(['not-compared', 'in-other-file'])
    expect(forecast(company, 'A')).toMatchObject({
      ...{ kind: 'unknown', rests: { file: 'commitments.csv' } },
      params: { key: 'A', file: 'commitments-phoenix.csv', other: 'commitments.csv' },
    })
    await company.drop('commitments-phoenix.csv', csv('C', 'D'), { complete: ok(2) })
    expect(says(company, 'B')).toEqual(['not-compared', 'in-other-file'])
  })

  it('what leaves its own file is gone, and the other’s stays', async () => {
    const company = await divisions()
    await company.drop('commitments.csv', csv('B'), { complete: ok(1) })
    expect(says(company, 'A')).toEqual(['gone-from-erp', 'gone'])
    expect(says(company, 'B')).toEqual(['not-compared', 'still-there'])
    await company.drop('commitments-phoenix.csv', csv('C', 'D'), { complete: ok(2) })
    expect(says(company, 'A')).toEqual(['gone-from-erp', 'gone'])
    expect(says(company, 'B')).toEqual(['not-compared', 'in-other-file'])
  })

  it('a watch does not fire while another file holds it, whatever was concluded before', async () => {
    const company = await divisions()
    company.raw.prepare("update records set vanished_at = 1 where key = 'A'").run()
    expect(forecast(company, 'A')?.code).toBe('in-other-file')
  })

  it('a file that has not come for more than a month no longer speaks', async () => {
    const company = await divisions()
    company.clock.now += 36 * dayMs
    await company.drop('commitments-phoenix.csv', csv('C', 'D'), { complete: ok(2) })
    expect(says(company, 'A')).toEqual(['gone-from-erp', 'gone'])
  })

  it('nor does one that an admin’s word makes as whole as the other', async () => {
    const company = await divisions()
    const always = { connection: company.connection, entity: 'commitments', always: true, by: admin } as const
    await company.transact((tx) => company.command.setAlwaysComplete(tx, always))
    await company.drop('commitments-phoenix.csv', csv('C', 'D'), { complete: ok(2) })
    expect(says(company, 'A')).toEqual(['gone-from-erp', 'gone'])
  })
})

describe('an export whose name carries its date', () => {
  it.each([
    ['commitments-2026-11-21.csv', 'commitments-2026-11-22.csv'],
    ['20261121_commitments.csv', '20261122_commitments.csv'],
    ['commitments 21.11.2026 0600.csv', 'commitments 22.11.2026 0601.csv'],
    ['commitments-nov-2026.csv', 'commitments-dec-2026.csv'],
    ['Commitments Montag.csv', 'Commitments Dienstag.csv'],
  ])('takes the place of the one before: %s, %s', async (yesterday, today) => {
    const company = await office()
    company.clock.now += 36 * dayMs
    await company.drop(yesterday, csv('A', 'B'), { complete: ok(2) })
    await company.drop(today, csv('B'), { complete: ok(1) })
    expect(says(company, 'A')).toEqual(['gone-from-erp', 'gone'])
    expect(says(company, 'B')).toEqual(['not-compared', 'still-there'])
  })

  it.each([
    ['commitments-1.csv', 'commitments-2.csv'],
    ['commitments-monroe.csv', 'commitments-friedrich.csv'],
    ['commitments-100200.csv', 'commitments-100300.csv'],
    ['north-2026-11-21.csv', 'south-2026-11-21.csv'],
  ])('a number that is no date, or another name, is another export: %s, %s', (one, other) => {
    expect(seriesOf(one)).not.toBe(seriesOf(other))
  })
})
