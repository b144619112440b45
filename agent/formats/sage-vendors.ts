/**
 * Vendors of Sage 300 CRE: APM_MASTER__VENDOR (StandardMode), master_apm_record_9 (DictionaryMode). Columns: erp-files.md C3 and C5, read
 * there 2026-11. Zip and contact have no public raw names; such files come without them. Bank and tax columns are never mapped.
 */
import type { Column } from './format.ts'
import { standardFormat } from './standard-format.ts'

const sageVendorColumns: readonly Column[] = [
  // The vendor's code in AP; up to 10 characters, set in Custom Descriptions.
  { field: 'vendor', headers: ['Vendor'], type: 'code', required: true },
  { field: 'name', headers: ['Name', 'vname'], type: 'text', required: true },
  { field: 'address1', headers: ['Address_1', 'vaddr1'], type: 'text' },
  { field: 'address2', headers: ['Address_2', 'vaddr2'], type: 'text' },
  { field: 'city', headers: ['City', 'vcity'], type: 'text' },
  { field: 'state', headers: ['State', 'vstate'], type: 'text' },
  { field: 'zip', headers: ['ZIP', 'Zip_Code'], type: 'text' },
  { field: 'phone', headers: ['Telephone'], type: 'text' },
  { field: 'fax', headers: ['Fax_Number'], type: 'text' },
  { field: 'contact_name', headers: ['Contact_1_Name'], type: 'text' },
  { field: 'contact_email', headers: ['Contact_1_Email_Address'], type: 'text' },
  // The vendor's class in AP, free text of the company.
  { field: 'type', headers: ['Type', 'vtype'], type: 'text' },
]

export const sageVendors = standardFormat({
  id: 'sage-vendors',
  entity: 'vendors',
  title: 'Sage 300 CRE vendors (APM_MASTER__VENDOR)',
  columns: sageVendorColumns,
  never: ['Commitment', 'Invoice', 'Transaction_Type', 'Job'],
  key: ['vendor'],
})
