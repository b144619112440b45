import { describe, expect, it } from 'vitest'
import type { Fault, FaultRule } from '../procore/faults.ts'
import { startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf, modes } from './books.ts'

const vendorSync = { method: 'PATCH', path: /vendors\/sync$/ }
const costSync = { method: 'PATCH', path: /direct_costs\/sync$/ }
const lineSync = { method: 'PATCH', path: /direct_costs\/line_items\/sync$/ }
const reading = { method: 'GET', path: /\/rest\// }
const login = { path: '/oauth/token' }
const answer = (status: number, more: Partial<Extract<Fault, { do: 'answer' }>> = {}): Fault => ({ do: 'answer', status, ...more })

/** What goes wrong once, and after which everything stands as if it had not. */
const days: [string, FaultRule[]][] = [
  ['a vendor call is lost before Procore reads it', [{ when: vendorSync, fault: { do: 'drop before reading' } }]],
  ['the answer to a vendor call is lost', [{ when: vendorSync, fault: { do: 'drop after commit' } }]],
  ['the answer to a vendor call breaks off', [{ when: vendorSync, fault: { do: 'drop mid-answer' } }]],
  ['the answer to a cost call is lost', [{ when: costSync, fault: { do: 'drop after commit' } }]],
  ['the answer to a cost call breaks off', [{ when: costSync, fault: { do: 'drop mid-answer' } }]],
  ['the answer to a line call is lost', [{ when: lineSync, fault: { do: 'drop after commit' } }]],
  ['Procore asks to slow down', [{ when: vendorSync, fault: answer(429, { retryAfterSeconds: 1 }) }]],
  ['Procore is being looked after', [{ when: costSync, fault: answer(503, { retryAfterSeconds: 1 }) }]],
  [
    'Procore falls over',
    [
      { when: vendorSync, fault: answer(500) },
      { when: lineSync, fault: answer(502, { body: '<html>Bad gateway</html>' }) },
    ],
  ],
  ['another change is under way', [{ when: costSync, fault: answer(409) }]],
  [
    'lists falter while they are read',
    [
      { when: reading, after: 2, fault: answer(500) },
      { when: reading, after: 4, fault: { do: 'drop mid-answer' } },
    ],
  ],
  ['the login falters', [{ when: login, fault: answer(503) }]],
]

/** Three vendors, of which two are new, all jobs, and costs of one vendor: every kind of write there is. */
async function firm(mode: (typeof modes)[number], rules: FaultRule[]) {
  const erp = books()
  const fresh = erp.business.vendors.filter(({ where }) => where === 'erp').slice(0, 2)
  const known = erp.APM_MASTER__VENDOR.slice(5, 6)
  const vendors = [...known, ...erp.APM_MASTER__VENDOR.filter((row) => fresh.some(({ code }) => code === row['Vendor']))]
  const costs = erp.JCT_CURRENT__TRANSACTION.filter((row) => row['Transaction_Type'] === 'JC cost' && row['Job'] === '24-1001').slice(0, 3)
  const standIn = await standInWithAccess({ mode })
  standIn.faults.add(...rules)
  const agent = await startAgent({ access: standIn.access })
  for (const entity of ['vendors', 'jobs', 'jc-transactions'] as const) await agent.writing(entity, 'create')
  await agent.export(exportOf(erp, 'vendors', vendors), 'vendors')
  await agent.export(exportOf(erp, 'jobs', erp.JCM_MASTER__JOB.slice(0, 1)), 'jobs')
  await agent.export(exportOf(erp, 'jc-transactions', costs), 'jc-transactions')
  const dispose = () => agent[Symbol.asyncDispose]().finally(() => standIn.close())
  return { standIn, agent, [Symbol.asyncDispose]: dispose }
}

describe.each(modes)('bad days, Procore %s', (mode) => {
  it.concurrent.each(days)('%s: nothing is lost, nothing is there twice', async (_name, rules) => {
    await using made = await firm(mode, rules)
    const { standIn, agent } = made
    await agent.until('trouble has come', () => standIn.faults.waiting().length === 0, { withinMs: 30_000 })
    await agent.until('everything is in Procore', () => agent.ledger.states('jc-transactions').synced === 3, { withinMs: 45_000 })
    await agent.atRest({ withinMs: 45_000 })
    const { vendors, direct_costs, direct_cost_line_items } = standIn.company.tables
    const ours = (items: readonly { origin_id: string | null }[], entity: string) =>
      items.flatMap(({ origin_id }) => (origin_id?.includes(`:${entity}:`) ? [origin_id] : []))
    expect(new Set(ours(vendors.live(), 'vendors')).size).toBe(3)
    expect(ours(vendors.live(), 'vendors')).toHaveLength(3)
    expect(vendors.live()).toHaveLength(402)
    expect(ours(direct_costs.live(), 'jc-transactions')).toHaveLength(3)
    const headers = new Set(
      direct_costs
        .live()
        .filter(({ origin_id }) => origin_id?.includes(':jc-'))
        .map(({ id }) => id),
    )
    expect(direct_cost_line_items.live().filter(({ holder_id }) => headers.has(holder_id))).toHaveLength(3)
    expect(agent.ledger.states('vendors')).toEqual({ synced: 3 })
    expect(agent.ledger.states('jobs')).toEqual({ synced: 1 })
    expect(agent.ledger.problems()).toEqual([])
    expect(standIn.violations).toEqual([])
  })
})

describe('rows that Procore refuses', () => {
  it('stay behind alone, in Procore’s own words, and go once they are corrected', async () => {
    const refused: FaultRule = {
      when: vendorSync,
      fault: { do: 'partial errors', rows: [0], errors: { name: ['has already been taken'] } },
    }
    await using made = await firm('strict', [refused])
    const { standIn, agent } = made
    await agent.until('one is refused', () => agent.ledger.states('vendors').failed === 1)
    await agent.atRest()
    const [problem] = agent.ledger.problems()
    expect(problem).toMatchObject({ code: 'procore-refused' })
    expect(problem?.params['text']).toContain('has already been taken')
    expect(agent.ledger.states('jc-transactions')).toEqual({ synced: 3 })
    await agent.ask('retryProblems', { body: { cause: problem?.cause ?? '' } })
    await agent.until('it went', () => agent.ledger.states('vendors').synced === 3 && agent.ledger.problems().length === 0)
    expect(standIn.company.tables.vendors.live()).toHaveLength(402)
  })
})
