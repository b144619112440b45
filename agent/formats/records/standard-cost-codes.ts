import type { RecordShape } from './record-shape.ts'

/** The company’s own list of cost codes. */
export const standardCostCodes: RecordShape = {
  entity: 'standard-cost-codes',
  fields: [
    { field: 'cost_code', type: 'code', required: true },
    { field: 'description', type: 'text', required: true },
  ],
  key: ['cost_code'],
}
