import type { Kind } from './kind.ts'

/** Types of vendors: kept beside the vendors that carry them. No published field of Procore's companies takes them. */
export const vendorTypes: Kind = {
  entity: 'vendor-types',
  role: 'master',
  fields: ['type', 'description'],
  itemTypes: [],
  delivery: 'match',
  matched: true,
  after: [],
  keysOfRecord: () => [],
  keysOfItem: () => [],
  compare: () => [],
  jobOf: () => null,
}
