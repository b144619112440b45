import { type ItemType, itemTypes } from '../../shared/item.ts'
import type { Agent } from './agent.ts'

type Content = Record<string, unknown>
type Parent = { type: ItemType; id: string }

const commitments: readonly ItemType[] = ['work-order-contract', 'purchase-order-contract']
const primes: readonly ItemType[] = ['prime-contract']

/** Where an item's content names the contract it stands on (procore-api.md 6.2, 6.3). */
const held: Partial<Record<ItemType, readonly [field: string, holders: readonly ItemType[]]>> = {
  requisition: ['commitment_id', commitments],
  'contract-payment': ['contract_id', commitments],
  'commitment-change-order': ['contract_id', commitments],
  'payment-application': ['prime_contract_id', primes],
  'prime-change-order': ['contract_id', primes],
}

/** The contract an item stands on, by the id Procore gives; its type is the one there is an item of. Null where none is known. */
export function createParentOf({
  reader: { raw },
}: Pick<Agent, 'reader'>): (connection: number, type: ItemType, content: Content) => Parent | null {
  const there = raw.prepare('SELECT 1 FROM items WHERE connection = ? AND type = ? AND id = ? AND deleted_at IS NULL')
  return (connection, type, content) => {
    const [field = '', holders = []] = held[type] ?? []
    const id = content[field]
    if (id === undefined || id === null) return null
    const found = holders.find((one) => there.get(connection, itemTypes.indexOf(one), String(id)))
    return found ? { type: found, id: String(id) } : null
  }
}
