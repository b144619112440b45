import { describe, expect, it } from 'vitest'
import { retry } from '../../agent/cli/retry.ts'
import { status } from '../../agent/cli/status.ts'
import { setUpAgent } from '../support/set-up-agent.ts'
import { type RunningAgent, startAgentAt } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { books, exportOf } from './books.ts'

const entity = 'jc-transactions'

describe('a cost code that Procore lacks', () => {
  it('is one cause that stays over takes, polls, retries and a restart, and ends when the code is there', async () => {
    await using folder = await tempFolder('trouble')
    await using standIn = await standInWithAccess()
    const home = await setUpAgent(folder.path, { access: standIn.access })
    const erp = books()
    const { tables } = standIn.company
    const jobs = new Set(tables.projects.live().map(({ project_number }) => project_number))
    const costs = erp.JCT_CURRENT__TRANSACTION.filter((row) => row['Transaction_Type'] === 'JC cost' && jobs.has(row['Job'] ?? ''))
    const job = costs[0]?.['Job'] ?? ''
    const rows = costs
      .filter((row) => row['Job'] === job)
      .slice(0, 4)
      .map((row) => ({ ...row, Cost_Code: '77-7777' }))

    /** The one cause, as a person is told of it. */
    const told = async (agent: RunningAgent) => {
      const { groups } = await agent.ask('problems', { query: {} })
      expect(groups).toHaveLength(1)
      const [{ cause = '', count = 0, since = '', project, waiting } = {}] = groups
      return { cause, count, since, number: project?.number, waiting }
    }
    const agent = await startAgentAt(home)
    for (const one of ['jobs', entity] as const) await agent.writing(one, 'create')
    await agent.export(exportOf(erp, 'jobs'), 'jobs')
    await agent.export(exportOf(erp, entity, rows), entity)
    await agent.until('they wait for their code', () => agent.ledger.problems().length === rows.length)
    await agent.atRest()
    const first = await told(agent)
    expect(first).toMatchObject({ count: rows.length, number: job, waiting: rows.length })
    const { said } = await agent.cli(status)
    expect(said.join('\n')).toContain(`${rows.length} job costs wait for cost code 77-7777 in project ${job}`)

    await agent.askProcore()
    await agent.export(
      exportOf(erp, entity, [...rows, ...rows.slice(0, 1).map((row) => ({ ...row, Cost_Code: '', Amount: '' }))]),
      entity,
      false,
    )
    await agent.atRest()
    expect((await agent.cli(retry, first.cause.split(' '))).said).toEqual([`${rows.length} tried again.`])
    await agent.atRest()
    const after = (await agent.ask('problems', { query: {} })).groups.find(({ cause }) => cause === first.cause)
    expect(after).toMatchObject({ count: rows.length, since: first.since })
    await agent.stop()

    await using again = await startAgentAt(home)
    await again.atRest()
    const restarted = (await again.ask('problems', { query: {} })).groups.find(({ cause }) => cause === first.cause)
    expect(restarted).toMatchObject({ count: rows.length, since: first.since })

    const project = tables.projects.live().find(({ project_number }) => project_number === job)
    const {
      id: _i,
      created_at: _c,
      updated_at: _u,
      deleted_at: _d,
      ...like
    } = tables.cost_codes.live().find(({ project_id }) => project_id === project?.id) ?? ({} as never)
    standIn.company.add('cost_codes', { ...like, code: '77-7777', full_code: '77-7777', origin_id: null, sub_job_id: null })
    await again.askProcore()
    await again.until('its cause is gone', () => again.ledger.problems().every(({ cause }) => cause !== first.cause))
    expect((await again.cli(retry, ['cost-code-missing', 'nobody'])).code).toBe(1)
  })
})
