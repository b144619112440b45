import { type ItemRef, itemKey } from '../../../shared/item.ts'
import { whichPage } from '../../pages/which-page.ts'

/** Columns that may carry the badge: Procore's own ERP column where it is shown, else the number. */
export type Column = 'number' | 'erpStatus'

export const rowIdOf = (cell: Element): string | null => cell.parentElement?.getAttribute('row-id') ?? null
export const columnOf = (cell: Element): Column => (cell.getAttribute('col-id') === 'erpStatus' ? 'erpStatus' : 'number')

/** The item of a listed row. Its type is only in the link of the number cell; the id there and on the row are the same, or it is no record. */
export function itemOf(cell: Element): ItemRef | null {
  const link = cell.querySelector<HTMLAnchorElement>('a[href*="_contracts/"]')
  const item = link ? (whichPage(link.href)?.item ?? null) : null
  return item && item.id === rowIdOf(cell) ? item : null
}

/** Which item each row shows, learned from number cells; rows come in two halves and their cells in any order. */
export type Rows = Map<string, ItemRef>

export const keyOfRow = (rows: Rows, row: string | null): string | null => {
  const item = row === null ? undefined : rows.get(row)
  return item ? itemKey(item) : null
}
