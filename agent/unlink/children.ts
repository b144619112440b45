/** Which linked items stand under another: they are unlinked before it, what was done last first. Reads only. */
import type { DatabaseSync } from 'node:sqlite'
import { type ItemType, itemTypes } from '../../shared/item.ts'
import type { Holder } from '../../shared/watch.ts'
import type { ProcoreItem } from '../items/kind.ts'
import { type Looked, recordOfItem } from '../ledger/look.ts'

/** Where a child's content names what it is under (procore-api.md 6.2, 6.3). */
type Under = readonly [type: ItemType, field: string]

/** A payment pays an invoice, an invoice bills change orders: in this order they are taken off. */
const ofCommitments: readonly Under[] = [
  ['contract-payment', 'contract_id'],
  ['requisition', 'commitment_id'],
  ['commitment-change-order', 'contract_id'],
]
const under: Record<Holder, readonly Under[]> = {
  'work-order-contract': ofCommitments,
  'purchase-order-contract': ofCommitments,
  'prime-contract': [
    ['payment-application', 'prime_contract_id'],
    ['prime-change-order', 'contract_id'],
  ],
}

/** Whose turn it is in a family: all of one rank may go together, the next rank waits for them. What stands under nothing goes last. */
export function rankOf(type: ItemType | undefined): number {
  const ranks = Object.values(under).map((of) => of.findIndex(([child]) => child === type))
  return ranks.find((rank) => rank >= 0) ?? lastRank
}
const lastRank = 9

const isHolder = (type: ItemType): type is Holder => type in under

/** `record` is null where nothing in the ledger is tied to the item. */
export type Child = { type: ItemType; id: string; record: number | null }

/** Items under this one that carry a link of this connection, in the order in which they are unlinked. */
export function linkedUnder(raw: DatabaseSync, { id, key }: Looked['connection'], item: ProcoreItem): Child[] {
  const find = raw.prepare(
    `select id from items where connection = ? and type = ? and project is ? and deleted_at is null
       and origin_id >= ? and origin_id < ? and content ->> ? = ? order by id`,
  )
  return (isHolder(item.type) ? under[item.type] : []).flatMap(([type, field]) =>
    find
      .all(id, itemTypes.indexOf(type), item.project, `${key}:`, `${key};`, field, item.id)
      .map((row) => ({ type, id: String(row['id']), record: recordOfItem(raw, id, type, String(row['id'])) })),
  )
}
