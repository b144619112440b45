import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UnlinkNull } from './api/endpoint.ts'
import { type Ask, asker, type SyncAnswer } from './ask.ts'
import { type StandIn, startStandIn } from './stand-in.ts'

const synced = 'The invoice is not editable because it has been synced with ERP'

describe('locks and unlinking', () => {
  let standIn: StandIn
  let ask: Ask
  let projectId: number
  const base = () => `/rest/v1.0/projects/${projectId}/direct_costs`
  const sync = async (path: string, updates: object[], more: object = {}) =>
    (await ask('PATCH', path, { ...more, updates })).json as SyncAnswer

  beforeAll(async () => {
    standIn = await startStandIn()
    ask = await asker(standIn)
    projectId = standIn.company.tables.projects.all()[0]!.id
  })
  afterAll(() => standIn.close())

  const newCost = async (origin_id: string) => {
    const { entities } = await sync(`${base()}/sync`, [
      { origin_id, direct_cost_type: 'invoice', direct_cost_date: '2026-02-30', description: 'First' },
    ])
    return entities[0] as { id: number; direct_cost_date: unknown }
  }
  const newLine = (direct_cost_id: number, more: object = {}) => {
    const code = standIn.company.tables.cost_codes.where((one) => one.project_id === projectId)[1]!
    const type = standIn.company.tables.line_item_types.all()[0]!
    return { direct_cost_id, amount: 12.5, cost_code_id: code.id, line_item_type_id: type.id, ...more }
  }

  it('stores a date that does not exist as null, without a word', async () => {
    expect((await newCost('dc:date')).direct_cost_date).toBeNull()
  })

  it('freezes a direct cost that has an owner until the owner is cleared', async () => {
    const { id } = await newCost('dc:1')
    const locked = await sync(`${base()}/sync`, [{ id, description: 'Second' }])
    expect(locked.errors[0]?.errors).toEqual({ base: [synced] })
    const patched = await ask('PATCH', `${base()}/${id}`, { item: { description: 'Second' } })
    expect(patched).toMatchObject({ status: 422, json: { errors: { base: [synced] } } })
    const both = await sync(`${base()}/sync`, [{ id, origin_id: null, description: 'Second' }])
    expect(both.errors).toHaveLength(1)
    await sync(`${base()}/sync`, [{ id, origin_id: null }])
    const freed = await sync(`${base()}/sync`, [{ id, description: 'Second' }])
    expect(freed.entities[0]).toMatchObject({ description: 'Second', origin_id: null })
    await sync(`${base()}/sync`, [{ id, origin_id: 'dc:1' }])
    expect(standIn.company.tables.direct_costs.get(id)?.origin_id).toBe('dc:1')
  })

  it('takes new lines under a synced header and locks them with it; the switch locks both', async () => {
    const { id } = await newCost('dc:2')
    const path = `${base()}/line_items/sync`
    const added = await sync(path, [newLine(id, { origin_id: 'dcl:2' })])
    const lineId = added.entities[0]?.['id']
    expect(added.entities[0]).toMatchObject({ amount: '12.5' })
    expect((await sync(path, [{ id: lineId, amount: 13 }])).errors[0]?.errors).toEqual({ base: [synced] })
    standIn.behaviour.directCostLines = 'locked'
    expect((await sync(path, [newLine(id)])).errors).toHaveLength(1)
    standIn.behaviour.directCostLines = 'may be added'
    expect((await ask('GET', `${base()}/${id}`)).json).toMatchObject({ grand_total: '12.5', line_items_count: 1 })
  })

  it('refuses a line whose code the project lacks, and only that row', async () => {
    const { id } = await newCost('dc:3')
    const answer = await sync(`${base()}/line_items/sync`, [
      newLine(id, { cost_code_id: 1 }),
      newLine(id),
      newLine(id, { cost_code_id: null }),
    ])
    expect(answer.errors.map((row) => row.errors)).toEqual([{ cost_code_id: ['is invalid'] }, { cost_code_id: ["can't be blank"] }])
    expect(answer.entities).toHaveLength(1)
  })

  it('answers 409 to a second direct cost sync in the same project, not to another project’s', async () => {
    const other = standIn.company.tables.projects.all()[1]!.id
    const updates = [{ direct_cost_type: 'invoice', description: 'At once' }]
    const paths = [base(), base(), `/rest/v1.0/projects/${other}/direct_costs`].map((path) => `${path}/sync`)
    const statuses = (await Promise.all(paths.map((path) => ask('PATCH', path, { updates })))).map((heard) => heard.status)
    expect(statuses.slice(0, 2).sort()).toEqual([200, 409])
    expect(statuses[2]).toBe(200)
  })

  it('locks vendor and schedule of values of an approved commitment, but not its owner', async () => {
    const contract = standIn.company.tables.work_order_contracts.live().find((one) => one.status === 'Approved' && one.origin_id === null)!
    const line = standIn.company.tables.contract_line_items.heldBy(contract.id)[0]!
    const vendor = standIn.company.tables.vendors.all().find((one) => one.id !== contract.vendor_id)!
    const contracts = (row: object) =>
      sync('/rest/v1.0/work_order_contracts/sync', [{ id: contract.id, ...row }], { project_id: contract.project_id })
    const linePath = `/rest/v1.0/work_order_contracts/${contract.id}/line_items/sync?project_id=${contract.project_id}`
    expect((await contracts({ vendor_id: vendor.id })).errors).toHaveLength(1)
    expect((await sync(linePath, [{ id: line.id, amount: '1.00' }])).errors).toHaveLength(1)
    expect((await contracts({ origin_id: 'own:1', title: 'Free' })).errors).toEqual([])
    expect((await sync(linePath, [{ id: line.id, origin_id: 'own:1:1' }])).errors).toEqual([])
    standIn.company.settings.lockApprovedCommitments = false
    expect((await sync(linePath, [{ id: line.id, amount: '1.00' }])).errors).toEqual([])
    standIn.company.settings.lockApprovedCommitments = true
  })

  it.each<[UnlinkNull, string | null, number]>([
    ['clears', null, 0],
    ['422', 'own:x', 1],
    ['200-but-unchanged', 'own:x', 0],
  ])('unlinks by null as the switch %s says', async (how, left, errors) => {
    const contract = standIn.company.tables.work_order_contracts.live().at(-1)!
    standIn.company.steal('work_order_contracts', contract.id, 'own:x')
    standIn.behaviour.unlinkNull = how
    const nulls = { origin_id: null, origin_code: null, origin_data: null }
    const answer = await sync('/rest/v1.0/work_order_contracts/sync', [{ id: contract.id, ...nulls }], { project_id: contract.project_id })
    const path = `/rest/v1.0/work_order_contracts/${contract.id}`
    const patched = await ask('PATCH', path, { project_id: contract.project_id, work_order_contract: nulls })
    standIn.behaviour.unlinkNull = 'clears'
    expect(answer.errors).toHaveLength(errors)
    expect(patched.status).toBe(errors === 1 ? 422 : 200)
    expect((await ask('GET', `${path}?project_id=${contract.project_id}`)).json).toMatchObject({ origin_id: left })
  })
})
