/** The kinds of record there are. A new one is one file and one line here. */
import type { Entity } from '../../shared/item.ts'
import { commitmentItems } from './commitment-items.ts'
import { commitments } from './commitments.ts'
import { jcTransactions } from './jc-transactions.ts'
import { jobs } from './jobs.ts'
import type { Kind } from './kind.ts'
import { vendors } from './vendors.ts'

export const kinds: Record<Entity, Kind> = {
  vendors,
  jobs,
  commitments,
  'commitment-items': commitmentItems,
  'jc-transactions': jcTransactions,
}
