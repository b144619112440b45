import type { Kind } from './kind.ts'

export const extras: Kind = {
  entity: 'extras',
  role: 'master',
  fields: ['job', 'extra', 'description'],
  itemTypes: ['sub-job'],
  delivery: 'match',
  matched: false,
  after: [],
  keysOfRecord: () => [],
  keysOfItem: () => [],
  compare: () => [],
  jobOf: () => null,
}
