/** The records there are, one per entity of shared/item.ts. A new one is one new file and one line here. */
import type { Entity } from '../../../shared/item.ts'
import { apDistributions } from './ap-distributions.ts'
import { apInvoices } from './ap-invoices.ts'
import { apPayments } from './ap-payments.ts'
import { arInvoices } from './ar-invoices.ts'
import { categories } from './categories.ts'
import { commitmentCos } from './commitment-cos.ts'
import { commitmentItems } from './commitment-items.ts'
import { commitments } from './commitments.ts'
import { costCodes } from './cost-codes.ts'
import { extras } from './extras.ts'
import { insurances } from './insurances.ts'
import { jcTransactions } from './jc-transactions.ts'
import { jobs } from './jobs.ts'
import { primeContracts } from './prime-contracts.ts'
import type { RecordShape } from './record-shape.ts'
import { standardCategories } from './standard-categories.ts'
import { standardCostCodes } from './standard-cost-codes.ts'
import { taxGroups } from './tax-groups.ts'
import { vendorTypes } from './vendor-types.ts'
import { vendors } from './vendors.ts'

export const records: Record<Entity, RecordShape> = {
  vendors,
  jobs,
  commitments,
  'commitment-items': commitmentItems,
  'jc-transactions': jcTransactions,
  'standard-cost-codes': standardCostCodes,
  'standard-categories': standardCategories,
  extras,
  'cost-codes': costCodes,
  categories,
  'commitment-cos': commitmentCos,
  'prime-contracts': primeContracts,
  'ap-invoices': apInvoices,
  'ap-distributions': apDistributions,
  'ap-payments': apPayments,
  'tax-groups': taxGroups,
  'vendor-types': vendorTypes,
  insurances,
  'ar-invoices': arInvoices,
}
