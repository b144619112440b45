import type { RecordShape } from './record-shape.ts'

/** Invoices to owners, of accounts receivable. */
export const arInvoices: RecordShape = {
  entity: 'ar-invoices',
  fields: [
    { field: 'customer', type: 'code', required: true },
    { field: 'invoice', type: 'code', required: true, typed: true },
    { field: 'draw', type: 'code', typed: true },
    { field: 'job', type: 'code' },
    { field: 'contract', type: 'code', typed: true },
    { field: 'invoice_date', type: 'date' },
    { field: 'amount', type: 'money' },
    { field: 'retainage', type: 'money' },
    { field: 'status', type: 'text' },
  ],
  key: ['customer', 'invoice'],
  amount: 'amount',
}
