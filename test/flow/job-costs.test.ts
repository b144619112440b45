import { describe, expect, it } from 'vitest'
import { confirm } from '../../agent/cli/confirm.ts'
import type { ErpRecord } from '../procore/erp-company.ts'
import type { StandInOptions } from '../procore/options.ts'
import type { StandIn } from '../procore/stand-in.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf, modes, writes } from './books.ts'

const entity = 'jc-transactions'

/** Cents of a decimal text: Procore prints 8149.15 as it likes. */
const cents = (text: unknown): number => Math.round(Number(text) * 100)

/** A few rows of each kind, of jobs that stand in Procore. */
function someCosts() {
  const erp = books()
  const rows = erp.JCT_CURRENT__TRANSACTION
  const of = (fits: (row: ErpRecord) => boolean, count: number) => rows.filter(fits).slice(0, count)
  const bills = of((row) => row['Transaction_Type'] === 'AP cost' && row['Commitment'] === '' && row['Cost_Code'] !== missing(erp), 6)
  const entries = of((row) => row['Transaction_Type'] === 'JC cost', 4)
  const wages = of((row) => row['Transaction_Type'] === 'PR cost' && row['Job'] === '24-1001', 12)
  const carried = of((row) => row['Commitment'] !== '', 3)
  const lacking = of((row) => row['Cost_Code'] === missing(erp), 2)
  return { erp, bills, entries, wages, carried, lacking, all: [...bills, ...entries, ...wages, ...carried, ...lacking] }
}

const missing = (erp: ReturnType<typeof books>): string =>
  erp.business.costs.find(({ disaster }) => disaster === 'missing cost code')?.costCode ?? ''

const linesOf = (standIn: StandIn, header: number) =>
  standIn.company.tables.direct_cost_line_items.live().filter((one) => one.holder_id === header)
const ours = (standIn: StandIn) => standIn.company.tables.direct_costs.live().filter(({ origin_id }) => origin_id?.includes(`:${entity}:`))
const totalOf = (standIn: StandIn) =>
  ours(standIn).reduce((sum, { id }) => sum + linesOf(standIn, id).reduce((all, line) => all + cents(line.amount), 0), 0)
const sumOf = (rows: readonly ErpRecord[]) => rows.reduce((sum, row) => sum + cents(row['Amount']), 0)

/** An agent that has linked jobs and the vendors of these rows, with job costs written. */
async function writing(agent: RunningAgent, { erp, all }: ReturnType<typeof someCosts>) {
  const vendors = new Set(all.map((row) => row['Vendor']))
  const named = erp.APM_MASTER__VENDOR.filter((row) => vendors.has(row['Vendor']))
  // Costs come first: they wait for their parents.
  await agent.export(exportOf(erp, entity, all), entity)
  for (const one of ['vendors', 'jobs', entity] as const) await agent.writing(one, 'create')
  if (named.length > 0) await agent.export(exportOf(erp, 'vendors', named), 'vendors')
  await agent.export(exportOf(erp, 'jobs'), 'jobs')
  await agent.atRest()
  for (const { params } of agent.ledger.problems().filter(({ code }) => code === 'match-to-confirm')) {
    const [type, id = ''] = String(params['candidates']).split(':')
    if (type === 'vendor') await agent.ask('confirmMatch', { params: { id: String(params['link']) }, body: { item: { type, id } } })
  }
  await agent.askProcore()
  for (const { cause } of agent.ledger.problems().filter(({ code }) => code === 'vendor-unmatched'))
    await agent.ask('retryProblems', { body: { cause } })
  await agent.atRest()
}

describe.each(modes)('job cost transactions, Procore %s', (mode) => {
  it('become direct costs to the cent, wages summed, costs of commitments left out; what changes is changed once', async () => {
    const costs = someCosts()
    await using standIn = await standInWithAccess({ mode })
    await using agent = await startAgent({ access: standIn.access })
    await writing(agent, costs)
    const sent = [...costs.bills, ...costs.entries, ...costs.wages]
    expect(totalOf(standIn)).toBe(sumOf(sent))
    const groups = new Set(costs.wages.map((row) => [row['Cost_Code'], row['Category'], row['Accounting_Date']?.slice(0, 2)].join()))
    expect(ours(standIn)).toHaveLength(costs.bills.length + costs.entries.length + groups.size)
    expect(
      ours(standIn)
        .filter(({ direct_cost_type }) => direct_cost_type === 'payroll')
        .map(({ description }) => description),
    ).toEqual(expect.arrayContaining([expect.stringMatching(/^Payroll 2026-\d\d$/)]))
    expect(JSON.stringify(ours(standIn))).not.toContain('Employee')
    expect(agent.ledger.problems().map(({ code, key }) => [code, key !== null])).toEqual([
      ['cost-code-missing', true],
      ['cost-code-missing', true],
    ])
    const { runs } = await agent.ask('runs', { query: { limit: 100 } })
    expect(runs.find((run) => run.entity === entity)?.counts).toMatchObject({ 'rows.carried-by-commitment': 3, 'rows.summed-wages': 12 })

    // One correction in the ERP: header freed, line changed, owned again, and nothing made twice.
    standIn.forget()
    const [bill = {}] = costs.bills
    const corrected = costs.all.map((row) => (row === bill ? { ...row, Amount: '77.77' } : row))
    await agent.export(exportOf(costs.erp, entity, corrected), entity)
    await agent.until('the correction arrived', () => totalOf(standIn) === sumOf(sent) - cents(bill['Amount']) + 7777)
    await agent.atRest()
    expect(ours(standIn)).toHaveLength(costs.bills.length + costs.entries.length + groups.size)
    expect(agent.ledger.states(entity).failed).toBe(2)

    // The code is added in Procore: what waited for it goes by itself.
    const [lacking = {}] = costs.lacking
    const project = standIn.company.tables.projects.live().find(({ project_number }) => project_number === lacking['Job'])
    const like = standIn.company.tables.cost_codes.live().find(({ project_id }) => project_id === project?.id)
    const { id: _id, created_at: _c, updated_at: _u, deleted_at: _d, ...code } = like ?? ({} as never)
    for (const job of new Set(costs.lacking.map((row) => row['Job'])))
      standIn.company.add('cost_codes', {
        ...{ ...code, code: lacking['Cost_Code'] ?? '', full_code: lacking['Cost_Code'] ?? '', origin_id: null },
        project_id: standIn.company.tables.projects.live().find(({ project_number }) => project_number === job)?.id ?? 0,
      })
    await agent.askProcore()
    await agent.atRest()
    expect(agent.ledger.problems()).toEqual([])
    expect(totalOf(standIn)).toBe(sumOf([...sent, ...costs.lacking]) - cents(bill['Amount']) + 7777)

    // The second time nothing is left to do; an older transaction that is no longer in the file has aged out, it is not gone.
    standIn.forget()
    await agent.export(exportOf(costs.erp, entity, corrected.slice(2)), entity)
    await agent.until('the shorter file was taken', () => agent.ledger.files().filter(({ name }) => name.startsWith('JCT')).length === 3)
    await agent.askProcore()
    await agent.atRest()
    expect(writes(standIn.requests)).toEqual([])
    expect(agent.ledger.states(entity)['gone-from-erp']).toBeUndefined()
    expect(standIn.violations).toEqual([])
  })
})

const manners: [string, Partial<StandInOptions>, 'changed' | 'asks'][] = [
  ['null clears an origin_id', { unlinkNull: 'clears' }, 'changed'],
  ['null is refused', { unlinkNull: '422' }, 'asks'],
  ['null is taken and changes nothing', { unlinkNull: '200-but-unchanged' }, 'asks'],
  ['lines of an owned cost are locked', { directCostLines: 'locked' }, 'changed'],
]

describe('a frozen direct cost, where Procore’s manners are not published', () => {
  it.each(manners)('%s', async (_name, options, becomes) => {
    const costs = someCosts()
    const few = { ...costs, all: costs.entries.slice(0, 2) }
    await using standIn = await standInWithAccess(options)
    await using agent = await startAgent({ access: standIn.access })
    await writing(agent, few)
    expect(totalOf(standIn)).toBe(sumOf(few.all))
    expect(agent.ledger.states(entity)).toEqual({ synced: 2 })

    const [first = {}, second = {}] = few.all
    await agent.export(exportOf(costs.erp, entity, [{ ...first, Amount: '5.05' }, second]), entity)
    await agent.until('the change was tried', () => agent.ledger.files().filter(({ name }) => name.startsWith('JCT')).length === 2)
    await agent.atRest()
    if (becomes === 'changed') {
      expect(totalOf(standIn)).toBe(505 + cents(second['Amount']))
      expect(agent.ledger.states(entity)).toEqual({ synced: 2 })
      expect(agent.ledger.problems()).toEqual([])
    } else {
      expect(totalOf(standIn)).toBe(sumOf(few.all))
      expect(agent.ledger.states(entity)).toEqual({ synced: 1, failed: 1 })
      expect(agent.ledger.problems().map(({ code }) => code)).toEqual([
        options.unlinkNull === '422' ? 'locked-in-procore' : 'link-unchanged',
      ])
    }
    // Whatever happened: every cost is owned by us, none was made twice, none left without its link.
    expect(ours(standIn)).toHaveLength(2)
  })
})

it('a cost that somebody typed into Procore is not made a second time: a person says that it is the same', async () => {
  const costs = someCosts()
  const [bill = {}, other = {}] = costs.bills
  await using standIn = await standInWithAccess()
  const { direct_costs, direct_cost_line_items, projects, vendors } = standIn.company.tables
  const code = costs.erp.APM_MASTER__VENDOR.find((row) => row['Vendor'] === bill['Vendor'])
  const company = vendors.live().find(({ origin_code, name }) => origin_code === bill['Vendor'] || name === code?.['Name'])
  const project = projects.live().find(({ project_number }) => project_number === bill['Job'])
  const { id: _c, ...cost } = direct_costs.all()[0]!
  const { id: _l, ...line } = direct_cost_line_items.all()[0]!
  const none = { origin_id: null, origin_data: null, deleted_at: null }
  const typed = standIn.company.add('direct_costs', {
    ...{ ...cost, ...none, project_id: project!.id, vendor_id: company!.id, invoice_number: bill['Invoice'] ?? null },
  })
  standIn.company.add('direct_cost_line_items', {
    ...{ ...line, ...none, project_id: project!.id, holder_id: typed.id, amount: bill['Amount'] ?? '' },
  })
  await using agent = await startAgent({ access: standIn.access })
  await writing(agent, { ...costs, all: [bill, other] })
  const asked = agent.ledger.problems()
  expect(asked.map(({ code: told, params }) => [told, params['candidates']])).toEqual([['match-to-confirm', `direct-cost:${typed.id}`]])
  expect(totalOf(standIn)).toBe(cents(other['Amount']))
  const found = (): string[] =>
    agent.ledger
      .rows("select distinct k.record from record_keys k join records r on r.id = k.record where r.key like '%|%'")
      .map((row) => String(row['record']))
  expect(found()).toEqual([asked[0]?.params['link']].map(String))

  await agent.cli(confirm, [String(asked[0]?.params['link']), `direct-cost:${typed.id}`])
  await agent.atRest()
  expect(ours(standIn).map(({ id }) => id)).toContain(typed.id)
  expect(ours(standIn)).toHaveLength(2)
  expect(totalOf(standIn)).toBe(sumOf([bill, other]))
  expect(found()).toEqual([]) // what is linked is looked for no more
  expect(agent.ledger.problems()).toEqual([])
  expect(standIn.violations).toEqual([])
})
