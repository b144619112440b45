import { type ItemRef, itemKey } from '../../../shared/item.ts'
import { findOne } from '../../pages/anchors.ts'

/** Columns that may carry the badge: Procore's own ERP column where it is shown, else the number. */
export type Column = 'number' | 'erpStatus'

/** A listed record, with its key made once. */
export type Listed = { item: ItemRef; key: string }

const record = /(work|purchase)_order_contracts\/(\d+)(?:[/?#]|$)/
const types = { work: 'work-order-contract', purchase: 'purchase-order-contract' } as const
const recordLink = 'a[href*="_contracts/"]'

/** The id of the row an element is in: Procore's record id, which legacy rows carry in their link alone (rendered pages, 2026-06). */
export function rowAt(element: Element): string | null {
  const row = element.closest('.ag-row[row-id], table.item-list tbody > tr')
  return row && (row.getAttribute('row-id') ?? record.exec(row.querySelector(recordLink)?.getAttribute('href') ?? '')?.[2] ?? null)
}

/** Legacy cells have no column's name: only those of the number are noticed. */
export const standsIn = (cell: Element, column: Column): boolean => (cell.getAttribute('col-id') ?? 'number') === column

/**
 * Adds the records of all rows drawn in a grid (or a legacy list) that are not known yet, by their ids. A record's type is only in the link of its number cell, in
 * whichever address family; the id there is the row's (rendered page, 2026-06), so a row whose own id no link names is no record of this list.
 */
export function learnRecords(rows: Map<string, Listed>, grid: Element | Document, project: string | null): void {
  const numbers = findOne(grid, 'numberCell')?.parentElement?.parentElement ?? grid // the pinned half of the rows holds little else
  for (const link of numbers.getElementsByTagName('a')) {
    const [, kind, id] = record.exec(link.getAttribute('href') ?? '') ?? []
    if (id === undefined || rows.has(id)) continue
    const type = types[kind as keyof typeof types]
    const item: ItemRef = project === null ? { type, id } : { type, id, project }
    rows.set(id, { item, key: itemKey(item) })
  }
}

/** Whether the page shows its list, and nothing in it. */
export const isEmptyList = (): boolean => findOne(document, 'list')?.querySelector('.ag-row, tbody tr') === null
