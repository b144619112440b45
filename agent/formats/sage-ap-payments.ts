/**
 * Payments of AP invoices of Sage 300 CRE: APM_MASTER__INVOICE_PAYMENT (StandardMode; no raw names are public). The names are those of
 * JCT_CURRENT__TRANSACTION (erp-files.md C3, read there 2026-11); Payment_Date is inferred. "Check" is a reserved word and comes quoted (C1).
 */
import { apPayments } from './records/ap-payments.ts'
import { standardFormat } from './standard-format.ts'

export const sageApPayments = standardFormat({
  id: 'sage-ap-payments',
  record: apPayments,
  title: 'Sage 300 CRE AP payments (APM_MASTER__INVOICE_PAYMENT)',
  headers: {
    vendor: ['Vendor'],
    invoice: ['Invoice'],
    payment_id: ['AP_Payment_ID'],
    check: ['Check'],
    payment_type: ['Payment_Type'],
    payment_date: ['Payment_Date'],
    amount: ['Amount'],
    commitment: ['Commitment'],
    job: ['Job'],
  },
  anyOf: ['payment_id', 'check'],
  never: ['Transaction_Type', 'Dist_Sequence', 'Cost_Code'],
})
