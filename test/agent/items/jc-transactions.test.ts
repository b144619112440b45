import { describe, expect, it } from 'vitest'
import { jcTransactions } from '../../../agent/items/jc-transactions.ts'
import type { Context, ErpRecord, ProcoreItem } from '../../../agent/items/kind.ts'

const item = (type: ProcoreItem['type'], id: string, content: ProcoreItem['content'] = {}): ProcoreItem => ({
  ...{ type, id, project: '9', originId: null, originCode: null, updatedAt: null, deletedAt: null, content },
})
const context = {
  projectOfJob: (job: string) => (job === 'J' ? item('project', '9') : null),
  vendorOf: (vendor: string) => (vendor === 'V' ? item('vendor', '501') : null),
} as Partial<Context> as Context

const record = (fields: ErpRecord['fields']): ErpRecord => ({ id: 1, entity: 'jc-transactions', key: 'T', fields: { job: 'J', ...fields } })
const bill = { vendor: 'V', invoice: '0071-A', amount: '1000.00', accounting_date: '2026-10-30', transaction_type: 'AP cost' }
const typed = { vendor_id: '501', invoice_number: '71A', grand_total: '1000.00', direct_cost_date: '2026-11-02' }

const meet = (fields: ErpRecord['fields'], content: ProcoreItem['content'], project: string | null = '9') => {
  const keys = jcTransactions.keysOfItem({ ...item('direct-cost', '7', content), project })
  return jcTransactions.keysOfRecord(record(fields), context).filter((key) => keys.includes(key))
}

describe('a cost of the ERP and one that somebody typed into Procore', () => {
  it.each([
    ['the same invoice of the same vendor, as each writes its number', bill, typed],
    ['one distribution of it, the other being typed as one', { ...bill, amount: '400.00' }, typed],
    ['the same day and amount, where Procore’s names no invoice', bill, { ...typed, invoice_number: null, direct_cost_date: '2026-10-30' }],
    ['the same day and amount, where Procore’s names no vendor', bill, { ...typed, vendor_id: null, direct_cost_date: '2026-10-30' }],
    ['the same day and amount, where the ERP’s names no invoice', { ...bill, invoice: null }, { ...typed, direct_cost_date: '2026-10-30' }],
    [
      'a payroll of the same day and amount',
      { amount: '1000', accounting_date: '2026-10-31', transaction_type: 'PR cost' },
      { grand_total: '1000.00', direct_cost_date: '2026-10-31' },
    ],
  ])('may be one: %s', (_name, erp, procore) => {
    expect(meet(erp, procore)).toEqual([expect.stringMatching(/^ask:direct-cost/)])
  })

  it.each([
    ['another invoice on the same day for the same amount', { ...bill, invoice: 'B-2' }, { ...typed, direct_cost_date: '2026-10-30' }],
    ['another vendor’s invoice of that number', bill, { ...typed, vendor_id: '502', direct_cost_date: '2026-10-30' }],
    ['another amount that day', { ...bill, invoice: null }, { ...typed, direct_cost_date: '2026-10-30', grand_total: '1000.01' }],
    ['no amount on either side: unknown is not the same', { ...bill, invoice: null, amount: null }, { direct_cost_date: '2026-10-30' }],
    ['a job that is in no project', { ...bill, job: 'K' }, typed],
  ])('are two: %s', (_name, erp, procore) => {
    expect(meet(erp, procore)).toEqual([])
  })

  it('are two in two projects', () => expect(meet(bill, typed, '10')).toEqual([]))
})
