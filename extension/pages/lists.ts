import type { ItemType } from '../../shared/item.ts'
import type { PageKind } from './routes.ts'

/** Types of items each list page lists; a page is here once its list has badges. */
export const listedOn: Partial<Record<PageKind, readonly ItemType[]>> = {
  commitments: ['work-order-contract', 'purchase-order-contract'],
}
