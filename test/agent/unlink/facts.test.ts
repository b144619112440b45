import { describe, expect, it } from 'vitest'
import { admin, commitmentsCsv, jobsCsv, ok, openCompany, project, type TestCompany } from '../ledger/company.ts'
import { contracts, csv, forecast, office, ordersCsv, withOrders } from './office.ts'

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

  it('leaves to a person a change order whose job left, though its export names no job', async () => {
    const company = await office()
    await withOrders(company, 'Approved', ['A', '1'], ['A', '2'])
    await company.drop('orders.csv', ordersCsv(['A', '2']), { complete: ok(1) })
    expect(forecast(company, 'A|1', 'commitment-cos')).toMatchObject({ kind: 'ready', code: 'gone' })
    expect(company.state('commitment-cos', 'A|1')).toBe('gone-from-erp')
    await company.drop('jobs.csv', jobsCsv(['J', 'School', 'Closed']), { complete: ok(1) })
    const said = forecast(company, 'A|1', 'commitment-cos')
    expect(said).toMatchObject({ kind: 'left-with-job', code: 'with-job', reason: true, params: { job: 'J' } })
    expect(company.state('commitment-cos', 'A|1')).toBe('left-with-job')
    await company.drop('jobs.csv', jobsCsv(['J', 'School', 'In progress']), { complete: ok(1) })
    expect(forecast(company, 'A|1', 'commitment-cos')).toMatchObject({ kind: 'ready', code: 'gone' })
    expect(company.state('commitment-cos', 'A|1')).toBe('gone-from-erp')
  })

  it('leaves a change order to a person too where its commitment left with the job before', async () => {
    const company = await office()
    await withOrders(company, 'Approved', ['A', '1'], ['B', '1'])
    await company.drop('jobs.csv', jobsCsv(['K', 'Mill', 'In progress']), { complete: ok(1) })
    await company.drop('commitments.csv', csv('B'), { complete: ok(1) })
    await company.drop('orders.csv', ordersCsv(['B', '1']), { complete: ok(1) })
    expect(forecast(company, 'A')).toMatchObject({ code: 'children-linked', after: { kind: 'left-with-job' } })
    expect(forecast(company, 'A|1', 'commitment-cos')).toMatchObject({ kind: 'left-with-job', params: { job: 'J' } })
  })

  it('says where no list of jobs tells what its commitment says: gone alone, or with all of its job', async () => {
    const company = await openCompany()
    const commitments = (...rows: [string, string][]) => commitmentsCsv(...rows.map(([key, job]) => [key, 'x', 'V', job, '0', '0']))
    await company.seen('project', [project('9', 'J')])
    await company.drop('commitments.csv', commitments(['A', 'J'], ['B', 'J'], ['C', 'K']))
    await withOrders(company, 'Approved', ['A', '1'], ['B', '1'], ['C', '1'])
    await company.seen('work-order-contract', contracts(company, 'A', 'B', 'C'), '9')
    await company.drop('orders.csv', ordersCsv(['C', '1']), { complete: ok(1) })
    await company.drop('commitments.csv', commitments(['B', 'J'], ['C', 'K']), { complete: ok(2) })
    expect(forecast(company, 'A|1', 'commitment-cos')?.kind).toBe('ready')
    await company.drop('commitments.csv', commitments(['C', 'K']), { complete: ok(1) })
    for (const key of ['A|1', 'B|1'])
      expect(forecast(company, key, 'commitment-cos')).toMatchObject({ kind: 'left-with-job', params: { job: 'J' } })
  })

  it('leaves to a person an invoice of a closed job, which it knows by its project alone', async () => {
    const company = await office()
    const invoices = (...keys: string[]) =>
      ['Vendor,Invoice,Invoice_Date,Amount', ...keys.map((key) => `V,${key},2026-11-01,5.00`)].join('\r\n') + '\r\n'
    await company.drop('invoices.csv', invoices('I1', 'I2'))
    const item = (key: string) => ({ id: key, originId: `${company.key}:ap-invoices:V|${key}`, content: { invoice_number: key } })
    await company.seen('requisition', [item('I1'), item('I2')], '9')
    const on = { connection: company.connection, entity: 'ap-invoices', writing: true, by: admin } as const
    await company.transact((tx) => company.command.setWriting(tx, on))
    await company.drop('invoices.csv', invoices('I2'), { complete: ok(1) })
    expect(forecast(company, 'V|I1', 'ap-invoices')).toMatchObject({ kind: 'ready', code: 'gone' })
    await company.drop('jobs.csv', jobsCsv(['J', 'School', 'Closed']), { complete: ok(1) })
    expect(forecast(company, 'V|I1', 'ap-invoices')).toMatchObject({ kind: 'left-with-job', params: { job: 'J' } })
    expect(company.state('ap-invoices', 'V|I1')).toBe('left-with-job')
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
