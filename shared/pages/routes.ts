import type { ItemType } from '../item.ts'

/** Every kind of Procore page Tieback knows. */
export type PageKind =
  | 'commitments'
  | 'subcontract'
  | 'purchase-order'
  | 'commitment-change-order'
  | 'subcontractor-invoice'
  | 'payment'
  | 'change-orders'
  | 'prime-contracts'
  | 'prime-contract'
  | 'prime-change-order'
  | 'potential-change-order'
  | 'owner-invoice'
  | 'owner-invoices'
  | 'subcontractor-invoices'
  | 'change-events'
  | 'change-event'
  | 'direct-costs'
  | 'direct-cost'
  | 'budget'
  | 'directory'
  | 'vendor'
  | 'project-home'
  | 'portfolio'
  | 'erp-tool'
  | 'erp-settings'

/**
 * One kind of page: `path` is matched against what follows the family prefix; groups `id`, `holder` and `tab` are read from it. `about`: of the
 * project itself, whose id is in the prefix.
 */
export type Route = {
  kind: PageKind
  level: 'project' | 'company'
  path: RegExp
  item?: ItemType
  holder?: ItemType
  about?: 'project'
}

const ID = '[1-9]\\d{0,18}'
const END = '(?:/(?<tab>[a-z_-]+))?(?:/.*)?$'
const subcontract = '/(?:contracts/)?commitments/work_order_contracts/'
const purchaseOrder = '/(?:contracts/)?commitments/purchase_order_contracts/'
const prime = '/(?:contracts/)?prime_contracts/'

function record(kind: PageKind, path: string, item: ItemType): Route {
  return { kind, level: 'project', path: new RegExp(`^${path}(?<id>${ID})${END}`), item }
}
function held(kind: PageKind, holderPath: string, holder: ItemType, path: string, item: ItemType): Route {
  return { ...record(kind, `${holderPath}(?<holder>${ID})${path}`, item), holder }
}
function list(kind: PageKind, path: string, level: Route['level'] = 'project'): Route {
  return { kind, level, path: new RegExp(`^${path}/?$`) }
}
const ofProject = (kind: PageKind, path: string): Route => ({ ...list(kind, path), about: 'project' })
function ofCommitment(holderPath: string, holder: ItemType): Route[] {
  return [
    held('commitment-change-order', holderPath, holder, '/change_orders/[a-z_]*change_orders/', 'commitment-change-order'),
    held('subcontractor-invoice', holderPath, holder, '/(?:admin/)?requisitions/', 'requisition'),
    held('payment', holderPath, holder, '/contract_payments/', 'contract-payment'),
  ]
}

/**
 * Tested from top to bottom: a record inside another comes before the one that holds it. Shapes seen in rendered pages and in
 * procore/documentation side_panel_view_keys.md, 2026-06-03; `contract_payments/:id` follows the pattern of its neighbours and was not seen.
 * Sub jobs and cost codes have no page here: no address of theirs was seen, nor of a list of companies, so none is guessed.
 * The id of a commitment change order's page is its *package* id; the change order itself has another (public procedure, 2026-08-26).
 */
export const routes: Route[] = [
  ...ofCommitment(subcontract, 'work-order-contract'),
  ...ofCommitment(purchaseOrder, 'purchase-order-contract'),
  record('subcontract', subcontract, 'work-order-contract'),
  record('purchase-order', purchaseOrder, 'purchase-order-contract'),
  list('commitments', '/(?:contracts/)?commitments(?:/recycled|/list)?'),
  held('prime-change-order', prime, 'prime-contract', '/change_orders/change_order_packages/', 'prime-change-order'),
  held('potential-change-order', prime, 'prime-contract', '/change_orders/potential_change_orders/', 'potential-change-order'),
  held('owner-invoice', prime, 'prime-contract', '/payment_applications/', 'payment-application'),
  record('prime-contract', prime, 'prime-contract'),
  list('prime-contracts', '/(?:contracts/)?prime_contracts'),
  list('change-orders', '/change_orders/list'),
  record('change-event', '/change[-_]events/events/', 'change-event'),
  list('change-events', '/change[-_]events/events'),
  record('direct-cost', '/direct[-_]costs/', 'direct-cost'),
  list('direct-costs', '/direct[-_]costs(?:/summary(?:/index)?)?'),
  list('subcontractor-invoices', '/invoicing/subcontractor'),
  list('owner-invoices', '/invoicing'),
  ofProject('budget', '/(?:budgets|budget_changes|budgeting|budgeting/change_history|budgets/budget_details)'),
  record('vendor', '/directory/edit_vendor/', 'vendor'),
  record('vendor', '/directory/vendors/', 'vendor'),
  list('directory', '/directory(?:/users|/groups/users)?'),
  ofProject('project-home', '/(?:home|projecthome)'),
  list('portfolio', '/home(?:/list)?', 'company'),
  { kind: 'erp-settings', level: 'company', path: /^\/erp_integrations\/configure_tab\/?$/ },
  { kind: 'erp-tool', level: 'company', path: /^\/erp_integrations(?:\/(?<tab>[a-z_]+))?(?:\/.*)?$/ },
]
