import type { RecordShape } from './record-shape.ts'

/** Cost codes of a job, or of one of its extras. */
export const costCodes: RecordShape = {
  entity: 'cost-codes',
  fields: [
    { field: 'job', type: 'code', required: true },
    { field: 'extra', type: 'code' },
    { field: 'cost_code', type: 'code', required: true },
    { field: 'description', type: 'text' },
  ],
  key: ['job', 'extra', 'cost_code'],
  emptyInKey: ['extra'],
}
