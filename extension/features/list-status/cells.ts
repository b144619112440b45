import { type ItemRef, itemKey } from '../../../shared/item.ts'
import { itemOf, type Page } from '../../../shared/pages/page.ts'
import { findOne } from '../../pages/anchors.ts'
import { heldOn, listedOn, mayListNone, recordIn } from '../../pages/lists.ts'

/** Columns that may carry the badge: Procore's own ERP column where it is shown, else the number. */
export type Column = 'number' | 'erpStatus'

/** A listed record, with its key made once. */
export type Listed = { item: ItemRef; key: string }

/** What a page lists, beside its own record if it has one. */
const typesOf = ({ kind, item }: Page): readonly string[] => (item ? heldOn[kind] : listedOn[kind]) ?? []

/** The record of this page's kind that a link opens. */
const listedBy = (page: Page, link: Element): ReturnType<typeof recordIn> => {
  const record = recordIn(link.getAttribute('href'))
  return record && typesOf(page).includes(record.type) ? record : null
}

/** A row that does not name its record: legacy lists, and the directory, whose rows carry the id of a person (rendered pages, 2026-06). */
export const plainRow = (element: Element): Element | null => element.closest('table.item-list tbody > tr, [data-id]')

/** The first link in a row to a record this page lists. */
const linkIn = (page: Page, row: Element): Element | undefined => [...row.getElementsByTagName('a')].find((link) => listedBy(page, link))

/**
 * Names the row an element is in: by Procore's record id, or, where rows do not carry it, by the record in their link (rendered pages, 2026-06).
 * Ids of two kinds may be equal, so those name their kind too.
 */
export function rowAt(page: Page, element: Element): string | null {
  const row = element.parentElement?.getAttribute('row-id') ?? element.closest('.ag-row[row-id]')?.getAttribute('row-id') // a cell's row holds it
  if (row) return row
  const plain = plainRow(element)
  const link = plain && linkIn(page, plain)
  const record = link && listedBy(page, link)
  return record ? itemKey(record) : null
}

/** Cells of grids have a column's name; those of plain rows have none. */
export const isPlain = (cell: Element): boolean => !cell.hasAttribute('col-id')

/** Whether a cell may carry the badge. Cells of plain rows have no column's name: theirs is the one whose link names the record, the first of such. */
export function standsIn(page: Page, cell: Element, column: Column): boolean {
  const name = cell.getAttribute('col-id')
  if (name !== null) return name === column
  const row = plainRow(cell)
  return column === 'number' && row !== null && linkIn(page, row)?.parentElement === cell
}

/** The cell a badge goes into, or null: the one noticed, or, of a row noticed as a whole, that of its link. */
export function cellFor(page: Page, noticed: Element, column: Column): Element | null {
  if (standsIn(page, noticed, column)) return noticed
  const cell = noticed.hasAttribute('data-id') ? linkIn(page, noticed)?.parentElement : null
  return cell && standsIn(page, cell, column) ? cell : null
}

/**
 * Learns the records of all rows drawn in a grid (or a plain list). A record's type is only in the link of its number cell, in whichever address
 * family; the id there is the row's (rendered page, 2026-06), so a row whose own id no link names is no record of this list. A record's tabs follow
 * each other in one page: there the same id may come to name a record of another kind.
 */
export function learnRecords(rows: Map<string, Listed>, grid: Element | Document, page: Page): void {
  const first = findOne(grid, 'numberCell')
  const named = first?.hasAttribute('col-id') ?? true
  const numbers = (named && first?.parentElement?.parentElement) || grid // the pinned half of the rows holds little else
  const types = typesOf(page)
  for (const link of numbers.getElementsByTagName('a')) {
    const record = recordIn(link.getAttribute('href'))
    if (record === null || !types.includes(record.type)) continue
    const row = named ? record.id : itemKey(record)
    if (rows.get(row)?.item.type === record.type) continue
    const item = itemOf(record.type, record.id, page.project)
    if (item) rows.set(row, { item, key: itemKey(item) })
  }
}

/** Whether a page rightly shows no record: its list is empty, or it is none that always has one. */
export const isEmptyList = (page: Page): boolean =>
  page.item !== null || mayListNone.includes(page.kind) || findOne(document, 'list')?.querySelector('.ag-row, tbody tr') === null
