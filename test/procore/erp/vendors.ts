import type { Business } from '../business/shapes.ts'
import type { ErpRecord } from '../erp-company.ts'

/** Columns of APM_MASTER__VENDOR (facts erp-files C3). No bank numbers: the firm prints none. */
export function vendors({ vendors: list }: Business): ErpRecord[] {
  return list
    .filter((vendor) => vendor.where !== 'procore')
    .map((vendor) => ({
      ...{ Vendor: vendor.code, Name: vendor.erpName, Address_1: vendor.street, Address_2: '', City: vendor.city, State: vendor.state },
      ...{ ZIP: vendor.zip, Telephone: vendor.phone, Fax_Number: '', Contact_1_Name: '', Contact_1_Email_Address: vendor.email },
      ...{ Contact_1_Telephone: '', Type: 'SUB', Form_Type_1099: '', Default_Payment_Type: '', Bank_ID: '', Account_Type: '' },
    }))
}
