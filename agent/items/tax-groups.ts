import type { Kind } from './kind.ts'

export const taxGroups: Kind = {
  entity: 'tax-groups',
  role: 'master',
  fields: ['tax_group', 'description', 'rate'],
  itemTypes: ['tax-code'],
  delivery: 'match',
  matched: false,
  after: [],
  keysOfRecord: () => [],
  keysOfItem: () => [],
  compare: () => [],
  jobOf: () => null,
}
