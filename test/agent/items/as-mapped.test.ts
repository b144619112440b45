import { describe, expect, it } from 'vitest'
import { records } from '../../../agent/formats/records/index.ts'
import { kindsAsMapped } from '../../../agent/items/as-mapped.ts'
import { isCompared } from '../../../agent/items/figures.ts'
import { kinds } from '../../../agent/items/index.ts'
import type { Context, ErpRecord, ProcoreItem } from '../../../agent/items/kind.ts'
import { neededFields } from '../../../agent/mapping/needed.ts'
import { type Entity, entities } from '../../../shared/item.ts'
import { defaultTicks, type Ticks, withEntity, withField } from '../../../shared/mapping/ticks.ts'

const item = (type: ProcoreItem['type'], content: ProcoreItem['content'] = {}): ProcoreItem => ({
  ...{ type, id: '9', project: '9', originId: null, originCode: null, updatedAt: null, deletedAt: null, content },
})

/** Everything a record may ask for is there. */
const context = (parts: ErpRecord[] = []): Context => ({
  ...{ connectionKey: 'tb', projectOfJob: () => item('project'), vendorOf: () => item('vendor'), costCode: () => item('cost-code') },
  ...{ costType: () => item('cost-type'), subJob: () => item('sub-job'), standardCode: () => null, standardList: () => '9' },
  ...{ partner: () => item('work-order-contract'), record: () => null, setting: () => null, partsOf: () => parts },
})
const record = (entity: Entity, fields: ErpRecord['fields']): ErpRecord => ({ id: 1, entity, key: 'K', fields })
const off = (...fields: [Entity, string][]): Ticks =>
  fields.reduce((ticks, [entity, field]) => withField(ticks, entity, field, false), defaultTicks())

const acme = record('vendors', { name: 'Acme', address1: '1 Main St', address2: 'Floor 2', fax: '1', city: 'Salem' })
const inProcore = item('vendor', { name: 'Acme', address: '1 Main St, Floor 2', fax_number: '2', city: 'Salem' })

describe('where everything is ticked', () => {
  it('the kinds are the very same: a connection without a mapping pays nothing', () => {
    expect(kindsAsMapped(kinds, null)).toBe(kinds)
  })

  it('figures and bodies are as without a mapping', () => {
    const { vendors } = kindsAsMapped(kinds, defaultTicks())
    expect(vendors.compare(acme, inProcore, context())).toEqual(kinds.vendors.compare(acme, inProcore, context()))
    expect(vendors.toBody?.(acme, inProcore, context())).toEqual(kinds.vendors.toBody?.(acme, inProcore, context()))
  })
})

describe('an unticked field', () => {
  const { vendors } = kindsAsMapped(kinds, off(['vendors', 'fax']))

  it('is neither agreed on nor different, and says nothing of the ERP', () => {
    const fax = vendors.compare(acme, inProcore, context()).find(({ field }) => field === 'fax')
    expect(fax).toMatchObject({ procore: '2', erp: null, agrees: null, judged: false, mapped: false })
    expect(kinds.vendors.compare(acme, inProcore, context()).find(({ field }) => field === 'fax')).toMatchObject({ agrees: false })
  })

  it('is never sent, in a change or in something new', () => {
    expect(vendors.toBody?.(acme, inProcore, context())).not.toHaveProperty('fax_number')
    expect(vendors.toBody?.(acme, null, context())).not.toHaveProperty('fax_number')
    expect(vendors.toBody?.(acme, null, context())).toHaveProperty('city', 'Salem')
  })

  it('takes with it what is put together with it, and leaves what is not', () => {
    const { vendors: half } = kindsAsMapped(kinds, off(['vendors', 'address2']))
    const figures = half.compare(acme, inProcore, context())
    expect(figures.find(({ field }) => field === 'address')).toMatchObject({ mapped: false, agrees: null })
    expect(figures.find(({ field }) => field === 'city')).toMatchObject({ agrees: true })
    expect(half.toBody?.(acme, inProcore, context())).not.toHaveProperty('address')
  })

  it('has no stand-in: another date of the ERP is not compared in its place, nor sent as a change', () => {
    const { 'jc-transactions': costs } = kindsAsMapped(kinds, off(['jc-transactions', 'accounting_date']))
    const cost = record('jc-transactions', {
      ...{ job: 'J', cost_code: '1', category: 'S', transaction_type: 'AP cost', amount: '5.00' },
      ...{ accounting_date: '2026-10-30', transaction_date: '2026-10-02' },
    })
    const sent = item('direct-cost', { grand_total: '5.00', direct_cost_date: '2026-10-30' })
    expect(costs.compare(cost, sent, context()).find(({ field }) => field === 'date')).toMatchObject({ mapped: false, agrees: null })
    expect(costs.toBody?.(cost, sent, context())).not.toHaveProperty('direct_cost_date')
    expect(costs.toBody?.(cost, null, context())).toHaveProperty('direct_cost_date', '2026-10-02')
  })

  it('of a line takes the sum of its lines with it', () => {
    const { commitments } = kindsAsMapped(kinds, off(['commitment-items', 'approved_co_amount']))
    const line = record('commitment-items', { commitment: 'K', amount: '10.00', approved_co_amount: '2.00' })
    const contract = item('work-order-contract', { grand_total: '10.00', approved_change_orders: '3.00', revised_contract: '13.00' })
    const figures = commitments.compare(record('commitments', { job: 'J' }), contract, context([line]))
    expect(figures.map(({ field, agrees, mapped }) => [field, agrees, mapped]).slice(0, 3)).toEqual([
      ['original', true, undefined],
      ['approved-changes', null, false],
      ['revised', null, false],
    ])
  })
})

describe('a kind that is unticked whole', () => {
  const { vendors, commitments } = kindsAsMapped(kinds, withEntity(withEntity(defaultTicks(), 'vendors', false), 'commitment-items', false))

  it('says nothing at all, so that nobody takes it for agreeing', () => {
    const figures = vendors.compare(acme, inProcore, context())
    expect(figures.every(({ mapped, agrees }) => mapped === false && agrees === null)).toBe(true)
    expect(isCompared(figures)).toBe(false)
  })

  it('is neither matched, linked, changed nor created', () => {
    expect(vendors.keysOfRecord(acme, context())).toEqual([])
    expect(vendors).toMatchObject({ ties: 'ledger', delivery: 'match', matched: false })
  })

  it('counts into nothing where it is a part', () => {
    const line = record('commitment-items', { commitment: 'K', amount: '10.00' })
    const figures = commitments.compare(
      record('commitments', { job: 'J' }),
      item('work-order-contract', { grand_total: '10.00' }),
      context([line]),
    )
    expect(figures.find(({ field }) => field === 'original')).toMatchObject({ erp: null, mapped: false })
  })
})

describe.each(entities)('%s', (entity) => {
  it('can still be sent with every field unticked that may be', () => {
    const fields = records[entity].fields.map(({ field }) => field)
    const may = fields.filter((field) => !neededFields(entity).includes(field))
    const ticks = off(...may.map((field): [Entity, string] => [entity, field]))
    const full = record(entity, { ...Object.fromEntries(fields.map((field) => [field, '1'])), transaction_type: 'AP cost' })
    const kind = kindsAsMapped(kinds, ticks)[entity]
    const type = kind.itemTypes[0]
    if (!kind.toBody || type === undefined) return expect(kind.delivery).toBe('match')
    for (const one of [null, item(type, { contract_id: '9', standard_cost_code_list_id: '9' })])
      expect(kind.toBody(full, one, context())).not.toHaveProperty('params')
  })

  it('needs nothing it does not have', () => {
    expect(neededFields(entity).filter((field) => !records[entity].fields.some((one) => one.field === field))).toEqual([])
  })
})
