import type { Kind } from './kind.ts'

export const standardCostCodes: Kind = {
  entity: 'standard-cost-codes',
  role: 'master',
  fields: ['cost_code', 'description'],
  itemTypes: ['standard-cost-code'],
  delivery: 'match',
  matched: false,
  after: [],
  keysOfRecord: () => [],
  keysOfItem: () => [],
  compare: () => [],
  jobOf: () => null,
}
