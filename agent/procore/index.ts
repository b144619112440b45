/** The lists Tieback reads of Procore, in the order they must be known: what others refer to comes first. */
import type { ItemType } from '../../shared/item.ts'
import { purchaseOrderContracts, workOrderContracts } from './commitments.ts'
import { costCodes } from './cost-codes.ts'
import { directCosts } from './direct-costs.ts'
import { lineItemTypes } from './line-item-types.ts'
import type { ProcoreList } from './list.ts'
import { projects } from './projects.ts'
import { requisitions } from './requisitions.ts'
import { subJobs } from './sub-jobs.ts'
import { vendors } from './vendors.ts'

export const procoreLists: readonly ProcoreList[] = [
  projects,
  vendors,
  lineItemTypes,
  subJobs,
  costCodes,
  workOrderContracts,
  purchaseOrderContracts,
  requisitions,
  directCosts,
]

/** The list an item of this type is found in. */
export const listFor = (type: ItemType): ProcoreList | undefined => procoreLists.find((list) => list.itemTypes.includes(type))

/** What is read by itself. Commitments say their invoiced and paid sums, so invoices are read only when asked for. */
export const polledLists: readonly ProcoreList[] = procoreLists.filter((list) => list !== requisitions)
