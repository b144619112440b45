import type { RecordShape } from './record-shape.ts'

/** The classes a company sorts its vendors into. */
export const vendorTypes: RecordShape = {
  entity: 'vendor-types',
  fields: [
    { field: 'type', type: 'code', required: true, typed: true },
    { field: 'description', type: 'text' },
  ],
  key: ['type'],
}
