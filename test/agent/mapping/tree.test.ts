import { describe, expect, it } from 'vitest'
import { records } from '../../../agent/formats/records/index.ts'
import { faultOf, mappingTree } from '../../../agent/mapping/tree.ts'
import { mappables } from '../../../shared/mapping/mappable.ts'
import { applyPreset, presets } from '../../../shared/mapping/presets.ts'
import { defaultTicks, withEntity, withField } from '../../../shared/mapping/ticks.ts'
import { reaches } from '../../support/reaches.ts'

const tree = mappingTree({
  mappings: [{ entity: 'insurances', columns: { vendor: 'Supplier', policy_number: 'Policy', insurance_type: 'Cover' } }],
  columnsOf: (entity) => (entity === 'vendors' ? new Set(['vendor', 'name']) : null),
})
const of = (id: string) => tree.find((one) => one.id === id)
const field = (id: string, name: string) => of(id)?.fields.find((one) => one.field === name)

describe('the tree of what can be ticked', () => {
  it('holds every kind of record once, and what hh2 names beside them', () => {
    expect(tree.map(({ id }) => id)).toEqual(mappables.map(({ id }) => id))
    expect(new Set(tree.map(({ id }) => id)).size).toBe(tree.length)
  })

  it.each([
    ['vendors', 'known', 'sends'],
    ['commitments', 'known', 'compares'],
    ['commitment-items', 'known', 'carries'],
    ['insurances', 'own-file', 'sends'],
    ['ar-invoices', 'none', 'compares'],
    ['vendor-types', 'none', 'nothing'],
    ['customer', 'no-place', 'nothing'],
    ['contract-change-order-cn', 'no-place', 'nothing'],
  ])('says what %s can do here: %s, %s', (id, reader, does) => {
    expect(of(id)).toMatchObject({ reader, does })
  })

  it('says of each field what it is for, and which stay as they are', () => {
    expect(field('vendors', 'fax')).toMatchObject({ locked: null, uses: ['compared', 'sent'], inExport: false })
    expect(field('vendors', 'name')).toMatchObject({ locked: 'needed', inExport: true })
    expect(field('vendors', 'contact_name')).toMatchObject({ uses: [] })
    expect(field('commitments', 'description')).toMatchObject({ uses: ['compared'], inExport: null })
    expect(field('commitment-items', 'tax')).toMatchObject({ uses: ['compared'] })
    expect(field('jc-transactions', 'transaction_date')).toMatchObject({ uses: ['compared', 'sent'] })
    expect(field('jobs', 'city')).toMatchObject({ uses: ['sent'] })
    expect(field('jc-transactions', 'pay_id')).toMatchObject({ hh2: 'Pay ID', locked: 'unread', uses: [] })
  })

  it('names the figures of a record’s panel, and takes no order of others', () => {
    expect(of('vendors')?.figures).toEqual(['name', 'address', 'city', 'state', 'zip', 'phone', 'fax', 'contact_email'])
    expect(of('commitment-items')?.figures).toEqual([])
    const ordered = (order: string[]) => faultOf({ ...defaultTicks(), vendors: { on: true, off: [], order } })
    expect(ordered(['fax', 'name'])).toBeNull()
    reaches('mapping-unknown', ordered(['fax', 'bank'])?.code)
    expect(ordered(['fax', 'fax'])?.code).toBe('mapping-unknown')
  })

  it('has every field of every record', () => {
    for (const { entity, fields } of Object.values(records))
      expect(
        of(entity)
          ?.fields.filter(({ locked }) => locked !== 'unread')
          .map((one) => one.field),
      ).toEqual(fields.map((one) => one.field))
  })
})

describe('what may be saved', () => {
  it('is what everybody starts with, and every preset', () => {
    expect(faultOf(defaultTicks())).toBeNull()
    for (const preset of presets) expect(faultOf(applyPreset(defaultTicks(), preset))).toBeNull()
  })

  it('is no name the tree does not have', () => {
    reaches('mapping-unknown', faultOf({ payroll: { on: true, off: [] } })?.code)
    expect(faultOf({ vendors: { on: true, off: ['bank'] } })?.params).toEqual({ name: 'bank' })
  })

  it('is not without a field its records need, nor with one that is never read', () => {
    reaches('mapping-locked', faultOf(withField(defaultTicks(), 'vendors', 'name', false))?.code)
    expect(faultOf(withField(defaultTicks(), 'jc-transactions', 'pay_id', true))?.params).toMatchObject({ field: 'pay_id' })
    expect(faultOf(withEntity(defaultTicks(), 'vendors', false))).toBeNull()
  })
})
