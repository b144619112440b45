import type { RecordShape } from './record-shape.ts'

/** Categories of a job’s cost codes. */
export const categories: RecordShape = {
  entity: 'categories',
  fields: [
    { field: 'job', type: 'code', required: true },
    { field: 'extra', type: 'code' },
    { field: 'cost_code', type: 'code', required: true },
    { field: 'category', type: 'code', required: true },
    { field: 'description', type: 'text' },
  ],
  key: ['job', 'extra', 'cost_code', 'category'],
  emptyInKey: ['extra'],
}
