import type { RecordShape } from './record-shape.ts'

/** Tax groups and their rates, in per cent as the file has them. */
export const taxGroups: RecordShape = {
  entity: 'tax-groups',
  fields: [
    { field: 'tax_group', type: 'code', required: true },
    { field: 'description', type: 'text' },
    { field: 'rate', type: 'quantity' },
  ],
  key: ['tax_group'],
}
