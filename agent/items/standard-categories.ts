import type { Kind } from './kind.ts'

export const standardCategories: Kind = {
  entity: 'standard-categories',
  role: 'master',
  fields: ['category', 'description'],
  itemTypes: ['cost-type'],
  delivery: 'match',
  matched: false,
  after: [],
  keysOfRecord: () => [],
  keysOfItem: () => [],
  compare: () => [],
  jobOf: () => null,
}
