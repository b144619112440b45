import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { relink } from '../../agent/cli/relink.ts'
import { unlink } from '../../agent/cli/unlink.ts'
import type { SnapshotShape } from '../../shared/undo.ts'
import { startAgentProcess } from '../support/agent-process.ts'
import { setUpAgent } from '../support/set-up-agent.ts'
import { type RunningAgent, startAgent, startAgentAt } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { books, exportOf, modes, writes } from './books.ts'

const number = 'SC-1001'
const erp = books()
const rows = (...wanted: string[]) => erp.JCM_MASTER__COMMITMENT.filter((row) => wanted.includes(row['Commitment'] ?? ''))

/** A subcontract with lines, linked in Procore, that has left the books. */
async function gone(standIn: Awaited<ReturnType<typeof standInWithAccess>>, agent: RunningAgent) {
  await agent.export(exportOf(erp, 'jobs'), 'jobs')
  await agent.export(exportOf(erp, 'commitments', rows(number, 'SC-1002')), 'commitments')
  await agent.atRest()
  await agent.writing('commitments', 'on')
  await agent.atRest()
  const { work_order_contracts, contract_line_items } = standIn.company.tables
  const contract = work_order_contracts.live().find((one) => one.number === number)!
  contract_line_items.heldBy(contract.id).forEach((line, n) => {
    standIn.company.edit('contract_line_items', line.id, { origin_id: `${contract.origin_id}#${n + 1}`, origin_data: `line ${n + 1}` })
  })
  await agent.export(exportOf(erp, 'commitments', rows('SC-1002')), 'commitments')
  await agent.atRest()
  const carried = (): unknown[] =>
    [work_order_contracts.get(contract.id)!, ...contract_line_items.heldBy(contract.id)].map((one) => [
      ...[one.origin_id, one.origin_code ?? null, one.origin_data ?? null],
    ])
  const params = { id: `work-order-contract:${contract.id}` }
  const state = () => agent.ledger.link('commitments', number)?.state
  return {
    ...{ contract, carried, params, state },
    async unlink() {
      const { unlink: ready } = await agent.ask('link', { params })
      expect(ready?.code).toBe('gone')
      await agent.ask('unlink', { params, body: { forecast: ready?.id ?? '' } })
      await agent.until('it is unlinked', () => state() === 'unlinked')
    },
  }
}

const dayMs = 86_400_000

describe.each(modes)('undoing an unlink, Procore %s', (mode) => {
  it('is offered for 30 days, puts header and lines back, once, and is written down', async () => {
    await using standIn = await standInWithAccess({ mode })
    await using agent = await startAgent({ access: standIn.access })
    const { carried, params, state, unlink: take } = await gone(standIn, agent)
    const before = carried()
    expect(before.length).toBeGreaterThan(2)
    expect((await agent.ask('link', { params })).undo).toBeNull()
    await take()
    expect(carried().flat()).toEqual(before.flat().map(() => null))
    const { undo } = await agent.ask('link', { params })
    expect(undo).toMatchObject({ person: 'Ada Admin', refused: null, underWay: false })
    expect(Date.parse(undo!.until) - Date.parse(undo!.unlinkedAt)).toBe(30 * dayMs)

    const answer = await agent.ask('relink', { params, body: {} })
    await agent.until('it is linked again', () => state() === 'gone-from-erp')
    expect(['relinked', 'under-way']).toContain(answer.outcome)
    expect(carried()).toEqual(before)
    const link = await agent.ask('link', { params })
    expect([link.undo, link.unlink?.code, link.problems]).toEqual([null, 'gone', []])
    expect(link.history[0]).toMatchObject({ from: 'unlinked', to: 'gone-from-erp', person: 'Ada Admin', code: 'relink' })

    standIn.forget()
    expect(await agent.ask('relink', { params, body: {} })).toMatchObject({ outcome: 'refused', why: 'nothing' })
    expect(writes(standIn.requests)).toEqual([])
    const acts = agent.ledger.rows("select act from audit where act like '%link%' order by id").map(({ act }) => act)
    expect(acts).toEqual(['unlink-asked', 'unlinked', 'relink-asked', 'relinked', 'relink-refused'])
    expect(standIn.violations).toEqual([])
  })
})

it('somebody else’s link since is left alone, and said', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  const { contract, carried, params, state, unlink: take } = await gone(standIn, agent)
  await take()
  standIn.company.steal('work_order_contracts', contract.id, 'other:1')
  const before = carried()
  const said = await agent.cli(relink, [params.id])
  expect([said.code, said.said[0]]).toEqual([1, expect.stringMatching(/^Not linked again\. Since the unlink, .+ \(other:1\)/)])
  expect([carried(), state()]).toEqual([before, 'unlinked'])
  await agent.askProcore()
  expect((await agent.ask('link', { params })).undo?.refused).toBe('claimed')
  expect((await agent.ask('relink', { params, body: {} })).why).toBe('claimed')
})

it('from the command line: what it was is kept in a file, and the undo says how it ended', async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access })
  const { contract, carried, params } = await gone(standIn, agent)
  const before = carried()
  const file = join(agent.home.data, 'snapshot.json')
  await expect(agent.ask('snapshot', { params })).rejects.toThrow()
  await expect(agent.cli(unlink, [params.id], { snapshot: file })).rejects.toThrow() // nothing is kept, and asking unlinks nothing
  expect((await agent.cli(unlink, [params.id])).code).toBe(0)
  expect((await agent.cli(unlink, [params.id], { snapshot: file })).code).toBe(0)
  const kept = JSON.parse(readFileSync(file, 'utf8')) as SnapshotShape
  expect(kept).toMatchObject({ person: 'Ada Admin', forecast: 'gone', header: { id: String(contract.id), content: { number } } })
  expect(
    [kept.carried.header, ...kept.carried.lines].map(({ originId, originCode, originData }) => [originId, originCode, originData]),
  ).toEqual(before)
  expect(kept.lines).toHaveLength(before.length - 1)
  await expect(agent.cli(unlink, [params.id], { snapshot: file })).rejects.toThrow(/is there already; nothing was done/)
  expect(await agent.cli(relink, [params.id])).toMatchObject({ code: 0, said: ['Linked again, as before the unlink.'] })
  expect(carried()).toEqual(before)
  const again = join(agent.home.data, 'again.json')
  await expect(agent.cli(unlink, [params.id], { snapshot: again, look: true })).rejects.toThrow(/--look cannot be said with --snapshot/)
  expect((await agent.cli(unlink, [params.id], { snapshot: again })).code).toBe(0)
  expect([carried(), JSON.parse(readFileSync(again, 'utf8')).unlinkedAt]).toEqual([before, kept.unlinkedAt])
  expect((await agent.cli(relink, [params.id])).said[0]).toMatch(/^Not linked again\. There is nothing to undo/)
})

const lineCalls = /PATCH .*\/line_items\/sync$/
const headerCalls = /PATCH .*\/work_order_contracts\/sync$/

it.each([
  ['its lines', 'committed', lineCalls],
  ['its header', 'committed', headerCalls],
] as const)('an agent killed while it puts back %s (%s) ends it when it starts again', { timeout: 120_000 }, async (_, stage, path) => {
  await using standIn = await standInWithAccess()
  await using folder = await tempFolder('undo')
  const agent = await startAgentAt(await setUpAgent(folder.path, { access: standIn.access }))
  const { carried, params, unlink: take } = await gone(standIn, agent)
  const before = carried()
  await take()
  standIn.faults.add({ when: { method: 'PATCH' }, fault: { do: 'answer', status: 503, retryAfterSeconds: 8 } })
  expect((await agent.ask('relink', { params, body: {} })).outcome).toBe('under-way') // Procore is down, and this agent ends first
  await agent.stop()
  const killed = Promise.withResolvers<void>()
  const dying = startAgentProcess(agent.home)
  standIn.onRequest(async (at, request) => {
    if (at !== stage || !path.test(`${request.method} ${request.path}`)) return
    await dying.kill()
    killed.resolve()
  })
  await killed.promise
  await using again = await startAgentAt(agent.home)
  await again.until('it is linked again', () => again.ledger.link('commitments', number)?.state === 'gone-from-erp', { withinMs: 60_000 })
  expect(carried()).toEqual(before)
})
