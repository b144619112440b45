import type { RecordShape } from './record-shape.ts'

/** Vendors of accounts payable. Bank and tax numbers are no fields of ours. */
export const vendors: RecordShape = {
  entity: 'vendors',
  fields: [
    // The vendor's code in AP; up to 10 characters, set in Custom Descriptions.
    { field: 'vendor', type: 'code', required: true },
    { field: 'name', type: 'text', required: true },
    { field: 'address1', type: 'text' },
    { field: 'address2', type: 'text' },
    { field: 'city', type: 'text' },
    { field: 'state', type: 'text' },
    { field: 'zip', type: 'text' },
    { field: 'phone', type: 'text' },
    { field: 'fax', type: 'text' },
    { field: 'contact_name', type: 'text' },
    { field: 'contact_email', type: 'text' },
    // The vendor's class in AP, free text of the company.
    { field: 'type', type: 'text' },
  ],
  key: ['vendor'],
}
