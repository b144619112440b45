import { type ItemRef, itemKey, itemTypes } from '../../shared/item.ts'
import { itemOf, type Page } from '../../shared/pages/page.ts'
import { heldOn } from '../pages/lists.ts'

/** Items a page may speak of: the one its address names and what that holds, or, on a list, records of its project. Any other is null. */
export function allowed(page: Page, { type, id }: ItemRef): ItemRef | null {
  if (page.item && itemKey(page.item) === itemKey({ type, id })) return page.item
  const types = page.item ? (heldOn[page.kind] ?? []) : itemTypes
  return types.includes(type) && /^\d{1,19}$/.test(String(id)) ? itemOf(type, String(id), page.project) : null
}
