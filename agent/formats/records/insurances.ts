import type { RecordShape } from './record-shape.ts'

/** Insurance certificates of vendors. */
export const insurances: RecordShape = {
  entity: 'insurances',
  fields: [
    { field: 'vendor', type: 'code', required: true },
    { field: 'insurance_type', type: 'code', required: true, typed: true },
    { field: 'name', type: 'text' },
    { field: 'policy_number', type: 'code', required: true, typed: true },
    { field: 'effective_date', type: 'date' },
    { field: 'expiration_date', type: 'date' },
    { field: 'limit', type: 'money' },
  ],
  key: ['vendor', 'insurance_type', 'policy_number'],
}
