import type { ItemType } from '../../shared/item.ts'
import type { PageKind } from '../../shared/pages/routes.ts'

/** Types of items each list page lists; a page is here once its list has badges. A budget's lines are nothing an ERP record is tied to. */
export const listedOn: Partial<Record<PageKind, readonly ItemType[]>> = {
  commitments: ['work-order-contract', 'purchase-order-contract'],
  'change-orders': ['commitment-change-order', 'prime-change-order', 'potential-change-order'],
  'subcontractor-invoices': ['requisition'],
  'prime-contracts': ['prime-contract'],
  'owner-invoices': ['payment-application'],
  'change-events': ['change-event'],
  'direct-costs': ['direct-cost'],
  directory: ['vendor'],
  portfolio: ['project'],
  'erp-tool': [
    'work-order-contract',
    'purchase-order-contract',
    'commitment-change-order',
    'prime-change-order',
    'requisition',
    'prime-contract',
    'payment-application',
    'vendor',
    'project',
  ],
}

/** Types of items that a record's own page lists in its tabs. */
export const heldOn: Partial<Record<PageKind, readonly ItemType[]>> = {
  subcontract: ['commitment-change-order', 'requisition', 'contract-payment'],
  'purchase-order': ['commitment-change-order', 'requisition', 'contract-payment'],
  'prime-contract': ['prime-change-order', 'potential-change-order', 'payment-application'],
}

/** List pages that rightly show none: a directory of people without companies, a tab of the ERP tool that lists nothing. */
export const mayListNone: readonly PageKind[] = ['directory', 'erp-tool']

/**
 * What stands before a record's id in a link to it, whichever address family: the shapes of routes.ts, and three that are links only, no pages
 * (`/set_project/:id`, the way to a prime contract's change order, rendered pages, 2026-06).
 */
export const linkTo: Record<string, ItemType> = {
  'work_order_contracts/': 'work-order-contract',
  'purchase_order_contracts/': 'purchase-order-contract',
  'commitment_contract_change_orders/': 'commitment-change-order',
  'requisitions/': 'requisition',
  'contract_payments/': 'contract-payment',
  'prime_contracts/': 'prime-contract',
  'change_order_packages/': 'prime-change-order',
  '?change_order_package_id=': 'prime-change-order',
  'potential_change_orders/': 'potential-change-order',
  'payment_applications/': 'payment-application',
  'change_events/events/': 'change-event',
  'change-events/events/': 'change-event',
  'direct_costs/': 'direct-cost',
  'direct-costs/': 'direct-cost',
  'directory/edit_vendor/': 'vendor',
  'directory/vendors/': 'vendor',
  'set_project/': 'project',
}

const shapes = Object.keys(linkTo).map((before) => before.replace('?', '\\?'))
const named = new RegExp(`(${shapes.join('|')})([1-9]\\d{0,18})(?=[/?#&]|$)`, 'g')

/**
 * The record a link opens, or null: the last it names, since a record inside another is named after the one that holds it; a printout (`.pdf`)
 * opens none. Pure; a link's words are never read. Called for each row of each list: one pass over the address, and nothing made on the way.
 */
export function recordIn(href: string | null): { type: ItemType; id: string } | null {
  if (href === null) return null
  let [before, id]: (string | undefined)[] = []
  named.lastIndex = 0
  for (let found = named.exec(href); found; found = named.exec(href)) [, before, id] = found
  const type = before && linkTo[before]
  return type && id && !/\.pdf\b/i.test(href) ? { type, id } : null
}
