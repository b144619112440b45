import type { Kind } from './kind.ts'

export const arInvoices: Kind = {
  entity: 'ar-invoices',
  role: 'windowed',
  fields: ['customer', 'invoice', 'draw', 'job', 'contract', 'invoice_date', 'amount', 'retainage', 'status'],
  itemTypes: ['payment-application'],
  delivery: 'match',
  matched: false,
  finds: ['invoice'],
  after: [],
  keysOfRecord: () => [],
  keysOfItem: () => [],
  compare: () => [],
  jobOf: () => null,
}
