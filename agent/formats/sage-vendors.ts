/**
 * Vendors of Sage 300 CRE: APM_MASTER__VENDOR (StandardMode), master_apm_record_9 (DictionaryMode). Columns: erp-files.md C3 and C5, read
 * there 2026-11. Zip and contact have no public raw names; such files come without them. Bank and tax columns are never mapped.
 */
import { vendors } from './records/vendors.ts'
import { standardFormat } from './standard-format.ts'

export const sageVendors = standardFormat({
  id: 'sage-vendors',
  record: vendors,
  title: 'Sage 300 CRE vendors (APM_MASTER__VENDOR)',
  headers: {
    vendor: ['Vendor'],
    name: ['Name', 'vname'],
    address1: ['Address_1', 'vaddr1'],
    address2: ['Address_2', 'vaddr2'],
    city: ['City', 'vcity'],
    state: ['State', 'vstate'],
    zip: ['ZIP', 'Zip_Code'],
    phone: ['Telephone'],
    fax: ['Fax_Number'],
    contact_name: ['Contact_1_Name'],
    contact_email: ['Contact_1_Email_Address'],
    type: ['Type', 'vtype'],
  },
  never: ['Commitment', 'Invoice', 'Transaction_Type', 'Job'],
})
