import { describe, expect, it } from 'vitest'
import { complete } from '../../agent/cli/complete.ts'
import { unlink } from '../../agent/cli/unlink.ts'
import { paymentKey } from '../support/payment-key.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { books, exportOf, modes } from './books.ts'

const slow = { withinMs: 60_000 }
const reason = 'Entered for the wrong company'

type StandIn = Awaited<ReturnType<typeof standInWithAccess>>

/** A commitment with payments linked under it, and how its books lose it. */
async function paid(standIn: StandIn, agent: RunningAgent) {
  const erp = books()
  for (const entity of ['vendors', 'jobs', 'commitments', 'ap-invoices', 'ap-distributions', 'ap-payments'] as const)
    await agent.export(exportOf(erp, entity), entity)
  await agent.atRest(slow)
  for (const entity of ['commitments', 'ap-payments'] as const) await agent.writing(entity, 'on')
  await agent.atRest(slow)
  const { contract_payments } = standIn.company.tables
  const of = (contract: number) => contract_payments.live().filter(({ contract_id, origin_id }) => contract_id === contract && origin_id)
  const commitment = agent.ledger
    .links('commitments')
    .find(({ item, state, type }) => type === 'work-order-contract' && state === 'not-compared' && of(Number(item)).length > 0)
  if (!commitment) throw new Error('No commitment of the practice company has a linked payment.')
  const contract = Number(commitment.item)
  const keys = of(contract).map(({ origin_id }) => String(origin_id).split(':').slice(2).join(':'))
  const id = `work-order-contract:${contract}`
  const gone = async (entity: 'ap-payments' | 'commitments') => {
    const records = entity === 'ap-payments' ? erp.APM_MASTER__INVOICE_PAYMENT : erp.JCM_MASTER__COMMITMENT
    const isOf = (row: Record<string, string>) =>
      entity === 'commitments' ? row['Commitment'] === commitment.key : keys.includes(paymentKey(row))
    await agent.export(
      exportOf(
        erp,
        entity,
        records.filter((row) => !isOf(row)),
      ),
      entity,
      true,
    )
    await agent.atRest(slow)
  }
  return {
    ...{ id, keys, gone },
    under: () => of(contract),
    origin: () => standIn.company.tables.work_order_contracts.get(contract)?.origin_id ?? null,
    forecast: async () => (await agent.ask('link', { params: { id } })).unlink,
    async all() {
      const taken = () => agent.ledger.rows("select 1 from export_files where state = 'taken'").length
      const before = taken()
      await agent.export(exportOf(erp, 'ap-payments'), 'ap-payments', true)
      // The bytes are those of the first export: only one more taken file shows that it was read again.
      await agent.until('the payments were read again', () => taken() > before)
      await agent.atRest(slow)
    },
  }
}
const childCodes = (forecast: { children?: { forecast: { code: string } | null }[] | undefined } | null | undefined) =>
  new Set(forecast?.children?.map(({ forecast: of }) => of?.code))

describe.each(modes)('a commitment with linked payments, Procore %s', (mode) => {
  it('goes with them once an admin has said that the exports of payments hold every one', { timeout: 240_000 }, async () => {
    await using standIn = await standInWithAccess({ mode })
    await using agent = await startAgent({ access: standIn.access, settings: { 'blast-radius.share': 1 } })
    const { id, keys, gone, under, origin, forecast, all } = await paid(standIn, agent)
    expect([...childCodes(await forecast())]).toEqual(['still-there'])

    await gone('ap-payments')
    await gone('commitments')
    // An .ok file proves that the file is whole; not that it holds what was paid years ago.
    expect([...childCodes(await forecast())]).toEqual(['not-said'])
    const refused = await agent.cli(unlink, [id], { 'with-children': true as never, reason })
    expect([refused.code, refused.said.join('\n')]).toEqual([1, expect.stringContaining('Once an admin says that they do')])
    expect(under()).toHaveLength(keys.length)

    expect((await agent.cli(complete, ['ap-payments', 'yes'])).said).toEqual(['ap-payments: every export holds every record, from now on.'])
    expect([...childCodes(await forecast())]).toEqual(['absent-once']) // what was read before proves no more than before
    await gone('ap-payments')
    // The same bytes a second time: that they were read again shows in nothing but what follows from it.
    await agent.until('the same export was read again', async () => childCodes(await forecast()).has('gone'))
    const ready = await forecast()
    expect([[...childCodes(ready)], ready?.after?.kind]).toEqual([['gone'], 'ready'])

    expect((await agent.cli(unlink, [id], { 'with-children': true as never, reason })).code).toBe(0)
    expect([under(), origin()]).toEqual([[], null])
    await all()
    expect(standIn.violations).toEqual([])
  })
})

it('a payment that comes back is there again, also where the word was taken back; its own “Sync now” tells what befell it in Procore', {
  timeout: 240_000,
}, async () => {
  await using standIn = await standInWithAccess()
  await using agent = await startAgent({ access: standIn.access, settings: { 'blast-radius.share': 1 } })
  const { gone, forecast, all, under } = await paid(standIn, agent)
  await agent.cli(complete, ['ap-payments', 'yes'])
  await gone('ap-payments')
  expect([...childCodes(await forecast())]).toEqual(['gone'])
  await agent.cli(complete, ['ap-payments', 'no'])
  expect([...childCodes(await forecast())]).toEqual(['not-said'])
  await all()
  expect([...childCodes(await forecast())]).toEqual(['still-there'])
  await agent.cli(complete, ['ap-payments', 'yes'])
  expect([...childCodes(await forecast())]).toEqual(['still-there'])
  await expect(agent.cli(complete, ['jc-transactions', 'yes'])).rejects.toThrow(/hold a part by nature/)

  const [{ id = 0 } = {}] = under()
  const stateNow = async (): Promise<string> => {
    const { run } = await agent.ask('resync', { params: { id: `contract-payment:${id}` }, body: {} })
    await agent.until('it was read again', () => agent.ledger.rows(`select 1 from runs where id = ${run} and state = 'done'`).length > 0)
    return (await agent.ask('link', { params: { id: `contract-payment:${id}` } })).status.state
  }
  expect(await stateNow()).toBe('synced')
  standIn.company.steal('contract_payments', id, 'other:1')
  expect(await stateNow()).toBe('foreign')
  standIn.company.remove('contract_payments', id)
  expect(await stateNow()).toBe('orphan')
})
