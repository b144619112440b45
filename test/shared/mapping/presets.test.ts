import { describe, expect, it } from 'vitest'
import { idNamed, mappables } from '../../../shared/mapping/mappable.ts'
import { applyPreset, type Preset, presets } from '../../../shared/mapping/presets.ts'
import { defaultTicks, type Ticks, ticksDiff, ticksFor, ticksText, withEntity, withField } from '../../../shared/mapping/ticks.ts'

const preset = (id: string): Preset => presets.find((one) => one.id === id) as Preset

/** Everything off, fields too: what is on after a preset is what the preset ticks. */
const nothing: Ticks = Object.fromEntries(mappables.map(({ id }) => [id, { on: false, off: [] }]))
const namesOn = (ticks: Ticks): string[] => mappables.filter(({ id }) => ticksFor(ticks, id).on).map(({ id, hh2 }) => hh2 ?? id)

/** The lists of erp-integrations.md D4, written out once more: a slip in the data shows here. */
const lists: Record<string, { mappings: string[]; sync: string[] | null; afterwards: string; transactions: boolean }> = {
  'pcco-export': {
    mappings: [
      ...['Contract (CN)', 'Contract Change Order (CN)', 'Contract Change Order Item (CN)', 'Contract Item (CN)', 'Customer'],
      ...['Customer Type', 'Invoice (AP)', 'Job (CV)', 'Quick Bill Contract', 'Quick Bill Contract Item', 'Transaction (JC)'],
    ],
    sync: [
      ...['Contract (CN)', 'Contract Change Order (CN)', 'Contract Change Order Item (CN)', 'Contract Item (CN)', 'Customer'],
      ...['Customer Type', 'Quick Bill Contract', 'Quick Bill Contract Item'],
    ],
    afterwards: 'deep',
    transactions: true,
  },
  'pcco-export-pj': {
    mappings: [
      ...['Contract (CN)', 'Contract Change Order (CN)', 'Contract Change Order Item (CN)', 'Contract Item (CN)', 'Customer'],
      ...['Customer Type', 'Invoice (AP)', 'Job (CV)', 'Quick Bill Contract', 'Quick Bill Contract Item', 'Transaction (JC)'],
      ...['Contract Change Order (PJ)', 'Contract Change Request (PJ)'],
    ],
    sync: [
      ...['Contract (CN)', 'Contract Change Order (CN)', 'Contract Change Order Item (CN)', 'Contract Item (CN)', 'Customer'],
      ...['Customer Type', 'Quick Bill Contract', 'Quick Bill Contract Item'],
      ...['Contract Change Order (PJ)', 'Contract Change Request (PJ)'],
    ],
    afterwards: 'deep',
    transactions: true,
  },
  'job-cost-transactions': {
    mappings: ['GL Account', 'GL Account Prefix', 'Invoice (AP)', 'Job (JC)', 'Transaction (JC)'],
    sync: ['GL Account', 'GL Account Prefix', 'Invoice (AP)', 'Transaction (JC)'],
    afterwards: 'deep',
    transactions: true,
  },
  'subcontractor-invoices': {
    mappings: [
      ...['Distribution (AP)', 'Distribution Payment (AP)', 'Invoice (AP)', 'Payment (AP)', 'Invoice Payment (AP)'],
      'Invoice Settings (AP)',
    ],
    sync: null,
    afterwards: 'save',
    transactions: false,
  },
  'owner-invoices': { mappings: ['Distribution (AR)', 'Invoice (AR)'], sync: null, afterwards: 'deep', transactions: false },
  'tax-groups': { mappings: ['Tax Group', 'Tax Rate'], sync: null, afterwards: 'deep', transactions: false },
}

const eight = [
  'commitment_change_order',
  'credit_account',
  'debit_account',
  'employee',
  'equipment',
  'pay_id',
  'reference_1',
  'reference_2',
]

describe('hh2’s set-ups', () => {
  it('are the five of its pages, PCCO export with and without Project Management', () => {
    expect(presets.map(({ id }) => id)).toEqual(Object.keys(lists))
  })

  describe.each(presets.map(({ id }) => id))('%s', (id) => {
    const of = preset(id)
    const list = lists[id] as (typeof lists)[string]

    it('ticks exactly the list of the facts, in both panels', () => {
      expect(namesOn(applyPreset(nothing, of)).toSorted()).toEqual(list.mappings.toSorted())
      expect(of.sync).toEqual(list.sync)
      expect(of.afterwards).toBe(list.afterwards)
      const { off } = ticksFor(applyPreset(nothing, of), 'jc-transactions')
      expect(off.toSorted()).toEqual(list.transactions ? eight : [])
    })

    it('leaves what was ticked before ticked', () => {
      const before = [...['vendors', 'commitments'], ...['customer', 'gl-account']].reduce(
        (ticks, one) => withEntity(ticks, one, true),
        nothing,
      )
      const after = applyPreset(before, of)
      expect(namesOn(before).filter((name) => !namesOn(after).includes(name))).toEqual([])
      expect(ticksDiff(before, after).filter(({ on }) => on === false)).toEqual([])
    })

    it('unticks nothing but the fields it names, and the difference says them', () => {
      const before = withField(withField(nothing, 'vendors', 'fax', false), 'ap-invoices', 'status', false)
      const after = applyPreset(before, of)
      const unticked = ticksDiff(before, after).flatMap(({ id: entity, unticked: fields }) => fields.map((field) => `${entity}.${field}`))
      expect(unticked).toEqual(list.transactions ? eight.map((field) => `jc-transactions.${field}`) : [])
      expect(ticksFor(after, 'vendors').off).toEqual(['fax'])
      expect(ticksFor(after, 'ap-invoices').off).toEqual(['status'])
    })

    it('says the same a second time, and is undone to the byte', () => {
      const before = withField(nothing, 'vendors', 'fax', false)
      const after = applyPreset(before, of)
      expect(ticksDiff(after, applyPreset(after, of))).toEqual([])
      expect(ticksText(after)).not.toBe(ticksText(before))
      const back = ticksDiff(before, after).reduce((ticks: Ticks, { id: entity, on, ticked, unticked }) => {
        const turned = on === undefined ? ticks : withEntity(ticks, entity, !on)
        const off = ticked.reduce((one, field) => withField(one, entity, field, false), turned)
        return unticked.reduce((one, field) => withField(one, entity, field, true), off)
      }, after)
      expect(ticksText(back)).toBe(ticksText(before))
    })
  })

  it('tick all other fields of job cost transactions again', () => {
    const before = withField(defaultTicks(), 'jc-transactions', 'description', false)
    const after = applyPreset(before, preset('job-cost-transactions'))
    expect(ticksFor(after, 'jc-transactions').off.toSorted()).toEqual(eight)
    expect(ticksDiff(before, after).find(({ id }) => id === 'jc-transactions')).toEqual({
      ...{ id: 'jc-transactions', ticked: ['description'], unticked: [] },
    })
  })

  it('name only what can be ticked', () => {
    for (const { mappings, sync } of presets) for (const name of [...mappings, ...(sync ?? [])]) expect(idNamed(name)).toBeTruthy()
    expect(() => idNamed('Payroll')).toThrow('Payroll')
  })
})

describe('ticks', () => {
  it('are the same bytes for the same ticks, however they came about', () => {
    const one = withField(withField(defaultTicks(), 'vendors', 'fax', false), 'vendors', 'city', false)
    const other = withField(withField(defaultTicks(), 'vendors', 'city', false), 'vendors', 'fax', false)
    expect(ticksText(one)).toBe(ticksText(other))
    expect(ticksText(JSON.parse(ticksText(one)) as Ticks)).toBe(ticksText(one))
    expect(ticksText({})).toBe(ticksText(defaultTicks()))
  })

  it('differ in nothing from themselves', () => {
    expect(ticksDiff(defaultTicks(), JSON.parse(ticksText(defaultTicks())) as Ticks)).toEqual([])
  })
})
