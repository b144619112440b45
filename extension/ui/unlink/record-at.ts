import { itemKey } from '../../../shared/item.ts'
import type { Page } from '../../../shared/pages/page.ts'
import { addressOf } from '../../pages/address.ts'

type Parent = { type: string; id: string }
type Named = Parent & { project?: string | null | undefined }

/** Where a record opens, from a page; on its own page that page again, read anew. Null where no address is known. */
export function recordAt(item: Named, page: Page, parent: Parent | null | undefined, here = location): string | null {
  if (page.item && itemKey(page.item) === `${item.type}:${item.id}`) return here.pathname + here.search
  return addressOf(item.type, item.id, item.project ?? page.project, parent ?? undefined)
}
