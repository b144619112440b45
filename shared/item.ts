/** Something in Procore, known by type and id. Type names are ours; the API's and the address bar's names are mapped to them where they are met. */
export const itemTypes = [
  'work-order-contract',
  'purchase-order-contract',
  'commitment-change-order',
  'prime-contract',
  'prime-change-order',
  'potential-change-order',
  'requisition',
  'payment-application',
  'contract-payment',
  'direct-cost',
  'vendor',
  'project',
  'sub-job',
  'cost-code',
  'change-event',
  'cost-type',
  'standard-cost-code',
  'tax-code',
  'insurance',
] as const

export type ItemType = (typeof itemTypes)[number]

/** How a page names an item to the agent. `project` is absent for company-level items (vendors, projects). */
export type ItemRef = { type: ItemType; id: string; project?: string | undefined }

/** One text for one item, usable as a map key. */
export const itemKey = (ref: Pick<ItemRef, 'type' | 'id'>): string => `${ref.type}:${ref.id}`

/** The kinds of record an ERP gives us; one format, one items file and one mapping each. */
export const entities = [
  'vendors',
  'jobs',
  'commitments',
  'commitment-items',
  'jc-transactions',
  'standard-cost-codes',
  'standard-categories',
  'extras',
  'cost-codes',
  'categories',
  'commitment-cos',
  'prime-contracts',
  'ap-invoices',
  'ap-distributions',
  'ap-payments',
  'tax-groups',
  'vendor-types',
  'insurances',
  'ar-invoices',
] as const
export type Entity = (typeof entities)[number]
export const isEntity = (text: string | undefined): text is Entity => (entities as readonly (string | undefined)[]).includes(text)

/** Which export speaks of an item of this type: tells how old a “not linked” is. */
export const entityOfItem: Partial<Record<ItemType, Entity>> = {
  vendor: 'vendors',
  project: 'jobs',
  'work-order-contract': 'commitments',
  'purchase-order-contract': 'commitments',
  'direct-cost': 'jc-transactions',
  'commitment-change-order': 'commitment-cos',
  'prime-contract': 'prime-contracts',
  requisition: 'ap-invoices',
  'contract-payment': 'ap-payments',
  'payment-application': 'ar-invoices',
  'sub-job': 'extras',
  'cost-code': 'cost-codes',
  'cost-type': 'standard-categories',
  'standard-cost-code': 'standard-cost-codes',
  'tax-code': 'tax-groups',
  insurance: 'insurances',
}
