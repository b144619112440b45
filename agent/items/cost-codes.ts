import type { Kind } from './kind.ts'

export const costCodes: Kind = {
  entity: 'cost-codes',
  role: 'master',
  fields: ['job', 'extra', 'cost_code', 'description'],
  itemTypes: ['cost-code'],
  delivery: 'match',
  matched: false,
  after: [],
  keysOfRecord: () => [],
  keysOfItem: () => [],
  compare: () => [],
  jobOf: () => null,
}
