import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Ask, asker, syncVendors } from './ask.ts'
import { type StandIn, startStandIn } from './stand-in.ts'

describe('the sync matrix of id and origin_id', () => {
  let standIn: StandIn
  let ask: Ask
  let vendorId: number

  beforeAll(async () => {
    standIn = await startStandIn()
    ask = await asker(standIn)
  })
  afterAll(() => standIn.close())
  beforeEach(() => {
    vendorId = standIn.company.add('vendors', { ...standIn.company.tables.vendors.all()[0]!, origin_code: null, name: 'Matrix' }).id
  })
  const vendor = () => standIn.company.tables.vendors.get(vendorId)

  it('creates without an owner when neither is sent, each time anew', async () => {
    const before = standIn.company.tables.vendors.all().length
    const first = await syncVendors(standIn, ask, [{ name: 'Twice' }])
    await syncVendors(standIn, ask, [{ name: 'Twice' }])
    expect(first.entities[0]).toMatchObject({ name: 'Twice', origin_id: null, synced_to_erp: false })
    expect(standIn.company.tables.vendors.all().length).toBe(before + 2)
  })

  it('refuses an id that is not there and keeps the other rows', async () => {
    const answer = await syncVendors(standIn, ask, [
      { id: 5, name: 'Ghost' },
      { id: vendorId, name: 'Renamed' },
    ])
    expect(answer.errors).toEqual([{ id: 5, name: 'Ghost', errors: { id: ['Entity with this ID not found'] } }])
    expect(answer.entities).toHaveLength(1)
    expect(vendor()?.name).toBe('Renamed')
  })

  it('creates by an unknown origin_id and updates by a known one', async () => {
    const origin_id = `k:vendor:${vendorId}`
    const [created] = (await syncVendors(standIn, ask, [{ origin_id, name: 'By origin' }])).entities
    const [updated] = (await syncVendors(standIn, ask, [{ origin_id, city: 'Elsewhere' }])).entities
    expect(updated?.['id']).toBe(created?.['id'])
    expect(updated).toMatchObject({ name: 'By origin', city: 'Elsewhere', synced_to_erp: true })
  })

  it('changes the owner only when both are sent', async () => {
    await syncVendors(standIn, ask, [{ id: vendorId, origin_id: `a:${vendorId}` }])
    expect(vendor()?.origin_id).toBe(`a:${vendorId}`)
    await syncVendors(standIn, ask, [{ id: vendorId, origin_id: `b:${vendorId}` }])
    expect(vendor()?.origin_id).toBe(`b:${vendorId}`)
    await syncVendors(standIn, ask, [{ id: vendorId, origin_id: null, origin_code: null, origin_data: null }])
    expect(vendor()?.origin_id).toBeNull()
  })

  it('refuses an origin_id another item has', async () => {
    await syncVendors(standIn, ask, [{ origin_id: `taken:${vendorId}`, name: 'Holder' }])
    const answer = await syncVendors(standIn, ask, [{ id: vendorId, origin_id: `taken:${vendorId}` }])
    expect(answer.errors[0]?.errors).toEqual({ origin_id: ['has already been taken'] })
    expect(vendor()?.origin_id).toBeNull()
  })

  it('answers 413 above a thousand rows and writes none', async () => {
    const before = standIn.company.tables.vendors.all().length
    const updates = Array.from({ length: 1001 }, (_, n) => ({ name: `Many ${n}` }))
    const heard = await ask('PATCH', '/rest/v1.0/vendors/sync', { company_id: standIn.company.id, updates })
    expect(heard.status).toBe(413)
    expect(standIn.company.tables.vendors.all().length).toBe(before)
  })

  it('moves updated_at with each write, also when only the owner changes', async () => {
    const before = Date.parse(vendor()?.updated_at ?? '')
    standIn.company.tables.vendors.change(vendorId, { updated_at: '2020-01-01T00:00:00Z' })
    await syncVendors(standIn, ask, [{ id: vendorId, origin_id: `bump:${vendorId}` }])
    expect(Date.parse(vendor()?.updated_at ?? '')).toBeGreaterThanOrEqual(before)
  })

  it('answers entities in another order than sent', async () => {
    const updates = Array.from({ length: 40 }, (_, n) => ({ origin_id: `order:${n}`, name: `Order ${n}` }))
    const { entities } = await syncVendors(standIn, ask, updates)
    expect(entities.map((one) => one['origin_id'])).not.toEqual(updates.map((one) => one.origin_id))
    expect(new Set(entities.map((one) => one['origin_id']))).toEqual(new Set(updates.map((one) => one.origin_id)))
  })
})
