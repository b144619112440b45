/** The formats there are. A new export is one new file and one line here. */
import type { Format, ReadSettings } from './format.ts'
import { genericCsv } from './generic-csv.ts'
import { sageApDistributions } from './sage-ap-distributions.ts'
import { sageApInvoices } from './sage-ap-invoices.ts'
import { sageApPayments } from './sage-ap-payments.ts'
import { sageCategories } from './sage-categories.ts'
import { sageCommitmentCos } from './sage-commitment-cos.ts'
import { sageCommitmentItems } from './sage-commitment-items.ts'
import { sageCommitments } from './sage-commitments.ts'
import { sageCostCodes } from './sage-cost-codes.ts'
import { sageExtras } from './sage-extras.ts'
import { sageJcTransactions } from './sage-jc-transactions.ts'
import { sageJobs } from './sage-jobs.ts'
import { sagePrimeContracts } from './sage-prime-contracts.ts'
import { sageStandardCategories } from './sage-standard-categories.ts'
import { sageStandardCostCodes } from './sage-standard-cost-codes.ts'
import { sageTaxGroups } from './sage-tax-groups.ts'
import { sageVendors } from './sage-vendors.ts'

export const formats: readonly Format[] = [
  sageVendors,
  sageJobs,
  sagePrimeContracts,
  sageExtras,
  sageCostCodes,
  sageCategories,
  sageStandardCostCodes,
  sageStandardCategories,
  sageCommitments,
  sageCommitmentItems,
  sageCommitmentCos,
  sageApInvoices,
  sageApDistributions,
  sageApPayments,
  sageJcTransactions,
  sageTaxGroups,
]

/** All formats a connection may read: the list, and its own column mappings. */
export const formatsFor = ({ mappings }: Pick<ReadSettings, 'mappings'>): readonly Format[] => [...formats, ...mappings.map(genericCsv)]
