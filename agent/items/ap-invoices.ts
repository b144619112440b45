import type { Kind } from './kind.ts'

export const apInvoices: Kind = {
  entity: 'ap-invoices',
  role: 'master',
  fields: ['vendor', 'invoice', 'invoice_date', 'description', 'amount', 'pmt_amount', 'status', 'retainage'],
  itemTypes: ['requisition'],
  delivery: 'match',
  matched: false,
  finds: ['invoice'],
  after: [],
  keysOfRecord: () => [],
  keysOfItem: () => [],
  compare: () => [],
  jobOf: () => null,
}
