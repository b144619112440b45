import { describe, expect, it } from 'vitest'
import { unlink } from '../../agent/cli/unlink.ts'
import { reaches } from '../support/reaches.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf, modes, writes } from './books.ts'

const erp = books()
/** A subcontract with three change orders in the books, and one with one. */
const numbers = ['SC-1087', 'SC-1048']
const header = 'SC-1087'
const rows = (...wanted: string[]) => erp.JCM_MASTER__COMMITMENT.filter((row) => wanted.includes(row['Commitment'] ?? ''))
const orders = (...wanted: string[]) => erp.JCM_MASTER__COMMITMENT_CO.filter((row) => wanted.includes(row['Commitment'] ?? ''))
const slow = { withinMs: 40_000 }

type StandIn = Awaited<ReturnType<typeof standInWithAccess>>

async function linked(standIn: StandIn, agent: RunningAgent) {
  await agent.export(exportOf(erp, 'jobs'), 'jobs')
  await agent.export(exportOf(erp, 'commitments', rows(...numbers)), 'commitments')
  await agent.export(exportOf(erp, 'commitment-cos', orders(...numbers)), 'commitment-cos')
  await agent.atRest(slow)
  for (const entity of ['commitments', 'commitment-cos'] as const) await agent.writing(entity, 'on')
  await agent.atRest(slow)
  const { work_order_contracts, change_order_packages } = standIn.company.tables
  const contract = work_order_contracts.live().find(({ number }) => number === header)
  const id = `work-order-contract:${contract?.id}`
  const under = () => change_order_packages.live().filter(({ contract_id }) => contract_id === contract?.id)
  return {
    ...{ id, under },
    contract: () => work_order_contracts.get(contract?.id ?? 0),
    forecast: async () => (await agent.ask('link', { params: { id } })).unlink,
    /** With what stands under it; on a slow day how it ended is told by its batch. */
    async ask(forecast: string) {
      const first = await agent.ask('unlink', { params: { id }, body: { forecast, children: true } })
      if (first.outcome !== 'under-way') return first
      const told = () => agent.ask('unlinkBatch', { params: { id: first.batch?.id ?? '' } })
      await agent.until('it has ended', async () => (await told()).endedAt !== null, slow)
      const batch = await told()
      const last = batch.entries.at(-1)
      const outcome = last?.state === 'unlinked' ? 'unlinked' : 'refused'
      return { outcome, forecast: (await agent.ask('link', { params: { id } })).unlink, problem: last?.problem ?? null, batch }
    },
    async gone(but: (key: string) => boolean = () => false) {
      const left = orders(...numbers).filter((row) => row['Commitment'] !== header || but(row['Commitment_CO'] ?? ''))
      await agent.export(exportOf(erp, 'commitment-cos', left), 'commitment-cos')
      await agent.export(exportOf(erp, 'commitments', rows('SC-1048')), 'commitments')
      await agent.atRest(slow)
    },
  }
}

const statesOf = (batch: { entries: { key: string | null; state: string }[] } | null | undefined) =>
  Object.fromEntries((batch?.entries ?? []).map(({ key, state }) => [key, state]))

describe.each(modes)('a commitment with change orders under it, Procore %s', (mode) => {
  it('is unlinked after them, in one act, while all of it still holds', async () => {
    await using standIn = await standInWithAccess({ mode })
    await using agent = await startAgent({ access: standIn.access })
    const { id, contract, under, forecast, ask, gone } = await linked(standIn, agent)
    const there = await forecast()
    expect(there).toMatchObject({ kind: 'refused', code: 'children-linked', params: { count: '3' }, after: { code: 'still-there' } })
    await gone()
    const ready = await forecast()
    expect(ready?.after).toMatchObject({ kind: 'ready', code: 'gone' })
    expect(ready?.children?.map(({ key, forecast }) => [key, forecast?.kind])).toEqual(
      ['001', '002', '003'].map((n) => [`${header}|${n}`, 'ready']),
    )
    standIn.forget()
    expect(await ask(there?.id ?? '')).toMatchObject({ outcome: 'changed', forecast: { id: ready?.id } })
    expect(await agent.ask('unlink', { params: { id }, body: { forecast: ready?.id ?? '' } })).toMatchObject({ outcome: 'refused' })
    expect(writes(standIn.requests)).toEqual([])

    const done = await ask(ready?.id ?? '')
    expect(done).toMatchObject({ outcome: 'unlinked', forecast: { code: 'unlinked' }, problem: null, batch: { counts: { unlinked: 4 } } })
    expect(done.batch?.entries.at(-1)?.key).toBe(header)
    expect(contract()?.origin_id).toBeNull()
    expect(under().map(({ origin_id }) => origin_id)).toEqual([null, null, null])
    const paths = writes(standIn.requests).map(({ path }) => path.replace(/\d{9,}/, 'N'))
    expect(paths).toEqual([...Array(3).fill('/rest/v1.0/change_order_packages/N'), '/rest/v1.0/work_order_contracts/sync'])

    const acts = agent.ledger.rows('select act from audit order by id').map(({ act }) => act)
    expect(acts.filter((act) => act === 'unlink-asked')).toHaveLength(4)
    // Its change orders are asked for and go first; the last of them asks for itself.
    const three = (act: string) => [act, act, act]
    expect(acts.slice(-9)).toEqual(['unlinks-asked', ...three('unlink-asked'), ...three('unlinked'), 'unlink-asked', 'unlinked'])
    expect(acts.filter((act) => act === 'unlink-refused')).toHaveLength(2)
    standIn.forget()
    expect((await ask(ready?.id ?? '')).outcome).toBe('unlinked')
    expect(writes(standIn.requests)).toEqual([])
    expect(standIn.violations).toEqual([])
  })
})

describe('a commitment with change orders under it', () => {
  it('stays as it is, with all of them, where one is still in the ERP', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    const { forecast, ask, gone } = await linked(standIn, agent)
    await gone((order) => order === '002')
    const seen = await forecast()
    expect(seen?.children?.map((child) => child.forecast?.code)).toEqual(['gone', 'still-there', 'gone'])
    standIn.forget()
    const told = await ask(seen?.id ?? '')
    expect(told).toMatchObject({ outcome: 'refused', problem: { code: 'child-not-unlinked', params: { child: `${header}|002` } } })
    reaches('child-not-unlinked', told.problem?.code)
    expect(writes(standIn.requests)).toEqual([])
    expect(agent.ledger.outbox()).toEqual([])
    expect(agent.ledger.rows('select 1 from unlink_batches')).toEqual([])
  })

  it('stops before itself where Procore keeps one of them, and says what was done', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    const { contract, under, forecast, ask, gone } = await linked(standIn, agent)
    await gone()
    const kept = under().find(({ origin_id }) => origin_id?.endsWith('|002'))
    const body = JSON.stringify({ errors: { base: ['is not editable because it has been synced with ERP'] } })
    standIn.faults.add({
      when: { method: 'PATCH', path: `/change_order_packages/${kept?.id}` },
      fault: { do: 'answer', status: 422, body },
    })
    const seen = await forecast()
    const told = await ask(seen?.id ?? '')
    expect(told).toMatchObject({ outcome: 'refused', problem: { code: 'child-not-unlinked', params: { child: `${header}|002` } } })
    expect(statesOf(told.batch)).toEqual({
      [`${header}|001`]: 'unlinked',
      [`${header}|002`]: 'refused',
      [`${header}|003`]: 'unlinked',
      [header]: 'stopped',
    })
    expect(told.batch?.entries[1]?.problem?.code).toBe('locked-in-procore')
    expect(contract()?.origin_id).not.toBeNull()
    expect(under().filter(({ origin_id }) => origin_id !== null)).toHaveLength(1)
    const again = await forecast()
    expect((await ask(again?.id ?? '')).outcome).toBe('unlinked')
    expect(contract()?.origin_id).toBeNull()
  })
})

describe('tieback unlink', () => {
  it('names what stands under a commitment, and takes it along when told to', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    const { id, contract, gone } = await linked(standIn, agent)
    await gone()
    const alone = await agent.cli(unlink, [id])
    expect(alone.code).toBe(1)
    expect(alone.said.slice(0, 3)).toEqual(
      ['001', '002', '003'].map((n) => expect.stringMatching(new RegExp(`^  ${header}\\|${n}: Ready\\. Gone from`))),
    )
    expect(alone.said[3]).toMatch(/^Once these are unlinked \(--with-children\): Ready\. Gone from/)
    expect(contract()?.origin_id).not.toBeNull()
    const done = await agent.cli(unlink, [id], { 'with-children': true })
    expect([done.code, ...done.said.slice(-2)]).toEqual([0, '4 unlinked', expect.stringMatching(/^Successfully unlinked\./)])
    expect(contract()?.origin_id).toBeNull()
  })

  it('unlinks all that is ready once that is meant', async () => {
    await using standIn = await standInWithAccess()
    await using agent = await startAgent({ access: standIn.access })
    const { contract, gone } = await linked(standIn, agent)
    expect(await agent.cli(unlink, [], { 'all-ready': true })).toMatchObject({ code: 0, said: ['0 are ready.'] })
    await gone()
    await expect(agent.cli(unlink, [], { 'all-ready': true })).rejects.toThrow('say --yes')
    expect(contract()?.origin_id).not.toBeNull()
    const done = await agent.cli(unlink, [], { 'all-ready': true, yes: true })
    expect([done.code, ...done.said.slice(-2)]).toEqual([0, '4 are ready.', '4 unlinked'])
    expect(contract()?.origin_id).toBeNull()
  })
})
