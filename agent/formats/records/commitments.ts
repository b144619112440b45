import type { RecordShape } from './record-shape.ts'

/** Subcontracts and purchase orders of job cost. */
export const commitments: RecordShape = {
  entity: 'commitments',
  fields: [
    // Up to 12 characters, unique in the whole company.
    { field: 'commitment', type: 'code', required: true },
    { field: 'description', type: 'text' },
    { field: 'vendor', type: 'code', required: true },
    { field: 'job', type: 'code' },
    // Subcontract or purchase order, as the file words it.
    { field: 'commitment_type', type: 'text' },
    { field: 'closed', type: 'flag' },
    { field: 'amount_invoiced', type: 'money' },
    // Original amount.
    { field: 'samt', type: 'money' },
    // Approved change orders.
    { field: 'sapprco', type: 'money' },
  ],
  key: ['commitment'],
}
