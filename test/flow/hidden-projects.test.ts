import { describe, expect, it } from 'vitest'
import { approver } from '../../agent/cli/approver.ts'
import { pair } from '../../agent/cli/pair.ts'
import type { Client } from '../../shared/agent-link/client.ts'
import { codeOf, extensionOrigin, makeWire, pairedClient, told } from '../agent/server/browser.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf } from './books.ts'

const erp = books()
const rows = (...wanted: string[]) => erp.JCM_MASTER__COMMITMENT.filter((row) => wanted.includes(row['Commitment'] ?? ''))
const lucia = 'lucia.serrano@practice-builders.example'
/** The command line's flags are true where they are given. */
const granting = { grant: true } as unknown as Record<string, string>

type StandIn = Awaited<ReturnType<typeof standInWithAccess>>

/** Subcontracts that are linked in Procore. */
async function linked(agent: RunningAgent, ...numbers: string[]): Promise<void> {
  await agent.export(exportOf(erp, 'jobs'), 'jobs')
  await agent.export(exportOf(erp, 'commitments', rows(...numbers)), 'commitments')
  await agent.atRest()
  await agent.writing('commitments', 'on')
  await agent.atRest()
}

const contract = (standIn: StandIn, number: string) => {
  const found = standIn.company.commitments().find((one) => one.number === number)
  if (!found) throw new Error(`${number} is not in the practice company.`)
  return found
}
const linkOf = (agent: RunningAgent, key: string) =>
  String(
    agent.ledger.rows(
      `select r.id from records r join sources s on s.id = r.source where s.entity = 'commitments' and r.key = '${key}'`,
    )[0]?.['id'],
  )

/** An accountant's browser, once Procore was asked which projects she is on: not that of the subcontract hidden from her. */
async function browserOf(standIn: StandIn, agent: RunningAgent, hidden: string): Promise<Client> {
  standIn.company.projectPeople.set(contract(standIn, hidden).project_id, new Set())
  const { result } = await agent.cli(pair, [], { name: 'lucia', email: lucia, role: 'accountant' })
  const client = await pairedClient(agent.url, String((result as { code: string }).code), await makeWire(extensionOrigin, 20_000))
  const asked = `select 1 from people p where p.email = '${lucia}' and exists (select 1 from procore_members m where m.person = p.id)`
  await agent.until('Procore was asked about her', () => agent.ledger.rows(asked).length > 0)
  return client
}

describe('what lies in a project Procore does not list a person on', () => {
  it('cannot be tied to an item of hers, nor read by way of that', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    await linked(agent, 'SC-1001')
    const client = await browserOf(standIn, agent, 'SC-1001')
    const { id, origin_id } = contract(standIn, 'SC-1001')
    const theirs = contract(standIn, 'SC-1251')
    const item = { type: 'work-order-contract' as const, id: String(theirs.id) }
    const shown = told(await client.call('status', { body: { company: null, items: [{ ...item, project: String(theirs.project_id) }] } }))
    expect(shown.items).toHaveLength(1)
    const reply = await client.call('confirmMatch', { params: { id: linkOf(agent, 'SC-1001') }, body: { item } })
    expect(codeOf(reply)).toBe('no-such-link')
    await agent.atRest()
    expect(agent.ledger.link('commitments', 'SC-1001')).toMatchObject({ state: 'not-compared', item: String(id) })
    expect([contract(standIn, 'SC-1001').origin_id, contract(standIn, 'SC-1251').origin_id]).toEqual([origin_id, null])
  })

  it('is not named to her where it is unlinked together with something of hers', { timeout: 60_000 }, async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    await linked(agent, 'SC-1001', 'SC-1002', 'SC-1251')
    await agent.export(exportOf(erp, 'commitments', rows('SC-1002')), 'commitments')
    await agent.atRest()
    const client = await browserOf(standIn, agent, 'SC-1251')
    await agent.cli(approver, [lucia], granting)
    const entry = async (link: string) => ({ link, forecast: (await agent.ask('link', { params: { id: link } })).unlink?.id ?? '' })
    const entries = [await entry(linkOf(agent, 'SC-1001')), await entry(linkOf(agent, 'SC-1251'))]
    // Nothing of it reaches Procore while she asks.
    standIn.faults.add({ when: { method: 'PATCH' }, fault: { do: 'slow', ms: 4_000 }, times: 5 })
    const batch = await agent.ask('askUnlinks', { body: { entries, reason: 'closing of the hidden project' } })
    expect(codeOf(await client.call('unlinkBatch', { params: { id: batch.id } }))).toBe('request-refused')
    const params = { id: `work-order-contract:${contract(standIn, 'SC-1001').id}` }
    const reply = await client.call('unlink', { params, body: { forecast: entries[0]?.forecast ?? '', children: true } })
    expect(['under-way', 'unlinked']).toContain(told(reply).outcome)
    expect(told(reply).batch).toBeNull()
    expect(JSON.stringify(reply)).not.toContain('SC-1251')
  })
})
