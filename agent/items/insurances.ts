import type { Kind } from './kind.ts'

export const insurances: Kind = {
  entity: 'insurances',
  role: 'master',
  fields: ['vendor', 'insurance_type', 'name', 'policy_number', 'effective_date', 'expiration_date', 'limit'],
  itemTypes: ['insurance'],
  delivery: 'match',
  matched: false,
  after: [],
  keysOfRecord: () => [],
  keysOfItem: () => [],
  compare: () => [],
  jobOf: () => null,
}
