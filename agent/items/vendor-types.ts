import type { Kind } from './kind.ts'

export const vendorTypes: Kind = {
  entity: 'vendor-types',
  role: 'master',
  fields: ['type', 'description'],
  itemTypes: [],
  delivery: 'match',
  matched: false,
  after: [],
  keysOfRecord: () => [],
  keysOfItem: () => [],
  compare: () => [],
  jobOf: () => null,
}
