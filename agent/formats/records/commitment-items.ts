import type { RecordShape } from './record-shape.ts'

/** Lines of commitments. */
export const commitmentItems: RecordShape = {
  entity: 'commitment-items',
  fields: [
    { field: 'commitment', type: 'code', required: true },
    { field: 'item', type: 'code', required: true },
    { field: 'description', type: 'text' },
    { field: 'units', type: 'quantity' },
    // Up to 6 characters.
    { field: 'unit_description', type: 'text' },
    { field: 'unit_cost', type: 'money' },
    { field: 'amount', type: 'money', required: true },
    { field: 'amount_invoiced', type: 'money' },
    { field: 'units_invoiced', type: 'quantity' },
    { field: 'tax', type: 'money' },
    { field: 'tax_group', type: 'code' },
    { field: 'approved_co_units', type: 'quantity' },
    { field: 'approved_co_amount', type: 'money' },
    { field: 'approved_co_tax_amount', type: 'money' },
    { field: 'job', type: 'code' },
    { field: 'extra', type: 'code' },
    { field: 'cost_code', type: 'code' },
    { field: 'category', type: 'code' },
  ],
  key: ['commitment', 'item'],
  amount: 'amount',
}
