import type { Endpoint } from './endpoint.ts'
import { purchaseOrderLineItems, workOrderLineItems } from './line-items.ts'
import { projects } from './projects.ts'
import { purchaseOrderContracts } from './purchase-order-contracts.ts'
import { vendors } from './vendors.ts'
import { who } from './who.ts'
import { workOrderContracts } from './work-order-contracts.ts'

/** Every endpoint the stand-in answers; a path not listed here is refused. */
export const endpoints: readonly Endpoint[] = [
  ...who,
  ...projects,
  ...vendors,
  ...workOrderContracts,
  ...workOrderLineItems,
  ...purchaseOrderContracts,
  ...purchaseOrderLineItems,
]
