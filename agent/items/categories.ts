import type { Kind } from './kind.ts'

export const categories: Kind = {
  entity: 'categories',
  role: 'master',
  fields: ['job', 'extra', 'cost_code', 'category', 'description'],
  itemTypes: [],
  delivery: 'match',
  matched: false,
  after: [],
  keysOfRecord: () => [],
  keysOfItem: () => [],
  compare: () => [],
  jobOf: () => null,
}
