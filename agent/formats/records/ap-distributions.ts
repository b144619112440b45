import type { RecordShape } from './record-shape.ts'

/** How an invoice of accounts payable is spread over jobs and commitments. */
export const apDistributions: RecordShape = {
  entity: 'ap-distributions',
  fields: [
    { field: 'vendor', type: 'code', required: true },
    { field: 'invoice', type: 'code', required: true, typed: true },
    { field: 'sequence', type: 'code', required: true },
    { field: 'commitment', type: 'code' },
    { field: 'commitment_item', type: 'code' },
    { field: 'job', type: 'code' },
    { field: 'extra', type: 'code' },
    { field: 'cost_code', type: 'code' },
    { field: 'category', type: 'code' },
    { field: 'amount', type: 'money', required: true },
    { field: 'retainage', type: 'money' },
  ],
  key: ['vendor', 'invoice', 'sequence'],
  amount: 'amount',
}
