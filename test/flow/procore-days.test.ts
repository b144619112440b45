import { describe, expect, it } from 'vitest'
import { doctor } from '../../agent/cli/doctor.ts'
import { practiceClient } from '../procore/options.ts'
import { setUpAgent } from '../support/set-up-agent.ts'
import { type RunningAgent, startAgentAt } from '../support/start-agent.ts'
import { costs, firm, jobs, ours, vendors, writeAll } from './small-firm.ts'

const codes = ({ ledger }: RunningAgent): string[] => ledger.problems().map(({ code }) => code)

describe('Procore on a bad day', () => {
  it('the secret runs out: said once, nothing is lost, and all of it goes with the new one', async () => {
    const client = { ...practiceClient }
    await using made = await firm({ clients: [client] })
    const { folder, standIn, home } = made
    const first = await startAgentAt(home)
    await writeAll(first)
    await first.export(vendors(1), 'vendors')
    await first.until('the first one is there', () => first.ledger.states('vendors').synced === 1)
    client.secret = 'renewed'
    standIn.tokens.revokeAll()
    await first.export(vendors(3), 'vendors')
    await first.until('it is told', () => codes(first).includes('procore-secret'))
    expect(codes(first)).toEqual(['procore-secret'])
    const { groups } = await first.ask('problems', { query: {} })
    expect(groups[0]?.problem.do).toContain('tieback init')
    await first.stop()

    await setUpAgent(folder.path, { access: standIn.access, clientSecret: 'renewed' })
    await using again = await startAgentAt(home)
    await again.until('the others went', () => again.ledger.states('vendors').synced === 3, { withinMs: 40_000 })
    await again.until('nothing is wrong any more', () => again.ledger.problems().length === 0)
    expect(ours(standIn.company.tables.vendors.live(), 'vendors')).toBe(3)
  })

  it('another secret entered in the console ends it at once, while the agent runs', async () => {
    const client = { ...practiceClient }
    await using made = await firm({ clients: [client] })
    const { standIn, home } = made
    await using agent = await startAgentAt(home)
    await writeAll(agent)
    client.secret = 'renewed'
    standIn.tokens.revokeAll()
    await agent.export(vendors(3), 'vendors')
    await agent.until('it is told', () => codes(agent).includes('procore-secret'))

    const [known] = (await agent.ask('connections')).connections
    if (!known) throw new Error('There is no connection.')
    const draft = { ...known.draft, procore: { ...known.draft.procore, secret: 'renewed' } }
    const { steps } = await agent.ask('testConnection', { body: { id: known.id, draft } })
    expect(steps.filter(({ state }) => state === 'wrong')).toEqual([])
    await agent.ask('changeConnection', { params: { id: known.id }, body: { draft } })
    await agent.until('they went', () => agent.ledger.states('vendors').synced === 3, { withinMs: 40_000 })
    await agent.until('nothing is wrong any more', () => agent.ledger.problems().length === 0)
    expect(ours(standIn.company.tables.vendors.live(), 'vendors')).toBe(3)
  })

  it('a project is taken away: named, what is for it waits; given back, it goes and nothing is said any more', async () => {
    await using made = await firm()
    const { standIn, home } = made
    await using agent = await startAgentAt(home)
    await writeAll(agent)
    await agent.export(jobs, 'jobs')
    await agent.atRest({ withinMs: 40_000 })
    const { projects, direct_costs } = standIn.company.tables
    const hidden = projects.live().find(({ project_number }) => project_number === '24-1002')
    standIn.company.permittedProjects = new Set(projects.live().flatMap(({ id }) => (id === hidden?.id ? [] : [id])))
    await agent.export(costs(3, '24-1002'), 'jc-transactions')
    await agent.askProcore()
    const told = await agent.until('it is told', async () =>
      (await agent.ask('problems', { query: {} })).groups.find(({ problem }) => problem.code === 'project-not-permitted'),
    )
    expect(told.problem.says).toContain(hidden?.name)
    expect(told.problem.do).toContain('permitted projects: in Procore, Company Admin → App Management')
    expect(ours(direct_costs.live(), 'jc-transactions')).toBe(0)

    standIn.company.permittedProjects = 'all'
    await agent.askProcore()
    await agent.until('the costs went', () => agent.ledger.states('jc-transactions').synced === 3, { withinMs: 40_000 })
    await agent.until('nothing is wrong any more', () => agent.ledger.problems().length === 0)
    expect(ours(direct_costs.live(), 'jc-transactions')).toBe(3)
  })

  it('the rate limit is lowered while everything is under way: slower, and nothing is missing', async () => {
    await using made = await firm()
    const { standIn, home } = made
    await using agent = await startAgentAt(home)
    await writeAll(agent)
    await agent.until('it is reading', () => standIn.requests.length > 1)
    standIn.rate.limits = { hourly: 3_000, spike: 12 }
    await agent.export(vendors(3), 'vendors')
    await agent.until('all are there', () => agent.ledger.states('vendors').synced === 3, { withinMs: 55_000 })
    await agent.until('nothing is wrong any more', () => agent.ledger.problems().length === 0)
    expect(ours(standIn.company.tables.vendors.live(), 'vendors')).toBe(3)
    expect(standIn.requests.filter(({ status }) => status === 429).length, 'it slows down by what it is told').toBeLessThan(6)
  }, 90_000)
})

describe('a clock that is wrong', () => {
  const hours = 3_600_000

  it.each([
    ['two hours slow', 2 * hours],
    ['two hours fast', -2 * hours],
  ])('%s: everything goes, waits are no longer than asked, changes in Procore are seen, and doctor says so', async (_, off) => {
    await using made = await firm({ now: () => Date.now() + off, rateLimits: { hourly: 3_000, spike: 100_000 } })
    const { standIn, home } = made
    await using agent = await startAgentAt(home)
    await writeAll(agent)
    standIn.faults.add({ when: { method: 'PATCH', path: /vendors\/sync$/ }, fault: { do: 'answer', status: 429, retryAfterSeconds: 1 } })
    await agent.export(vendors(2), 'vendors')
    await agent.until('all are there', () => agent.ledger.states('vendors').synced === 2, { withinMs: 30_000 })
    await agent.atRest({ withinMs: 30_000 })
    const sent = standIn.company.tables.vendors.live().find(({ origin_id }) => origin_id?.includes(':vendors:'))
    standIn.company.edit('vendors', Number(sent?.id), { city: 'Elsewhere' })
    await agent.askProcore()
    await agent.until('the change is seen', () => agent.ledger.states('vendors')['changed-in-procore'] === 1)
    expect(agent.ledger.problems()).toEqual([])
    const checked = await agent.cli(doctor)
    expect(checked.said.find((line) => line.includes('clock, by'))).toMatch(/WRONG .* -?7\d{3} s off .* set this computer’s clock/)
    expect(standIn.violations).toEqual([])
  })
})
