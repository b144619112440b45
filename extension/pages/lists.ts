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

/** What stood before the id at the end of links met before: those of one list differ in nothing else, and reading the shapes costs most of a row. */
const met = new Map<string, ItemType>()
const wholeId = /^[1-9]\d{0,18}$/

/**
 * The record a link opens, or null: the last it names, since a record inside another is named after the one that holds it; a printout (`.pdf`)
 * opens none. A link's words are never read. Called for each row of each list.
 */
export function recordIn(href: string | null): { type: ItemType; id: string } | null {
  if (href === null) return null
  const cut = href.lastIndexOf('/') + 1
  const [start, end] = [href.slice(0, cut), href.slice(cut)]
  const known = met.get(start)
  if (known && wholeId.test(end)) return { type: known, id: end }
  const found = lastNamed(href)
  const type = found && linkTo[found.before]
  if (!type || /\.pdf\b/i.test(href)) return null
  if (found.id === end && start.endsWith(found.before)) remember(start, type)
  return { type, id: found.id }
}

function lastNamed(href: string): { before: string; id: string } | null {
  let last: { before: string; id: string } | null = null
  named.lastIndex = 0
  for (let found = named.exec(href); found; found = named.exec(href)) last = { before: found[1] ?? '', id: found[2] ?? '' }
  return last
}

function remember(start: string, type: ItemType): void {
  if (met.size === 100) met.clear() // links inside other records each begin otherwise
  met.set(start, type)
}
