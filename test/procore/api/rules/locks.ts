import type { Contract, DirectCost, Item, LineItem } from '../../items.ts'
import type { Call } from '../endpoint.ts'
import { ownFields, type Submitted } from './origin.ts'
import type { FieldErrors } from './refusal.ts'

/** Says why this write is refused, or nothing. `item` is undefined for a create. */
export type Lock<T extends Item> = (call: Call, submitted: Submitted, item: T | undefined) => FieldErrors | undefined

export const open: Lock<Item> = () => undefined

/** Facts 5.3: a direct cost with an origin_id is immutable; only its origin fields may still be written. */
export const directCostLock: Lock<DirectCost> = (_call, submitted, item) => {
  if (!item || item.origin_id === null || ownFields(submitted).length === 0) return undefined
  return { base: ['The invoice is not editable because it has been synced with ERP'] }
}

/** The lines belong to the whole. Whether new ones may still be added is assumption direct-cost-lines. */
export const directCostLineLock: Lock<LineItem> = (call, submitted, item) => {
  const header = call.company.tables.direct_costs.get(Number(item?.holder_id ?? submitted['direct_cost_id']))
  if (!header || header.origin_id === null || ownFields(submitted).length === 0) return undefined
  if (!item && call.behaviour.directCostLines === 'may be added') return undefined
  return { base: ['The invoice is not editable because it has been synced with ERP'] }
}

const closedBy = ['Approved', 'Complete']
const isLocked = (call: Call, contract: Contract | undefined) =>
  contract !== undefined && call.company.settings.lockApprovedCommitments && closedBy.includes(contract.status)

/** Facts 5.3: status Approved or Complete locks the vendor. A write that also leaves the status is free again. */
export const contractLock: Lock<Contract> = (call, submitted, item) => {
  const leaves = typeof submitted['status'] === 'string' && !closedBy.includes(submitted['status'])
  const moves = submitted['vendor_id'] !== undefined && submitted['vendor_id'] !== item?.vendor_id
  return moves && !leaves && isLocked(call, item) ? { vendor_id: ['cannot be changed while the commitment is approved'] } : undefined
}

/** Facts 5.3: the schedule of values is locked with its commitment; origin fields stay free (assumption approved-lines). */
export const contractLineLock =
  (contractOf: (call: Call) => Contract | undefined): Lock<LineItem> =>
  (call, submitted) =>
    ownFields(submitted).length > 0 && isLocked(call, contractOf(call))
      ? { base: ['The schedule of values cannot be changed while the commitment is approved'] }
      : undefined
