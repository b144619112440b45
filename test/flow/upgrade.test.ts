import { describe, expect, it } from 'vitest'
import { cliKey } from '../../agent/cli/cli-key.ts'
import { openQuietAgent } from '../../agent/cli/quiet-agent.ts'
import { startAgentProcess } from '../support/agent-process.ts'
import { reaches } from '../support/reaches.ts'
import { readLedger } from '../support/read-ledger.ts'
import { type AgentHome, dropInto } from '../support/set-up-agent.ts'
import { startAgentAt } from '../support/start-agent.ts'
import { waitFor } from '../support/wait-for.ts'
import { exportOf } from './books.ts'
import { costs, erp, firm, newVendors, oneJob, ours, vendors, why, written } from './small-firm.ts'

const newer = new URL('../support/newer-writer.ts', import.meta.url)

/** Everything may be written from the start: the kill is to meet an agent that is busy. */
async function writeAllQuietly({ data, ledger }: AgentHome): Promise<void> {
  const quiet = await openQuietAgent(ledger, 'Flow', await cliKey(data))
  for (const entity of written)
    await quiet.call('setWriting', { connection: 1, entity, writing: true, creating: true, by: { person: null, origin: 'test' } })
  quiet.close()
}

describe('an upgrade', () => {
  it('takes the new step and goes on; the older version then leaves the ledger alone and says so', async () => {
    await using made = await firm()
    const { home } = made
    const first = await startAgentAt(home)
    await first.export(oneJob, 'jobs')
    await first.atRest()
    await first.stop()
    const upgraded = await startAgentAt(home, newer)
    await upgraded.atRest()
    expect(upgraded.ledger.rows('select count(*) as n from newer')).toEqual([{ n: 0 }])
    expect(upgraded.ledger.states('jobs')).toEqual({ synced: 1 })
    await upgraded.stop()

    reaches('ledger-newer', await why(startAgentAt(home)))
    await expect(openQuietAgent(home.ledger, 'Flow', await cliKey(home.data))).rejects.toThrow('Start the newer Tieback again')
    await using again = await startAgentAt(home, newer)
    await again.atRest()
    expect(again.ledger.problems()).toEqual([])
  })

  it.each(['received', 'committed'] as const)(
    'killed while a call is %s by Procore: the newer version finishes it, nothing is there twice',
    async (stage) => {
      await using made = await firm()
      const { standIn, home } = made
      await writeAllQuietly(home)
      for (const [file, entity] of [
        [oneJob, 'jobs'],
        [vendors(2), 'vendors'],
        [costs(3), 'jc-transactions'],
      ] as const)
        await dropInto(home, file.name, file.bytes, { rows: file.rows, entity })
      const older = startAgentProcess(home)
      const struck = Promise.withResolvers<void>()
      const off = standIn.onRequest(async (at, { path }) => {
        if (at !== stage || !/direct_costs\/sync$/.test(path)) return
        off()
        await older.kill()
        struck.resolve()
      })
      await struck.promise
      await using upgraded = await startAgentAt(home, newer)
      await upgraded.until('all are there', () => upgraded.ledger.states('jc-transactions').synced === 3, { withinMs: 40_000 })
      await upgraded.atRest({ withinMs: 40_000 })
      expect(ours(standIn.company.tables.direct_costs.live(), 'jc-transactions')).toBe(3)
      expect(ours(standIn.company.tables.vendors.live(), 'vendors')).toBe(2)
      expect(upgraded.ledger.problems()).toEqual([])
    },
  )

  it('killed while a file is taken: the newer version takes it whole, once', async () => {
    await using made = await firm()
    const { home } = made
    const [row = {}] = newVendors
    const many = Array.from({ length: 30_000 }, (_, n) => ({ ...row, Vendor: `V${n}`, Name: `Vendor ${n}` }))
    const file = exportOf(erp, 'vendors', many)
    await dropInto(home, file.name, file.bytes, { rows: file.rows, entity: 'vendors' })
    const older = startAgentProcess(home)
    const seen = readLedger(home.ledger)
    await waitFor('it is being taken', () => seen.rows('select 1 from takes where sealed_at is null').length > 0)
    await older.kill()
    seen.close()
    await using upgraded = await startAgentAt(home, newer)
    await upgraded.until('it is taken', () => upgraded.ledger.files().some(({ state }) => state === 'taken'), { withinMs: 40_000 })
    expect(upgraded.ledger.links('vendors')).toHaveLength(30_000)
    expect(upgraded.ledger.files().filter(({ state }) => state === 'taken')).toHaveLength(1)
  })
})
