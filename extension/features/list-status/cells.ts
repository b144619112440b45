import { type ItemRef, itemKey } from '../../../shared/item.ts'
import { findOne } from '../../pages/anchors.ts'

/** Columns that may carry the badge: Procore's own ERP column where it is shown, else the number. */
export type Column = 'number' | 'erpStatus'

/** A listed record, with its key made once. */
export type Listed = { item: ItemRef; key: string }

/** The id of the row a cell is in: Procore's record id (rendered page, 2026-06). */
export const rowIdOf = (cell: Element): string => cell.parentElement?.getAttribute('row-id') ?? ''

export const standsIn = (cell: Element, column: Column): boolean => cell.getAttribute('col-id') === column

const record = /(work|purchase)_order_contracts\/(\d+)(?:[/?#]|$)/
const types = { work: 'work-order-contract', purchase: 'purchase-order-contract' } as const

/**
 * Adds the records of all rows drawn in a grid that are not known yet, by their ids. A record's type is only in the link of its number cell, in
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
