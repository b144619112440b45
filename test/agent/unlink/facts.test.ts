import { describe, expect, it } from 'vitest'
import { admin, jobsCsv, ok, type TestCompany } from '../ledger/company.ts'
import { csv, forecast, office } from './office.ts'

const code = (company: TestCompany, key: string) => forecast(company, key)?.code

const always = (company: TestCompany) =>
  company.transact((tx) =>
    company.command.setAlwaysComplete(tx, { connection: company.connection, entity: 'commitments', always: true, by: admin }),
  )

describe('the forecast of a commitment', () => {
  it('names the export it was last seen in, until one that holds everything lacks it', async () => {
    const company = await office()
    const asOf = new Date(company.clock.now).toISOString()
    expect(forecast(company, 'A')).toMatchObject({ kind: 'refused', code: 'still-there', params: { key: 'A', file: 'commitments.csv' } })
    expect(forecast(company, 'A')?.rests?.file).toBe('commitments.csv')
    await company.drop('commitments.csv', csv('B'), { complete: ok(1) })
    const gone = forecast(company, 'A')
    expect(gone).toMatchObject({ kind: 'ready', code: 'gone', params: { key: 'A', file: 'commitments.csv' } })
    expect(String(gone?.params['since']) > asOf).toBe(true)
    expect(code(company, 'B')).toBe('still-there')
    await company.drop('commitments.csv', csv('A', 'B'), { complete: ok(2) })
    expect(code(company, 'A')).toBe('still-there')
  })

  it('is not known from an export that need not hold everything', async () => {
    const company = await office()
    await company.drop('commitments.csv', csv('B'))
    expect(forecast(company, 'A')).toMatchObject({ kind: 'unknown', code: 'never-complete' })
  })

  it('names the last complete export where a later one need not hold everything', async () => {
    const company = await office()
    await company.drop('whole.csv', csv('A', 'B'), { complete: ok(2) })
    await company.drop('part.csv', csv('B'))
    expect(forecast(company, 'A')).toMatchObject({ kind: 'unknown', code: 'not-complete', params: { file: 'part.csv' } })
    expect(forecast(company, 'A')?.params['complete']).toBeDefined()
  })

  it('waits for a second export where an admin’s word makes it complete', async () => {
    const company = await office()
    await always(company)
    await company.drop('commitments.csv', csv('B'))
    expect(forecast(company, 'A')).toMatchObject({ kind: 'unknown', code: 'absent-once' })
    await company.drop('commitments.csv', csv('B'))
    expect(code(company, 'A')).toBe('gone')
  })

  it('leaves to a person what left with its job', async () => {
    const company = await office()
    await company.drop('jobs.csv', jobsCsv(['J', 'School', 'Closed']), { complete: ok(1) })
    await company.drop('commitments.csv', csv('B'), { complete: ok(1) })
    expect(forecast(company, 'A')).toMatchObject({ kind: 'left-with-job', code: 'with-job', params: { job: 'J' } })
  })

  it('promises nothing where only the ledger ties the two', async () =>
    expect(code(await office({ owned: false }), 'A')).toBe('compare-only'))

  it('counts Procore’s own delay where its connector holds the link', async () => {
    const company = await office({ owner: 'procore', settings: { unlink: { procoreNeedsMinutes: 35 } } })
    expect(code(company, 'A')).toBe('procore-there')
    await company.drop('commitments.csv', csv('B'), { complete: ok(1) })
    const waits = forecast(company, 'A')
    expect(waits).toMatchObject({ kind: 'not-ours', code: 'procore-wait' })
    expect(Date.parse(waits?.params['until'] ?? '') - Date.parse(waits?.params['since'] ?? '')).toBe(35 * 60_000)
    company.clock.now += 36 * 60_000
    expect(code(company, 'A')).toBe('procore-gone')
  })

  it('has an id that stays while the facts do, and another once they moved', async () => {
    const company = await office()
    const before = forecast(company, 'A')?.id
    company.clock.now += 86_400_000
    expect(forecast(company, 'A')?.id).toBe(before)
    expect(forecast(company, 'B')?.id).not.toBe(before)
    await company.drop('commitments.csv', csv('B'), { complete: ok(1) })
    expect(forecast(company, 'A')?.id).not.toBe(before)
  })
})
