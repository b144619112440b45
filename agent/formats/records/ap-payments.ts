import type { RecordShape } from './record-shape.ts'

/** The ERP's own id where the file has it; else what was paid, to whom, with which check. */
const keyParts: RecordShape['keyParts'] = ({ payment_id, vendor, invoice, check }) => {
  if (payment_id != null) return [payment_id]
  return vendor != null && invoice != null && check != null ? [vendor, invoice, check] : null
}

/** Payments of invoices of accounts payable. Bank accounts are not read: nothing here needs them. */
export const apPayments: RecordShape = {
  entity: 'ap-payments',
  fields: [
    { field: 'vendor', type: 'code', required: true },
    { field: 'invoice', type: 'code', required: true, typed: true },
    { field: 'payment_id', type: 'code' },
    { field: 'check', type: 'code', typed: true },
    { field: 'payment_type', type: 'text' },
    { field: 'payment_date', type: 'date' },
    { field: 'amount', type: 'money', required: true },
    { field: 'commitment', type: 'code' },
    { field: 'job', type: 'code' },
  ],
  key: ['vendor', 'invoice', 'check'],
  keyParts,
  amount: 'amount',
}
