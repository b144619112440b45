import type { Kind } from './kind.ts'

export const apPayments: Kind = {
  entity: 'ap-payments',
  role: 'append-only',
  fields: ['vendor', 'invoice', 'payment_id', 'check', 'bank_account', 'payment_type', 'payment_date', 'amount', 'commitment', 'job'],
  itemTypes: ['contract-payment'],
  delivery: 'match',
  matched: false,
  finds: ['check', 'invoice'],
  after: [],
  keysOfRecord: () => [],
  keysOfItem: () => [],
  compare: () => [],
  jobOf: () => null,
}
