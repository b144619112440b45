import { changeOrderPackages, commitmentChangeOrders } from './change-order-packages.ts'
import { commitments } from './commitments.ts'
import { lineItemTypes, primeContracts, standardCostCodeLists, standardCostCodes, subJobs, taxCodes } from './company-lists.ts'
import { contractPayments } from './contract-payments.ts'
import { costCodes } from './cost-codes.ts'
import { directCostLineItems } from './direct-cost-line-items.ts'
import { directCosts } from './direct-costs.ts'
import type { Endpoint } from './endpoint.ts'
import { purchaseOrderLineItems, workOrderLineItems } from './line-items.ts'
import { projects } from './projects.ts'
import { purchaseOrderContracts } from './purchase-order-contracts.ts'
import { requisitions } from './requisitions.ts'
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
  ...commitments,
  ...changeOrderPackages,
  ...commitmentChangeOrders,
  ...requisitions,
  ...contractPayments,
  ...costCodes,
  ...subJobs,
  ...lineItemTypes,
  ...standardCostCodeLists,
  ...standardCostCodes,
  ...taxCodes,
  ...directCosts,
  ...directCostLineItems,
  ...primeContracts,
]
