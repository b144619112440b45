import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '../../../agent/procore/client.ts'
import { rawNumber } from '../../../agent/procore/exact-json.ts'
import { procoreLists } from '../../../agent/procore/index.ts'
import type { OneCall, ProcoreList, Where } from '../../../agent/procore/list.ts'
import { toRow } from '../../../agent/procore/writing.ts'
import { modes } from '../../flow/books.ts'
import { type StandIn, startStandIn } from '../../procore/stand-in.ts'
import { openDoor, quickClock } from './open-door.ts'

const written = procoreLists.filter((list) => list.one)

describe.each(modes)('records without a sync action (%s)', (mode) => {
  let standIn: StandIn
  let client: Client
  let where: Where

  beforeEach(async () => {
    standIn = await startStandIn({ mode })
    client = openDoor(standIn, quickClock())
    const [paid] = standIn.company.tables.contract_payments.live()
    where = { project: String(paid!.project_id), contracts: [String(paid!.contract_id)] }
  })
  afterEach(async () => {
    if (mode === 'strict') expect(standIn.violations).toEqual([])
    await standIn.close()
  })

  const first = async (list: ProcoreList) => {
    for await (const page of list.read(client, where)) if (page[0]) return page[0]
    throw new Error(`${list.id} is empty`)
  }
  const send = async (list: ProcoreList, { scope, bodyKey, ...ask }: OneCall, fields: Record<string, unknown>) => {
    const made = toRow(list.one!.fields, fields)
    if (!made.ok) throw new Error(JSON.stringify(made.problem))
    const ids = Object.fromEntries(Object.entries(scope).map(([name, id]) => [name, rawNumber(id)]))
    const heard = await client.write({ ...ask, body: JSON.stringify({ ...ids, [bodyKey]: made.row }), priority: 'write', about: {} })
    return heard.outcome === 'answered' ? list.parse(heard.answer.body, where.project) : heard
  }
  const parentOf = (list: ProcoreList, item: { content: Record<string, unknown> }) =>
    list.one?.parent == null ? null : String(item.content[list.one.parent])

  it('are those the reference has', () => {
    const names = ['prime-contracts', 'change-order-packages', 'requisitions', 'contract-payments', 'payment-applications']
    expect(written.map(({ id }) => id)).toEqual(names)
  })

  it.each(written.map((list) => [list.id, list] as const))('are given an owner and freed again: %s', async (_id, list) => {
    const before = await first(list)
    const call = list.one!.change(where, before.id, parentOf(list, before))
    const origin_id = `key:${list.id}:1`
    expect(await send(list, call, { origin_id, origin_data: 'as of today' })).toMatchObject({
      type: before.type,
      id: before.id,
      originId: origin_id,
    })
    expect((await list.byIds(client, where, [before.id])).map((one) => one.originId)).toEqual([origin_id])
    expect(await send(list, call, { origin_id: null, origin_data: null })).toMatchObject({ id: before.id, originId: null })
  })

  it.each(written.map((list) => [list.id, list] as const))('are frozen by their owner only as far as is said: %s', async (_id, list) => {
    const before = await first(list)
    const call = list.one!.change(where, before.id, parentOf(list, before))
    await send(list, call, { origin_id: `key:${list.id}:2` })
    const [field, value] =
      list.id === 'contract-payments' ? ['notes', 'x'] : ['invoice_number' in list.one!.fields ? 'invoice_number' : 'title', 'x']
    const answer = await send(list, call, { [field!]: value })
    if (list.one!.locked.includes(field!)) expect(answer).toMatchObject({ id: before.id })
    else expect(answer).toMatchObject({ outcome: 'refused', problem: { code: 'locked-in-procore' } })
  })

  it('are made where that is published: a payment, once per owner', async () => {
    const list = procoreLists.find(({ id }) => id === 'contract-payments')!
    const [contract] = where.contracts!
    const payment = { amount: '1234.50', date: '2026-04-01', check_number: '777', payment_method: 'check', origin_id: 'key:ap-payments:1' }
    const call = list.one!.create!(where, contract!)
    const made = await send(list, call, payment)
    expect(made).toMatchObject({
      type: 'contract-payment',
      originId: 'key:ap-payments:1',
      content: { contract_id: contract, amount: '1234.5' },
    })
    expect(await send(list, call, payment)).toMatchObject({ outcome: 'refused' })
    await expect(list.byIds(client, { project: where.project }, ['1'])).rejects.toThrow(TypeError)
  })
})

describe('change orders', () => {
  it('are told apart by whose contract they change, in the list and by themselves', async () => {
    await using standIn = await startStandIn()
    const client = openDoor(standIn, quickClock())
    const orders = standIn.company.tables.change_order_packages.live()
    const where = { project: String(orders[0]!.project_id) }
    const list = procoreLists.find(({ id }) => id === 'change-order-packages')!
    const kind = { CommitmentContractChangeOrder: 'commitment-change-order', PrimeContractChangeOrder: 'prime-change-order' }
    const found = []
    for await (const page of list.read(client, where)) found.push(...page)
    const expected = orders.filter((one) => String(one.project_id) === where.project)
    expect(new Set(expected.map(({ type }) => type)).size).toBe(2)
    expect(found.map(({ id, type }) => [id, type])).toEqual(expected.map(({ id, type }) => [String(id), kind[type]]))
    const prime = expected.find(({ type }) => type === 'PrimeContractChangeOrder')!
    expect((await list.byIds(client, where, [String(prime.id)])).map(({ type }) => type)).toEqual(['prime-change-order'])
  })
})
