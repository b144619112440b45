/**
 * The practice company as its ERP (Sage 300 CRE) holds it: the same firm as practice-company.ts, told in the ERP's columns
 * (names: StandardMode of the ODBC source, facts erp-files C3). Pure; every value is text as an export prints it.
 * `known` says in numbers where the two sides differ.
 */
import { makeBusiness } from './business/business.ts'
import type { Business } from './business/shapes.ts'
import { commitmentChangeOrders } from './erp/change-orders.ts'
import { extras, jobCategories, jobCostCodes, standardCategories, standardCostCodes } from './erp/codes.ts'
import { commitmentItems, commitments } from './erp/commitments.ts'
import { jobs } from './erp/jobs.ts'
import { type Known, knownOf } from './erp/known.ts'
import { insurances, taxGroups } from './erp/own-files.ts'
import { distributions, invoices, payments } from './erp/payables.ts'
import { arInvoices } from './erp/receivables.ts'
import { transactions } from './erp/transactions.ts'
import { vendors } from './erp/vendors.ts'

/** One ERP record: column name to printed text, '' for an empty column (facts C4). */
export interface ErpRecord {
  [column: string]: string
}

export interface ErpCompany {
  business: Business
  APM_MASTER__VENDOR: ErpRecord[]
  JCM_MASTER__JOB: ErpRecord[]
  JCM_MASTER__COMMITMENT: ErpRecord[]
  JCM_MASTER__COMMITMENT_ITEM: ErpRecord[]
  JCT_CURRENT__TRANSACTION: ErpRecord[]
  JCM_MASTER__STANDARD_COST_CODE: ErpRecord[]
  JCM_MASTER__STANDARD_CATEGORY: ErpRecord[]
  JCM_MASTER__EXTRA: ErpRecord[]
  JCM_MASTER__COST_CODE: ErpRecord[]
  JCM_MASTER__CATEGORY: ErpRecord[]
  JCM_MASTER__COMMITMENT_CO: ErpRecord[]
  APM_MASTER__INVOICE: ErpRecord[]
  APM_MASTER__DISTRIBUTION: ErpRecord[]
  APM_MASTER__INVOICE_PAYMENT: ErpRecord[]
  /** Files of the site's own making. */
  'tax-groups': ErpRecord[]
  insurances: ErpRecord[]
  'ar-invoices': ErpRecord[]
  known: Known
}

export type ErpTable = Exclude<keyof ErpCompany, 'business' | 'known'>

export function erpCompany(seed = 1): ErpCompany {
  const business = makeBusiness(seed)
  return {
    business,
    APM_MASTER__VENDOR: vendors(business),
    JCM_MASTER__JOB: jobs(business),
    JCM_MASTER__COMMITMENT: commitments(business),
    JCM_MASTER__COMMITMENT_ITEM: commitmentItems(business),
    JCT_CURRENT__TRANSACTION: transactions(business),
    JCM_MASTER__STANDARD_COST_CODE: standardCostCodes(),
    JCM_MASTER__STANDARD_CATEGORY: standardCategories(),
    JCM_MASTER__EXTRA: extras(business),
    JCM_MASTER__COST_CODE: jobCostCodes(business),
    JCM_MASTER__CATEGORY: jobCategories(business),
    JCM_MASTER__COMMITMENT_CO: commitmentChangeOrders(business),
    APM_MASTER__INVOICE: invoices(business),
    APM_MASTER__DISTRIBUTION: distributions(business),
    APM_MASTER__INVOICE_PAYMENT: payments(business),
    'tax-groups': taxGroups(business),
    insurances: insurances(business),
    'ar-invoices': arInvoices(business),
    known: knownOf(business),
  }
}
