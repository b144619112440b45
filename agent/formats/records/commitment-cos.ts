import type { RecordShape } from './record-shape.ts'

/** Change orders of commitments. */
export const commitmentCos: RecordShape = {
  entity: 'commitment-cos',
  fields: [
    { field: 'commitment', type: 'code', required: true },
    // Text: numeric ones sort below letters (erp-files.md C3). People may well call one Mar-26.
    { field: 'change_order', type: 'code', required: true, typed: true },
    { field: 'description', type: 'text' },
    { field: 'date', type: 'date' },
    { field: 'status', type: 'text' },
    { field: 'amount', type: 'money' },
  ],
  key: ['commitment', 'change_order'],
  amount: 'amount',
}
