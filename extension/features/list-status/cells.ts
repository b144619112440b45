import { type ItemRef, itemKey } from '../../../shared/item.ts'

/** Columns that may carry the badge: Procore's own ERP column where it is shown, else the number. */
export type Column = 'number' | 'erpStatus'

/** A cell as it was noticed: which record its row shows, and in which column it stands. */
export type Cell = { element: Element; row: string; column: Column }

export const cellOf = (element: Element): Cell => ({
  element,
  row: element.parentElement?.getAttribute('row-id') ?? '',
  column: element.getAttribute('col-id') === 'erpStatus' ? 'erpStatus' : 'number',
})

/** A listed record, with its key made once. */
export type Listed = { item: ItemRef; key: string }

const types = { work_order: 'work-order-contract', purchase_order: 'purchase-order-contract' } as const
const record = /\/(work_order|purchase_order)_contracts\/(\d+)(?:[/?#]|$)/

/**
 * The item of a listed row. Its type is only in the link of the number cell, in whichever address family (rendered page, 2026-06); the id there
 * and on the row are the same, or it is no record of this list.
 */
export function itemOf({ element, row }: Cell, project: string | null): Listed | null {
  const [, kind, id] = record.exec(element.querySelector('a[href*="_contracts/"]')?.getAttribute('href') ?? '') ?? []
  if (id !== row) return null
  const item: ItemRef = { type: types[kind as keyof typeof types], id, ...(project === null ? {} : { project }) }
  return { item, key: itemKey(item) }
}
