/**
 * Invoices of accounts payable of Sage 300 CRE: APM_MASTER__INVOICE (StandardMode; no raw names are public). Columns: erp-files.md C3, read
 * there 2026-11; Amount and Retainage are inferred. Distributions and payments carry Vendor and Invoice too; they are other tables.
 */
import { apInvoices } from './records/ap-invoices.ts'
import { standardFormat } from './standard-format.ts'

export const sageApInvoices = standardFormat({
  id: 'sage-ap-invoices',
  record: apInvoices,
  title: 'Sage 300 CRE AP invoices (APM_MASTER__INVOICE)',
  headers: {
    vendor: ['Vendor'],
    invoice: ['Invoice'],
    invoice_date: ['Invoice_Date'],
    description: ['Description'],
    amount: ['Amount'],
    pmt_amount: ['Pmt_Amount'],
    status: ['Status'],
    retainage: ['Retainage'],
  },
  anyOf: ['invoice_date', 'pmt_amount', 'status'],
  never: [
    ...['Transaction_Type', 'Dist_Sequence', 'Job', 'Extra', 'Cost_Code', 'Category', 'Commitment', 'Commitment_CO'],
    ...['AP_Payment_ID', 'Check', 'Payment_Type', 'Payment_Date'],
  ],
})
