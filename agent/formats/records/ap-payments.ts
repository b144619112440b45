import type { RecordShape } from './record-shape.ts'

/**
 * What was paid, to whom, by the ERP's own payment (else the check): one check pays several invoices of a vendor, and is a payment of each
 * (APM_MASTER__INVOICE_PAYMENT, erp-files.md C2; AP_Payment_ID C3, 2026-11). A check issued anew under its payment's id stays that payment; two
 * lines of one payment and invoice (a void beside what it voids) claim one key, and a person is told.
 */
const keyParts: RecordShape['keyParts'] = ({ payment_id, vendor, invoice, check }) => {
  if (vendor == null || invoice == null) return null
  if (payment_id != null) return [payment_id, vendor, invoice]
  return check != null ? [vendor, invoice, check] : null
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
