import { describe, expect, it } from 'vitest'
import { apInvoices } from '../../../agent/items/ap-invoices.ts'
import { apPayments } from '../../../agent/items/ap-payments.ts'
import type { Context, ErpRecord, ProcoreItem } from '../../../agent/items/kind.ts'
import type { Entity, ItemType } from '../../../shared/item.ts'
import { reaches } from '../../support/reaches.ts'

type Fields = Record<string, string | null>

const record = (entity: Entity, fields: Fields): ErpRecord => ({ id: 1, entity, key: 'P-1', fields })
const item = (type: ItemType, id: string, content: ProcoreItem['content'] = {}): ProcoreItem => ({
  ...{ type, id, project: '9', originId: null, originCode: null, updatedAt: null, deletedAt: null, content },
})

/** The books: commitments SC-1 and SC-2 of vendor V, both linked; an invoice with these lines, of this amount. */
const books = (lines: readonly Fields[], amount: string | null = null): Context => ({
  connectionKey: 'k',
  projectOfJob: () => null,
  vendorOf: () => item('vendor', '501'),
  costCode: () => null,
  costType: () => null,
  subJob: () => null,
  standardCode: () => null,
  standardList: () => null,
  partner: (entity, key) => (entity === 'commitments' && key.startsWith('SC-') ? item('work-order-contract', `of ${key}`) : null),
  record: () => record('ap-invoices', { amount }),
  setting: () => null,
  partsOf: () => lines.map((fields) => record('ap-distributions', fields)),
})
const line = (commitment: string | null, amount: string): Fields => ({ commitment, amount })
const payment = (more: Fields = {}): ErpRecord =>
  record('ap-payments', { vendor: 'V', invoice: 'I', check: '77', payment_date: '2026-11-02', amount: '1000.00', ...more })

describe('a payment goes where all of its invoice is', () => {
  const bodyOf = (context: Context, more?: Fields) => apPayments.toBody?.(payment(more), null, context)

  it('onto the one commitment every line names', () => {
    expect(bodyOf(books([line('SC-1', '600.00'), line('SC-1', '400.00')], '1000.00'))).toMatchObject({
      contract_id: 'of SC-1',
      amount: '1000.00',
    })
  })

  it('a line on another commitment, or on none, leaves it to a person', () => {
    const split = bodyOf(books([line('SC-1', '700.00'), line('SC-2', '300.00')]))
    const partly = bodyOf(books([line('SC-1', '700.00'), line(null, '300.00')]))
    expect([split, partly]).toMatchObject([
      { code: 'payment-of-several', params: { commitments: 'SC-1, SC-2' } },
      { code: 'payment-of-several', params: { commitments: 'SC-1, –' } },
    ])
  })

  it('lines that are not all of the invoice leave it to a person: one could not be read, perhaps of another commitment', () => {
    const told = bodyOf(books([line('SC-1', '700.00')], '1000.00'))
    reaches('payment-unexplained', (told as { code: string }).code)
    expect(told).toMatchObject({ params: { sum: '700.00', amount: '1000.00', commitment: 'SC-1' } })
  })

  it('one that stands under another commitment in Procore is not moved', () => {
    const there = item('contract-payment', '1', { contract_id: 'of SC-2' })
    const told = apPayments.toBody?.(payment(), there, books([line('SC-1', '1000.00')]))
    reaches('payment-elsewhere', (told as { code: string }).code)
  })

  it('what the file itself says of the commitment counts', () => {
    expect(bodyOf(books([line('SC-1', '700.00'), line('SC-2', '300.00')]), { commitment: 'SC-2' })).toMatchObject({
      contract_id: 'of SC-2',
    })
  })

  it('what was bought without a commitment has no place in Procore', () => {
    expect(apPayments.mayCreate?.(payment(), books([line(null, '1000.00')]))).toBe(false)
    expect(apPayments.mayCreate?.(payment(), books([line('SC-1', '700.00'), line(null, '300.00')]))).toBe(true)
  })
})

describe('a payment that may stand in Procore already waits for a person', () => {
  const theirs = (content: Fields): readonly string[] =>
    apPayments.keysOfItem(
      item('contract-payment', '1', { contract_id: 'of SC-1', invoice_number: 'I', date: '2026-11-02', amount: '1000.0', ...content }),
    )
  const shared = (ours: Fields, content: Fields): string[] =>
    apPayments.keysOfRecord(payment(ours), books([line('SC-1', '1000.00')])).filter((key) => theirs(content).includes(key))
  const kinds = (keys: readonly string[]): string[] => [...new Set(keys.map((key) => key.split(':')[0] ?? ''))]

  it.each([
    ['neither names a check', { check: null }, {}],
    ['only the ERP names one', {}, {}],
    ['only Procore names one', { check: null }, { check_number: '12' }],
    ['only the day is known in Procore', { check: null }, { invoice_number: null }],
  ])('%s', (_, ours, content) => expect(kinds(shared(ours, content))).toEqual(['ask']))

  it('the same check of the same invoice is the same payment; another check is another', () => {
    expect(kinds(shared({}, { check_number: '77' }))).toContain('exact')
    expect(shared({}, { check_number: '78' })).toEqual([])
  })

  it('another amount is another payment', () => expect(shared({ check: null }, { amount: '999.99' })).toEqual([]))
})

describe('an invoice is tied by itself only where it can be no other', () => {
  const invoice = record('ap-invoices', { vendor: 'V', invoice: '1', amount: '1000.00' })
  const theirs = apInvoices.keysOfItem(item('requisition', '9', { commitment_id: 'of SC-1', vendor_id: '501', invoice_number: '1' }))
  const shared = (context: Context): string[] => apInvoices.keysOfRecord(invoice, context).filter((key) => theirs.includes(key))

  it('the same number of the same vendor under another commitment is asked about', () => {
    const found = shared(books([line('SC-2', '1000.00')]))
    expect(found).not.toEqual([])
    expect(found.every((key) => key.startsWith('ask:'))).toBe(true)
  })

  it('under its own commitment it is the one; of no commitment the vendor says it', () => {
    expect(shared(books([line('SC-1', '1000.00')])).some((key) => key.startsWith('exact:'))).toBe(true)
    expect(shared(books([])).some((key) => key.startsWith('exact:'))).toBe(true)
  })
})
