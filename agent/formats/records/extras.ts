import type { RecordShape } from './record-shape.ts'

/** Extras: parts of a job. The job itself stands with an empty extra in some files. */
export const extras: RecordShape = {
  entity: 'extras',
  fields: [
    { field: 'job', type: 'code', required: true },
    { field: 'extra', type: 'code', required: true },
    { field: 'description', type: 'text' },
  ],
  key: ['job', 'extra'],
  emptyInKey: ['extra'],
}
