import type { Kind } from './kind.ts'

export const apDistributions: Kind = {
  entity: 'ap-distributions',
  role: 'master',
  fields: [
    'vendor',
    'invoice',
    'sequence',
    'commitment',
    'commitment_item',
    'job',
    'extra',
    'cost_code',
    'category',
    'amount',
    'retainage',
  ],
  itemTypes: [],
  delivery: 'match',
  matched: false,
  after: [],
  keysOfRecord: () => [],
  keysOfItem: () => [],
  compare: () => [],
  jobOf: () => null,
}
