import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { setUpAgent } from '../support/set-up-agent.ts'
import { type RunningAgent, startAgentAt } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { books, exportOf } from './books.ts'

describe('an agent that starts again', () => {
  it('reads no export that lies as it was taken, and reads it anew once other rules hold', async () => {
    await using folder = await tempFolder('flow')
    await using standIn = await standInWithAccess()
    const home = await setUpAgent(folder.path, { access: standIn.access })
    const erp = books()
    const read = ({ ledger }: RunningAgent): string[] => ledger.files().map(({ name, state }) => `${name} ${state}`)
    const vendors = exportOf(erp, 'vendors', erp.APM_MASTER__VENDOR.slice(0, 5))
    const jobs = exportOf(erp, 'jobs', erp.JCM_MASTER__JOB)

    /** Starts the agent, lets it work, and stops it. */
    const during = async (work: (agent: RunningAgent) => Promise<unknown>): Promise<void> => {
      await using agent = await startAgentAt(home)
      await work(agent)
    }

    await during(async (agent) => {
      await agent.export(vendors, 'vendors')
      await agent.atRest()
    })
    await during(async (agent) => {
      await agent.export(jobs, 'jobs') // comes to rest later than what lies there already
      await agent.atRest()
      expect(read(agent)).toEqual([`${vendors.name} taken`, `${jobs.name} taken`, `${jobs.name} taken`])
    })
    const raw = new DatabaseSync(home.ledger)
    raw.exec(`update connections set settings = json_set(settings, '$.reading.date', 'dd/mm/yyyy')`)
    raw.close()
    await during((agent) => agent.until('both were read once more', () => read(agent).length === 6))
  })
})
