import type { RecordShape } from './record-shape.ts'

/** The company’s own list of categories: what kind of cost it is. */
export const standardCategories: RecordShape = {
  entity: 'standard-categories',
  fields: [
    { field: 'category', type: 'code', required: true },
    { field: 'description', type: 'text', required: true },
  ],
  key: ['category'],
}
