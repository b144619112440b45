/** Where a record opens: the one place that knows addresses of items. */

type Named = { type: string; id: string }

/** Below `/:p/project/`, without what holds it (rendered pages and procore/documentation side_panel_view_keys.md, 2026-06-03). */
const own: Record<string, (id: string) => string> = {
  'work-order-contract': (id) => `contracts/commitments/work_order_contracts/${id}`,
  'purchase-order-contract': (id) => `contracts/commitments/purchase_order_contracts/${id}`,
  'prime-contract': (id) => `prime_contracts/${id}`,
  'direct-cost': (id) => `direct_costs/${id}`,
  'change-event': (id) => `change_events/events/${id}`,
  vendor: (id) => `directory/vendors/${id}/edit`,
}

/**
 * Change orders and payments of a commitment open the commitment they stand on: the number in a change order's own address is its package's,
 * which may be another than the item's (public procedure, 2026-08-26), and a payment's was never seen. A wrong one would show an empty page.
 */
const onCommitment = {
  'work-order-contract': (holder: string) => `contracts/commitments/work_order_contracts/${holder}`,
  'purchase-order-contract': (holder: string) => `contracts/commitments/purchase_order_contracts/${holder}`,
}

/** Procore’s ERP Integrations of a company. Only the tool’s own address was ever seen, none of a row and of no tab that unlinks (procore-web.md 1.3, 2026-06). */
export const erpToolOf = (company: string): string => `/${company}/company/erp_integrations`

/** Below what holds it. */
const held: Record<string, Record<string, (holder: string, id: string) => string>> = {
  requisition: {
    'work-order-contract': (holder, id) => `commitments/work_order_contracts/${holder}/requisitions/${id}`,
    'purchase-order-contract': (holder, id) => `commitments/purchase_order_contracts/${holder}/requisitions/${id}`,
  },
  'commitment-change-order': onCommitment,
  'contract-payment': onCommitment,
  'payment-application': { 'prime-contract': (holder, id) => `prime_contracts/${holder}/payment_applications/${id}` },
  'prime-change-order': {
    'prime-contract': (holder, id) => `prime_contracts/${holder}/change_orders/change_order_packages/${id}`,
  },
}

/**
 * The legacy address of an item, which leads to the new pages for those who have them (redirect seen 2026-06); null where none is known. Vendors
 * have a page in projects only: `project` is then the one a person is in.
 */
export function addressOf(type: string, id: string, project: string | null, parent?: Named): string | null {
  if (type === 'project') return `/${id}/project/home`
  const path = own[type]?.(id) ?? (parent && held[type]?.[parent.type]?.(parent.id, id))
  return path && project ? `/${project}/project/${path}` : null
}

/** Whether an address of such an item is known at all: none of a sub job's or a cost code's was ever seen (routes.ts). */
export const hasPage = (type: string): boolean => type === 'project' || type in own || type in held
