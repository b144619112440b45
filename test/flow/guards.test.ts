import { describe, expect, it } from 'vitest'
import { confirm } from '../../agent/cli/confirm.ts'
import { problems } from '../../agent/cli/problems.ts'
import { status } from '../../agent/cli/status.ts'
import { startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf, rowsSent, writes } from './books.ts'

const sync = /\/vendors\/sync$/

describe('what waits for a person', () => {
  /** Sixty vendors are known; then an export comes that gives each another telephone. */
  async function tooMuch({ access, forget }: Awaited<ReturnType<typeof standInWithAccess>>) {
    const erp = books()
    const rows = erp.APM_MASTER__VENDOR.slice(0, 60)
    const agent = await startAgent({ access })
    await agent.export(exportOf(erp, 'vendors', rows), 'vendors')
    await agent.atRest()
    await agent.writing('vendors', 'on')
    await agent.atRest()
    forget()
    const moved = rows.map((row) => ({ ...row, Telephone: '(555) 000-0000' }))
    await agent.export(exportOf(erp, 'vendors', moved), 'vendors')
    await agent.until('the file waits', () => agent.ledger.files().some(({ state }) => state === 'waiting'))
    const { groups } = await agent.ask('problems', { query: {} })
    return { agent, guard: groups.find(({ problem }) => problem.code === 'blast-radius') }
  }

  it('a file that would change too much waits; let through, it is taken and delivered', async () => {
    await using standIn = await standInWithAccess()
    const { agent: waiting, guard } = await tooMuch(standIn)
    await using agent = waiting
    expect(writes(standIn.requests)).toEqual([])
    expect(guard?.problem).toMatchObject({ next: 'ask', params: { count: 60, total: 60 } })
    const told = await agent.cli(status)
    expect(told.code).toBe(1)
    expect(told.said.join('\n')).toContain('would change or remove 60 of 60 records')

    const again = await agent.cli(problems, ['retry', guard?.cause ?? ''])
    expect(again.said).toEqual(['1 tried again.'])
    await agent.until('it was taken', () => agent.ledger.files().every(({ state }) => state === 'taken'))
    await agent.atRest()
    expect(rowsSent(standIn.requests, sync).filter((row) => row['business_phone'] === '(555) 000-0000').length).toBeGreaterThan(40)
    expect(agent.ledger.problems().filter(({ code }) => code === 'blast-radius')).toEqual([])
  })

  it('what a missing column said stays and new rows wait, the rest goes on; let through, all of it is taken', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    const erp = books()
    const rows = erp.APM_MASTER__VENDOR.slice(0, 5)
    await agent.export(exportOf(erp, 'vendors', rows), 'vendors')
    await agent.atRest()
    await agent.writing('vendors', 'create')
    await agent.atRest()
    standIn.forget()
    const narrower = erp.APM_MASTER__VENDOR.slice(0, 6).map(({ City: _, ...row }, n) =>
      n === 1 ? { ...row, Telephone: '(555) 000-0000' } : row,
    )
    await agent.export(exportOf(erp, 'vendors', narrower), 'vendors')
    await agent.until('it is told', () => agent.ledger.problems().some(({ code }) => code === 'columns-gone'))
    await agent.atRest()
    const sent = rowsSent(standIn.requests, sync)
    expect(sent.filter((row) => row['business_phone'] === '(555) 000-0000')).toHaveLength(1)
    expect(sent.filter((row) => row['city'] === '' || row['city'] === null)).toEqual([])
    expect(agent.ledger.links('vendors')).toHaveLength(5)
    const { groups } = await agent.ask('problems', { query: {} })
    const guard = groups.find(({ problem }) => problem.code === 'columns-gone')
    expect(guard?.problem).toMatchObject({ next: 'ask', params: { columns: 'City' } })
    expect((await agent.cli(problems, ['retry', guard?.cause ?? ''])).said).toEqual(['1 tried again.'])
    await agent.until('it was taken', () => agent.ledger.links('vendors').length === 6)
    expect(agent.ledger.problems().filter(({ code }) => code === 'columns-gone')).toEqual([])
  })

  it('only an admin lets such a file through', async () => {
    await using standIn = await standInWithAccess()
    const { agent: waiting, guard } = await tooMuch(standIn)
    await using agent = waiting
    const { people } = await agent.ask('people')
    const { name = '', email = '' } = people.find(({ role }) => role === 'admin') ?? {}
    await agent.ask('addPerson', { body: { name: 'Otto', email: 'otto@practice.example', role: 'admin', scope: null } })
    await agent.ask('addPerson', { body: { name, email, role: 'accountant', scope: null } })
    await expect(agent.ask('retryProblems', { body: { cause: guard?.cause ?? '' } })).rejects.toMatchObject({ code: 'role-missing' })
    expect(agent.ledger.files().filter(({ state }) => state === 'waiting')).toHaveLength(1)
    expect(writes(standIn.requests)).toEqual([])
  })

  it('a file nobody can read stays a problem, however often it is tried again', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    await agent.drop('what.csv', 'Alpha,Beta\r\n1,2\r\n')
    await agent.atRest()
    const cause = agent.ledger.problems()[0]?.cause ?? ''
    expect(await agent.ask('retryProblems', { body: { cause } })).toEqual({ retried: 0 })
    expect(agent.ledger.problems().map(({ code }) => code)).toEqual(['file-unknown'])
  })

  it('a vendor known by name only is not created beside its namesake; confirmed, it is linked', async () => {
    const erp = books()
    const rows = erp.APM_MASTER__VENDOR.slice(225, 228)
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    await agent.export(exportOf(erp, 'vendors', rows), 'vendors')
    await agent.writing('vendors', 'create')
    await agent.atRest()
    expect(writes(standIn.requests)).toEqual([])
    expect(agent.ledger.problems().map(({ code }) => code)).toEqual(['match-to-confirm', 'match-to-confirm', 'match-to-confirm'])

    // The command line names both sides, so that a person can say it.
    const told = await agent.cli(problems)
    const line = told.said.find((one) => one.includes('tieback confirm'))
    const [, link = '', item = ''] = /tieback confirm (\d+) (vendor:\d+)/.exec(line ?? '') ?? []
    expect((await agent.cli(confirm, [link, item])).code).toBe(0)
    await agent.until('it is linked', () => agent.ledger.states('vendors').synced === 1)
    await agent.atRest()
    expect(rowsSent(standIn.requests, sync)).toHaveLength(1)
    expect(standIn.company.tables.vendors.get(Number(item.slice(7)))?.origin_id).toContain(':vendors:')
  })

  it('two rows that claim one key are both left out, and told; the others go', async () => {
    const erp = books()
    const [first = {}, second = {}, third = {}] = erp.APM_MASTER__VENDOR.slice(4, 7)
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    await agent.drop('vendors.csv', exportOf(erp, 'vendors', [first, { ...second, Vendor: first['Vendor'] ?? '' }, third]).bytes)
    await agent.atRest()
    expect(agent.ledger.links('vendors').map(({ key }) => key)).toEqual([third['Vendor']])
    expect(agent.ledger.problems()).toMatchObject([{ code: 'key-twice' }])

    await agent.drop('vendors.csv', exportOf(erp, 'vendors', [first, second, third]).bytes)
    await agent.until('all three are there', () => agent.ledger.links('vendors').length === 3)
    expect(agent.ledger.problems()).toEqual([])
  })

  it('a cost printed twice, to the letter, is not sent once or twice but told; printed once, it goes', async () => {
    const erp = books()
    const [cost = {}, other = {}] = erp.JCT_CURRENT__TRANSACTION.filter((row) => row['Transaction_Type'] === 'JC cost')
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    const drop = (...rows: (typeof cost)[]) => agent.drop('costs.csv', exportOf(erp, 'jc-transactions', rows).bytes)
    const keys = () => agent.ledger.links('jc-transactions').length
    await drop(cost, other, cost)
    await agent.atRest()
    expect(keys()).toBe(1)
    expect(agent.ledger.problems()).toMatchObject([{ code: 'key-twice' }])
    await drop(cost, other)
    await agent.until('the one that is left counts', () => keys() === 2)
    expect(agent.ledger.problems()).toEqual([])
    await drop(cost, other, cost)
    await agent.until('the second one is told', () => agent.ledger.problems().length === 1)
    expect(keys(), 'what was known stays').toBe(2)
    await drop(cost, other)
    await agent.until('it is over', () => agent.ledger.problems().length === 0)
  })
})
