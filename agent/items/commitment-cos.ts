import type { Kind } from './kind.ts'

export const commitmentCos: Kind = {
  entity: 'commitment-cos',
  role: 'master',
  fields: ['commitment', 'change_order', 'description', 'date', 'status', 'amount'],
  itemTypes: ['commitment-change-order'],
  delivery: 'match',
  matched: false,
  finds: ['change_order'],
  after: [],
  keysOfRecord: () => [],
  keysOfItem: () => [],
  compare: () => [],
  jobOf: () => null,
}
