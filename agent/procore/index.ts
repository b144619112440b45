/** The lists Tieback reads of Procore by itself, in the order they must be known: what others refer to comes first. */
import type { ItemType } from '../../shared/item.ts'
import { changeOrderPackages } from './change-order-packages.ts'
import { purchaseOrderContracts, workOrderContracts } from './commitments.ts'
import { contractPayments } from './contract-payments.ts'
import { costCodes } from './cost-codes.ts'
import { directCosts } from './direct-costs.ts'
import { insurances } from './insurances.ts'
import { lineItemTypes } from './line-item-types.ts'
import type { ProcoreList } from './list.ts'
import { paymentApplications } from './payment-applications.ts'
import { primeContracts } from './prime-contracts.ts'
import { projects } from './projects.ts'
import { requisitions } from './requisitions.ts'
import { standardCostCodes } from './standard-cost-codes.ts'
import { subJobs } from './sub-jobs.ts'
import { taxCodes } from './tax-codes.ts'
import { vendors } from './vendors.ts'

export const procoreLists: readonly ProcoreList[] = [
  projects,
  vendors,
  insurances,
  standardCostCodes,
  lineItemTypes,
  taxCodes,
  subJobs,
  costCodes,
  workOrderContracts,
  purchaseOrderContracts,
  primeContracts,
  changeOrderPackages,
  requisitions,
  contractPayments,
  paymentApplications,
  directCosts,
]

/** The list an item of this type is found in. */
export const listFor = (type: ItemType): ProcoreList | undefined => procoreLists.find((list) => list.itemTypes.includes(type))
