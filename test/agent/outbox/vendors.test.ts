import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type StandIn, startStandIn } from '../../procore/stand-in.ts'
import { type Firm, makeFirm, originOf } from './firm.ts'

describe.each(['strict', 'lenient'] as const)('vendors on their way to a %s Procore', (mode) => {
  let standIn: StandIn
  let firm: Firm

  beforeEach(async () => {
    standIn = await startStandIn({ mode })
    firm = await makeFirm(standIn)
  })
  afterEach(async () => {
    if (mode === 'strict') expect(standIn.violations).toEqual([])
    await standIn.close()
  })

  const coded = () => standIn.company.tables.vendors.live().find((one) => one.origin_code !== null && one.origin_id === null)!
  const live = (id: number) => standIn.company.tables.vendors.get(id)!
  const writes = () => standIn.requests.filter((one) => one.method === 'PATCH')
  const fieldsOf = (vendor: { name: string; city: string | null }) => ({ vendor: 'x', name: vendor.name, city: vendor.city })

  async function linked(key: string): Promise<{ record: number; id: number }> {
    const vendor = standIn.company.add('vendors', { ...coded(), origin_code: key, name: `Firm ${key}`, origin_id: null })
    await firm.see('vendors')
    const record = await firm.record('vendors', key, { vendor: key, name: `Firm ${key}`, city: vendor.city })
    await firm.deliver()
    return { record, id: vendor.id }
  }

  it('links a vendor found by its code, sending id and origin_id together after a look', async () => {
    const { record, id } = await linked('LINK01')
    expect(live(id).origin_id).toBe(originOf('vendors', 'LINK01'))
    expect(writes().map((one) => one.body)).toEqual([
      { company_id: standIn.company.id, updates: [{ id, origin_id: originOf('vendors', 'LINK01') }] },
    ])
    expect(firm.state(record)).toBe('synced')
    expect(firm.problems()).toEqual([])
  })

  it('sends a change by id alone, with the changed field alone', async () => {
    const { record, id } = await linked('UPD01')
    standIn.forget()
    await firm.change(record, 'vendors', { vendor: 'UPD01', name: 'Firm UPD01', city: 'Harborton' })
    await firm.deliver()
    expect(writes().map((one) => one.body)).toEqual([{ company_id: standIn.company.id, updates: [{ id, city: 'Harborton' }] }])
    expect(live(id)).toMatchObject({ city: 'Harborton', origin_id: originOf('vendors', 'UPD01') })
    expect(firm.state(record)).toBe('synced')
  })

  it('creates what Procore has not, by origin_id alone', async () => {
    await firm.see('vendors')
    const record = await firm.record('vendors', 'NEW01', { vendor: 'NEW01', name: 'Quite Unheard Of Works', city: 'Portwell' })
    await firm.deliver()
    const made = standIn.company.tables.vendors.byOrigin(originOf('vendors', 'NEW01'))
    expect(made).toMatchObject({ name: 'Quite Unheard Of Works', origin_code: 'NEW01' })
    expect(writes()[0]?.body).toMatchObject({ updates: [{ origin_id: originOf('vendors', 'NEW01') }] })
    const [row] = (writes()[0]!.body as { updates: object[] }).updates
    expect(Object.keys(row!)).not.toContain('id')
    expect(firm.state(record)).toBe('synced')
  })

  it('creates nothing while an unlinked vendor of the same name appeared since', async () => {
    await firm.see('vendors')
    const record = await firm.record('vendors', 'NEW02', { vendor: 'NEW02', name: 'Late Arrival Works', city: 'Portwell' })
    standIn.company.add('vendors', { ...coded(), origin_code: null, origin_id: null, name: 'Late Arrival Works Inc.' })
    await firm.deliver()
    expect(writes()).toEqual([])
    expect(standIn.company.tables.vendors.live().filter((one) => one.name.startsWith('Late Arrival'))).toHaveLength(1)
    expect(firm.problems()).toMatchObject([{ code: 'match-to-confirm', record }])
  })

  it('looks again for what a process claimed and did not live to send', async () => {
    await firm.see('vendors')
    const record = await firm.record('vendors', 'DEAD01', { vendor: 'DEAD01', name: 'Claimed In Vain Works', city: 'Portwell' })
    const { group } = await firm.calls.claim({ connection: 1, limit: 10, recover: false, like: null })
    expect(group).toHaveLength(1)
    const there = standIn.company.add('vendors', { ...coded(), origin_code: null, name: 'Claimed In Vain Works', origin_id: null })
    await firm.deliver()
    expect(standIn.company.tables.vendors.byOrigin(originOf('vendors', 'DEAD01'))).toBeUndefined()
    expect(firm.problems()).toEqual([expect.objectContaining({ code: 'match-to-confirm', record })])
    expect(live(there.id).origin_id).toBeNull()
  })

  it('looks up a create whose answer was lost after the commit, and creates it once', async () => {
    await firm.see('vendors')
    const record = await firm.record('vendors', 'NEW03', { vendor: 'NEW03', name: 'Lost Answer Works', city: 'Portwell' })
    standIn.faults.add({ when: { method: 'PATCH' }, fault: { do: 'drop after commit' } })
    await firm.deliver()
    expect(standIn.company.tables.vendors.live().filter((one) => one.name === 'Lost Answer Works')).toHaveLength(1)
    expect(writes()).toHaveLength(1)
    expect(firm.state(record)).toBe('synced')
    expect(firm.problems()).toEqual([])
  })

  it.each(['drop before reading', 'drop mid-answer'] as const)('comes through: %s', async (how) => {
    const { record, id } = await linked('DROP01')
    await firm.change(record, 'vendors', { vendor: 'DROP01', name: 'Firm DROP01', city: 'Eastmoor' })
    standIn.faults.add({ when: { method: 'PATCH' }, fault: { do: how } })
    await firm.deliver()
    expect(live(id).city).toBe('Eastmoor')
    expect(firm.state(record)).toBe('synced')
  })

  it.each([
    [429, 1],
    [503, 1],
    [500, 0],
    [502, 0],
  ])('comes through an answer %i', async (status, retryAfterSeconds) => {
    const { record, id } = await linked('BUSY01')
    await firm.change(record, 'vendors', { vendor: 'BUSY01', name: 'Firm BUSY01', city: 'Westmoor' })
    standIn.faults.add({ when: { method: 'PATCH' }, fault: { do: 'answer', status, ...(retryAfterSeconds ? { retryAfterSeconds } : {}) } })
    await firm.deliver()
    expect(live(id).city).toBe('Westmoor')
    expect(firm.state(record)).toBe('synced')
    expect(firm.problems()).toEqual([])
  })

  it('keeps the rows that went well and names the one Procore refused', async () => {
    const one = await linked('PART01')
    const two = await linked('PART02')
    await firm.change(one.record, 'vendors', { vendor: 'PART01', name: 'Firm PART01', city: 'Northmoor' })
    await firm.change(two.record, 'vendors', { vendor: 'PART02', name: 'Firm PART02', city: 'Southmoor' })
    standIn.faults.add({ when: { method: 'PATCH' }, fault: { do: 'partial errors', rows: [1], errors: { city: ['is not a city'] } } })
    await firm.deliver()
    expect(live(one.id).city).toBe('Northmoor')
    expect(live(two.id).city).not.toBe('Southmoor')
    expect([firm.state(one.record), firm.state(two.record)]).toEqual(['synced', 'failed'])
    expect(firm.problems()).toMatchObject([
      { code: 'procore-refused', record: two.record, params: expect.stringContaining('city: is not a city') },
    ])
  })

  it.each([
    ['cleared', (id: number) => standIn.company.release('vendors', id)],
    ['stolen', (id: number) => standIn.company.steal('vendors', id, 'other-tool:9')],
  ])('writes nothing and opens one problem when its owner was %s between two runs', async (_how, act) => {
    const { record, id } = await linked('OWN01')
    standIn.forget()
    await firm.change(record, 'vendors', { vendor: 'OWN01', name: 'Firm OWN01', city: 'Nowhere' })
    act(id)
    const before = live(id)
    await firm.deliver()
    expect(writes()).toEqual([])
    expect(live(id)).toEqual(before)
    expect(firm.problems()).toMatchObject([{ code: 'owner-lost', record }])
  })

  it('links nothing that somebody else took since it was found', async () => {
    const vendor = standIn.company.add('vendors', { ...coded(), origin_code: 'RACE1', name: 'Race Works', origin_id: null })
    await firm.see('vendors')
    const record = await firm.record('vendors', 'RACE1', fieldsOf(vendor))
    standIn.company.steal('vendors', vendor.id, 'other-tool:1')
    await firm.deliver()
    expect(writes()).toEqual([])
    expect(live(vendor.id).origin_id).toBe('other-tool:1')
    expect(firm.state(record)).toBe('foreign')
    expect(firm.problems()).toHaveLength(1)
  })

  it('leaves a field alone that a person changed in Procore meanwhile, and says that both sides changed', async () => {
    const { record, id } = await linked('BOTH01')
    standIn.forget()
    await firm.change(record, 'vendors', { vendor: 'BOTH01', name: 'Firm BOTH01', city: 'From the ERP' })
    standIn.company.edit('vendors', id, { city: 'By a person' })
    await firm.deliver()
    expect(writes()).toEqual([])
    expect(live(id).city).toBe('By a person')
    expect(firm.state(record)).toBe('changed-in-both')
  })

  it('takes up what a worker left when it was killed, at any of its steps', async () => {
    for (const [n, stage] of (['before-reading', 'committed'] as const).entries()) {
      const { record, id } = await linked(`KILL0${n}`)
      await firm.change(record, 'vendors', { vendor: `KILL0${n}`, name: `Firm KILL0${n}`, city: `Town ${n}` })
      const { group } = await firm.calls.claim({ connection: 1, limit: 10, recover: false, like: null })
      const [delivery] = group
      await firm.calls.progress({ rows: [{ id: delivery!.id, sent: { body: delivery!.body, item: String(id) } }] })
      if (stage === 'committed') standIn.company.edit('vendors', id, { city: `Town ${n}` })
      await firm.deliver()
      expect(live(id).city).toBe(`Town ${n}`)
      expect(firm.state(record)).toBe('synced')
    }
  })
})
