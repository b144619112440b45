import type { RecordShape } from './record-shape.ts'

/** Invoices of accounts payable. */
export const apInvoices: RecordShape = {
  entity: 'ap-invoices',
  fields: [
    { field: 'vendor', type: 'code', required: true },
    // As the vendor calls it.
    { field: 'invoice', type: 'code', required: true, typed: true },
    { field: 'invoice_date', type: 'date' },
    { field: 'description', type: 'text' },
    { field: 'amount', type: 'money' },
    { field: 'pmt_amount', type: 'money' },
    // 'Fully paid' … (erp-files.md C3).
    { field: 'status', type: 'text' },
    { field: 'retainage', type: 'money' },
  ],
  key: ['vendor', 'invoice'],
  amount: 'amount',
}
