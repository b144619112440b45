import type { ChangeOrderPackage, Contract, Item, LineItem } from '../../items.ts'
import type { Call } from '../endpoint.ts'
import { ownFields, type Submitted } from './origin.ts'
import type { FieldErrors } from './refusal.ts'

/** Says why this write is refused, or nothing. `item` is undefined for a create. */
export type Lock<T extends Item> = (call: Call, submitted: Submitted, item: T | undefined) => FieldErrors | undefined

export const open: Lock<Item> = () => undefined

/** Facts 5.3: what carries an origin_id is immutable as a whole; only its origin fields may still be written. */
const whole =
  (text: string): Lock<Item> =>
  (_call, submitted, item) =>
    !item || item.origin_id === null || ownFields(submitted).length === 0 ? undefined : { base: [text] }

/** The texts a person sees (facts 5.3); which of them the API answers is assumption lock-answer. */
const invoiceLock = 'The invoice is not editable because it has been synced with ERP'
export const directCostLock: Lock<Item> = whole(invoiceLock)
export const requisitionLock: Lock<Item> = whole(invoiceLock)
export const paymentApplicationLock: Lock<Item> = whole('This Payment Application cannot be edited because it has been synced with ERP')
export const contractPaymentLock: Lock<Item> = whole(
  'The Contract Payment cannot be edited or deleted because it is synced with an ERP system',
)

/** The lines belong to the whole. Whether new ones may still be added is assumption direct-cost-lines. */
export const directCostLineLock: Lock<LineItem> = (call, submitted, item) => {
  const header = call.company.tables.direct_costs.get(Number(item?.holder_id ?? submitted['direct_cost_id']))
  if (!header || header.origin_id === null || ownFields(submitted).length === 0) return undefined
  if (!item && call.behaviour.directCostLines === 'may be added') return undefined
  return { base: [invoiceLock] }
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

/** Facts 5.3: an approved change order is locked by its status. What that locks is assumption approved-orders. */
export const changeOrderLock: Lock<ChangeOrderPackage> = (call, submitted, item) => {
  const leaves = typeof submitted['status'] === 'string' && submitted['status'] !== 'approved'
  const moves = submitted['grand_total'] !== undefined && submitted['grand_total'] !== item?.grand_total
  if (!moves || leaves || item?.status !== 'approved' || !call.company.settings.lockApprovedCommitments) return undefined
  return { grand_total: ['cannot be changed while the change order is approved'] }
}
