import { changeOrderPackages, commitmentChangeOrders, primeChangeOrders } from './change-order-packages.ts'
import { commitments } from './commitments.ts'
import { contractPayments } from './contract-payments.ts'
import { costCodes } from './cost-codes.ts'
import { directCostLineItems } from './direct-cost-line-items.ts'
import { directCosts } from './direct-costs.ts'
import type { Endpoint } from './endpoint.ts'
import { insurances } from './insurances.ts'
import { lineItemTypes } from './line-item-types.ts'
import { purchaseOrderLineItems, workOrderLineItems } from './line-items.ts'
import { paymentApplications } from './payment-applications.ts'
import { primeContracts } from './prime-contracts.ts'
import { projects } from './projects.ts'
import { purchaseOrderContracts } from './purchase-order-contracts.ts'
import { requisitions } from './requisitions.ts'
import { standardCostCodeLists, standardCostCodes } from './standard-cost-codes.ts'
import { subJobs } from './sub-jobs.ts'
import { taxCodes } from './tax-codes.ts'
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
  ...primeChangeOrders,
  ...requisitions,
  ...contractPayments,
  ...costCodes,
  ...subJobs,
  ...lineItemTypes,
  ...standardCostCodeLists,
  ...standardCostCodes,
  ...taxCodes,
  ...insurances,
  ...directCosts,
  ...directCostLineItems,
  ...primeContracts,
  ...paymentApplications,
]
