import { describe, expect, test } from 'vitest'
import { records } from '../../../agent/formats/records/index.ts'
import { commitments } from '../../../agent/items/commitments.ts'
import { kinds } from '../../../agent/items/index.ts'
import { jcTransactions } from '../../../agent/items/jc-transactions.ts'
import { jobs } from '../../../agent/items/jobs.ts'
import type { Context, ErpRecord, ProcoreItem } from '../../../agent/items/kind.ts'
import { vendors } from '../../../agent/items/vendors.ts'
import { entities, type ItemType } from '../../../shared/item.ts'

const item = (type: ItemType, id: string, content: ProcoreItem['content'] = {}, more: Partial<ProcoreItem> = {}): ProcoreItem => ({
  ...{ type, id, project: null, originId: null, originCode: null, updatedAt: null, deletedAt: null, content },
  ...more,
})
const record = (entity: ErpRecord['entity'], key: string, fields: ErpRecord['fields']): ErpRecord => ({ id: 1, entity, key, fields })

const context = (more: Partial<Context> = {}, settings: Record<string, string> = {}): Context => ({
  connectionKey: 'k',
  projectOfJob: (job) => (job === 'J1' ? item('project', '9', { project_number: 'J1' }) : null),
  vendorOf: (vendor) => (vendor === 'V1' ? item('vendor', '501') : null),
  costCode: (_project, code, subJob) => (code === '01-100' && subJob === null ? item('cost-code', '31') : null),
  costType: (code) => (code === 'MAT' ? item('cost-type', '41') : null),
  setting: (name) => settings[name] ?? null,
  subJob: (_project, code) => (code === '1' ? item('sub-job', '61') : null),
  standardCode: (code) => (code === '01-100' ? item('standard-cost-code', '21') : null),
  standardList: () => '7',
  partner: () => null,
  record: () => null,
  partsOf: () => [],
  ...more,
})

test('every entity has its kind, and keeps every field its format reads but those a key holds already', () => {
  expect(Object.keys(kinds)).toEqual([...entities])
  const inKey = ['batch', 'run', 'sequence', 'dist_sequence', 'row_id']
  for (const entity of entities) {
    const read = records[entity].fields.map(({ field }) => field).filter((field) => entity !== 'jc-transactions' || !inKey.includes(field))
    expect([...kinds[entity].fields].sort(), entity).toEqual(read.sort())
  }
})

describe('vendors', () => {
  const acme = record('vendors', 'A1', {
    vendor: 'A1',
    name: 'Acme',
    address1: '1 Main',
    address2: 'Floor 2',
    city: 'Salem',
    zip: null,
    phone: null,
  })

  test('only published fields that the ERP fills are sent: an empty one never empties Procore’s', () => {
    expect(vendors.toBody?.(acme, item('vendor', '1', { name: 'Old', zip: '97301' }), context())).toEqual({
      ...{ name: 'Acme', address: '1 Main, Floor 2', city: 'Salem', origin_code: 'A1' },
    })
  })

  test('a name the ERP had to cut is no difference, and never shortens Procore’s', () => {
    const long = 'Willamette Valley Mechanical Contractors of Oregon'
    const cut = record('vendors', 'W', { vendor: 'W', name: long.slice(0, 30) })
    const theirs = item('vendor', '1', { name: long })
    expect(vendors.compare(cut, theirs, context()).find(({ field }) => field === 'name')?.agrees).toBe(true)
    expect(vendors.toBody?.(cut, theirs, context())).toEqual({ origin_code: 'W' })
    expect(vendors.toBody?.(cut, item('vendor', '1', { name: 'Someone else' }), context())).toMatchObject({ name: long.slice(0, 30) })
  })

  test('a name is asked about without accents, legal forms and punctuation; a code ties exactly', () => {
    const keys = vendors.keysOfRecord(record('vendors', '0042', { vendor: '0042', name: 'Béton Léger, Inc.' }), context())
    expect(keys).toEqual(['exact:vendor:0042', 'ask:vendor-name:beton leger'])
    expect(vendors.keysOfItem(item('vendor', '1', { name: 'BETON LEGER' }, { originCode: '42' }))).toEqual([
      'exact:vendor:42',
      'ask:vendor-name:beton leger',
    ])
  })
})

describe('jobs', () => {
  test('a number ties exactly; without spaces and dashes it is asked about', () => {
    const keys = jobs.keysOfRecord(record('jobs', '24-1001', {}), context())
    expect(keys).toEqual(['exact:job:24-1001', 'ask:job:241001'])
    expect(jobs.keysOfItem(item('project', '9', { project_number: '24 1001' }))).toEqual(['exact:job:24 1001', 'ask:job:241001'])
    expect(jobs.keysOfItem(item('project', '9', { project_number: null }))).toEqual([])
  })

  test.each([
    [{ status: 'Closed' }, true],
    [{ status: 'In progress', job_complete: '1' }, true],
    [{ status: 'In progress', job_complete: '0' }, false],
    [{ status: 'Unstarted', job_complete: null }, false],
  ])('%j is over: %s', (fields, over) => {
    expect(jobs.closed?.(fields)).toBe(over)
  })
})

describe('commitments', () => {
  const header = record('commitments', 'SC-1', {
    commitment: 'SC-1',
    description: 'Structural steel, metal deck a',
    job: 'J1',
    closed: '0',
    amount_invoiced: '300.00',
  })
  const line = (amount: string | null, changes: string | null, tax = '0') =>
    record('commitment-items', 'x', { commitment: 'SC-1', amount, approved_co_amount: changes, tax, approved_co_tax_amount: '1.00' })
  const theirs = item('work-order-contract', '1', {
    ...{ number: 'SC-1', title: 'Structural steel, metal deck and stairs', status: 'Approved', grand_total: '1000.0' },
    ...{ approved_change_orders: '50.0', revised_contract: '1050.00', total_requisitions_amount: '310.0', total_payments: '200.0' },
  })
  const figures = (parts: ErpRecord[], settings = {}) =>
    Object.fromEntries(
      commitments.compare(header, theirs, context({ partsOf: () => parts }, settings)).map((figure) => [figure.field, figure]),
    )

  test('both sides’ numbers stand in the order people read them, the ERP’s summed over its items', () => {
    const all = figures([line('600.00', '50.00', '6.00'), line('400', '0', '4.00')])
    expect(Object.keys(all)).toEqual(['original', 'approved-changes', 'revised', 'invoiced', 'paid', 'retainage', 'title', 'closed'])
    expect(all['original']).toEqual({
      field: 'original',
      type: 'money',
      procore: '1000.00',
      erp: '1000.00',
      difference: '0.00',
      agrees: true,
      judged: true,
    })
    expect(all['revised']).toMatchObject({ erp: '1050.00', agrees: true })
    expect(all['invoiced']).toMatchObject({ procore: '310.00', erp: '300.00', difference: '10.00', agrees: null })
    expect(all['paid']).toMatchObject({ procore: '200.00', erp: null, difference: null, agrees: null })
    expect(all['title']?.agrees).toBe(true)
    expect(all['closed']).toMatchObject({ procore: '0', erp: '0', agrees: true })
  })

  test('one item without an amount makes the sum unknown, not smaller', () => {
    expect(figures([line('600.00', '0'), line(null, '0')])['original']).toMatchObject({ erp: null, agrees: null })
  })

  test('approved changes the file does not tell leave the revised amount unknown', () => {
    const all = figures([line('1000.00', null)])
    expect(all['original']?.agrees).toBe(true)
    expect(all['revised']).toMatchObject({ erp: null, agrees: null })
  })

  test('with tax in Procore’s amounts, tax is added; on an unknown basis nothing is held to differ', () => {
    expect(figures([line('990.00', '49.00', '10.00')], { 'amounts.tax': 'gross' })).toMatchObject({
      original: { agrees: true },
      revised: { agrees: true },
    })
    const gross = { 'amounts.tax': 'gross' }
    const untaxed = (field: string) => ({
      ...line('990.00', '49.00', '10.00'),
      fields: { ...line('990.00', '49.00', '10.00').fields, [field]: null },
    })
    expect(figures([line('10.00', '0'), untaxed('tax')], gross), 'a tax nobody says is not zero').toMatchObject({
      original: { erp: null, agrees: null },
      'approved-changes': { erp: '51.00' },
      revised: { erp: null, agrees: null },
    })
    expect(figures([untaxed('approved_co_tax_amount')], gross)).toMatchObject({
      original: { agrees: true },
      'approved-changes': { erp: null, agrees: null },
    })
    expect(figures([untaxed('tax')])['original'], 'net amounts want no tax').toMatchObject({ erp: '990.00', agrees: false })
    const ofHeader = { ...header, fields: { ...header.fields, samt: '1000.00', sapprco: '50.00' } }
    const alone = (settings: Record<string, string>) => commitments.compare(ofHeader, theirs, context({}, settings)).map(({ erp }) => erp)
    expect([alone({}).slice(0, 3), alone(gross).slice(0, 3)]).toEqual([
      ['1000.00', '50.00', '1050.00'],
      [null, null, null],
    ])
    expect(figures([line('1.00', '0')], { 'amounts.tax': 'unknown' })['original']).toMatchObject({ difference: '999.00', agrees: null })
  })

  test('the number ties within the project of its job only; without a project nothing does', () => {
    expect(commitments.keysOfRecord(header, context())).toEqual(['exact:commitment:9:SC-1', 'ask:commitment:9:sc1'])
    expect(commitments.keysOfRecord({ ...header, fields: { job: 'unknown' } }, context())).toEqual([])
  })
})

describe('job cost', () => {
  const fields = {
    ...{
      job: 'J1',
      extra: null,
      cost_code: '01-100',
      category: 'MAT',
      transaction_type: 'AP cost',
      amount: '125.50',
      units: '2',
      unit_cost: '62.75',
    },
    ...{
      accounting_date: '2026-03-04',
      transaction_date: '2026-03-01',
      description: 'Lumber',
      vendor: 'V1',
      invoice: 'B-7',
      commitment: null,
    },
  }
  const body = (more: ErpRecord['fields'] = {}, settings = {}) =>
    jcTransactions.toBody?.(record('jc-transactions', '1', { ...fields, ...more }), null, context({}, settings))

  test('a bill is a direct cost with one line', () => {
    expect(body()).toEqual({
      ...{
        direct_cost_type: 'invoice',
        status: 'approved',
        direct_cost_date: '2026-03-04',
        invoice_number: 'B-7',
        vendor_id: '501',
        description: 'Lumber',
      },
      line_items: [
        {
          cost_code_id: '31',
          line_item_type_id: '41',
          description: 'Lumber',
          amount: '125.50',
          extended_type: 'manual',
          quantity: '2',
          unit_cost: '62.75',
        },
      ],
    })
  })

  test.each([
    ['a job without project', { job: 'J2' }, 'project-unmatched'],
    ['a cost code the project lacks', { cost_code: '09-9999' }, 'cost-code-missing'],
    ['a cost code that another sub job has', { extra: '010' }, 'cost-code-missing'],
    ['no cost code', { cost_code: null }, 'cost-code-missing'],
    ['a category that is no cost type', { category: 'ZZZ' }, 'cost-type-missing'],
    ['a vendor nobody linked', { vendor: 'V9' }, 'vendor-unmatched'],
  ])('%s is said, not guessed', (_name, more, code) => {
    expect(body(more)).toMatchObject({ code })
  })

  test('what a transaction type becomes is a setting', () => {
    expect(body({ transaction_type: 'EQ cost' })).toMatchObject({ direct_cost_type: 'expense' })
    expect(body({ transaction_type: 'EQ cost' }, { 'direct-cost-type.EQ cost': 'invoice' })).toMatchObject({ direct_cost_type: 'invoice' })
  })

  test('a reversal goes as it is: negative', () => {
    expect(body({ amount: '-125.50', units: null })).toMatchObject({ line_items: [{ amount: '-125.50' }] })
  })

  test.each([
    ['AP cost', null, null],
    ['AP cost', 'SC-1', 'carried-by-commitment'],
    ['Scheduled value', null, 'not-a-cost'],
    ['Original estimate', null, 'not-a-cost'],
    ['PR cost', null, null],
  ])('%s with commitment %s: left out as %s', (transaction_type, commitment, reason) => {
    expect(jcTransactions.leftOut?.({ ...fields, transaction_type, commitment })).toBe(reason)
  })

  test('a sum of wages says payroll and its month, and nobody’s name', () => {
    const wage = { ...fields, transaction_type: 'PR cost', description: 'Pay of Zanzibar', extra: '0|1' }
    const sum = jcTransactions.summed?.(wage)
    expect(sum?.key).toBe('wages J1|0\\|1|01-100|MAT|2026-03')
    expect(JSON.stringify([sum, jcTransactions.kept?.(wage)])).not.toMatch(/Zanzibar|V1|B-7|Lumber/)
    expect(
      body({ ...sum?.fields, extra: null, amount: '9.00', vendor: null, invoice: null, description: null, units: null }),
    ).toMatchObject({
      ...{ direct_cost_type: 'payroll', description: 'Payroll 2026-03', direct_cost_date: '2026-03-31' },
      line_items: [{ amount: '9.00', description: 'Payroll 2026-03' }],
    })
  })
})
