import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { status } from '../../agent/cli/status.ts'
import type { ItemRef } from '../../shared/item.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exported, exportOf, modes, writes } from './books.ts'

const settings = [...modes.map((mode) => ({ mode, owner: 'tieback' as const })), { mode: 'strict' as const, owner: 'procore' as const }]

describe.each(settings)('a new connection only watches ($mode, owner $owner)', ({ mode, owner }) => {
  it('takes every export, says what agrees and what it would do, and writes nothing anywhere', async () => {
    const erp = books()
    await using standIn = await standInWithAccess({ mode })
    await using agent = await startAgent({ access: standIn.access, owner })
    for (const entity of exported) await agent.export(exportOf(erp, entity), entity)
    await agent.atRest()

    expect(writes(standIn.requests)).toEqual([])
    expect(standIn.violations).toEqual([])
    expect(agent.ledger.outbox()).toEqual([])

    const known = erp.known.commitments
    const asked = standIn.company
      .commitments(standIn.company.tables.projects.live().find(({ project_number }) => project_number === known.busyJob)?.id)
      .map(
        (one): ItemRef => ({
          type: one.kind === 'WorkOrderContract' ? 'work-order-contract' : 'purchase-order-contract',
          id: String(one.id),
        }),
      )
    const answer = await agent.status(asked)
    const tally = Object.fromEntries([...Map.groupBy(answer.items, ({ state }) => state)].map(([state, of]) => [state, of.length]))
    const foreign = known.foreign.length
    expect(tally).toEqual({
      synced: known.agree + (owner === 'procore' ? foreign : 0),
      'changed-in-both': known.differ.amount.length + known.differ.title.length + known.differ.closed.length,
      'not-linked': known.procoreOnly.length,
      ...(owner === 'procore' ? {} : { foreign }),
    })
    await expectControlTotals(agent, erp)
    await expectDryRun(agent, owner)
    expectNoNames(agent, erp)
    const told = await agent.cli(status)
    expect(told.said.filter((line) => line.includes('watches only'))).toHaveLength(exported.length + 1) // the prime contracts in the jobs' file
  })
})

async function expectControlTotals(agent: RunningAgent, { known: { costs } }: ReturnType<typeof books>) {
  const { runs } = await agent.ask('runs', { query: {} })
  const counts = runs.find(({ entity }) => entity === 'jc-transactions')?.counts
  expect(counts).toMatchObject({
    ...{ rows: costs.all.rows, total: costs.all.total },
    ...{ 'rows.carried-by-commitment': costs.ofCommitments.rows, 'amount.carried-by-commitment': costs.ofCommitments.total },
    ...{ 'rows.summed-wages': costs.wages.rows, 'amount.summed-wages': costs.wages.total },
    ...{ 'rows.writing-off': costs.others.rows + costs.missingCode.rows },
  })
  const sums = agent.ledger.links('jc-transactions').filter(({ key }) => key.startsWith('wages '))
  expect(sums).toHaveLength(costs.wages.groups)
}

/** What an admin looks at before switching writing on: the changes of each export, as they would be sent. */
async function expectDryRun(agent: RunningAgent, owner: string) {
  const { runs } = await agent.ask('runs', { query: {} })
  const vendors = runs.find(({ entity }) => entity === 'vendors')
  const { wouldWrite } = await agent.ask('run', { params: { id: vendors?.id ?? '' } })
  const ops = [...new Set(wouldWrite.map(({ op }) => op))].sort()
  expect(ops).toEqual(owner === 'procore' ? [] : ['create', 'link'])
  if (owner === 'tieback') expect(wouldWrite.find(({ op }) => op === 'create')?.body).toHaveProperty('origin_code')
}

/** Employee numbers, pay ids and the descriptions that name them never reach the ledger's files. */
function expectNoNames(agent: RunningAgent, { business }: ReturnType<typeof books>) {
  const bytes = ['', '-wal'].map((end) => readFileSync(`${agent.home.ledger}${end}`, 'latin1')).join('')
  const wages = business.costs.filter(({ type }) => type === 'PR cost')
  expect(wages.length).toBeGreaterThan(100)
  expect(wages.filter(({ description }) => bytes.includes(description))).toEqual([])
  expect(bytes).not.toContain('BURDEN')
}
