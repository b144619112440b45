/** Fields a record cannot be told apart, placed or sent without: they stay ticked. */
import type { Entity } from '../../shared/item.ts'
import { records } from '../formats/records/index.ts'

/** Beside the key: what says where a record belongs, whether it is over, and what Procore takes nothing without. */
const more: Partial<Record<Entity, readonly string[]>> = {
  vendors: ['name'],
  jobs: ['status', 'job_complete'],
  commitments: ['job'],
  'commitment-items': ['job'],
  'jc-transactions': [
    ...['job', 'extra', 'cost_code', 'category', 'transaction_type', 'amount', 'commitment'],
    ...['dist_sequence', 'row_id'],
  ],
  'ap-payments': ['payment_id', 'amount', 'commitment', 'job'],
  'ap-distributions': ['commitment', 'job'],
  'ar-invoices': ['job'],
  'tax-groups': ['rate'],
}

export const neededFields = (entity: Entity): readonly string[] => [...new Set([...records[entity].key, ...(more[entity] ?? [])])]
