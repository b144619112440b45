import {
  categories,
  costCodes,
  erpCategoryNames,
  erpNames,
  erpOnlyCategories,
  erpOnlyCodes,
  missingCode,
  procoreOnlyCodes,
} from '../business/codes.ts'
import type { Business } from '../business/shapes.ts'
import { erpChangeOrders, notInErp } from './change-orders.ts'
import { erpOnlyExtra, extras, jobCostCodes } from './codes.ts'
import { erpInvoices } from './payables.ts'
import { billed, contractDifferences } from './receivables.ts'

interface Codes {
  /** In both, whatever they are called. */
  matched: number
  renamed: string[]
  erpOnly: string[]
  procoreOnly: string[]
}

/** Codes, taxes, insurances, billing: where ERP and Procore agree and differ. Keys are the ERP's own. */
export interface KnownOffice {
  standardCodes: Codes
  categories: Codes
  extras: { matched: number; erpOnly: string[] }
  /** `erpOnly` counts those of the extra Procore lacks too. */
  costCodes: { inErp: number; matched: number; erpOnly: number; posted: number }
  taxGroups: { matched: number; otherRate: string[]; erpOnly: string[]; procoreOnly: string[] }
  insurances: { matched: number; otherDate: string[]; erpOnly: string[]; procoreOnly: string[] }
  /** As `commitment/number`. */
  changeOrders: { inErp: number; matched: number; otherAmount: string[]; erpOnly: string[]; procoreOnly: string[] }
  invoices: { inErp: number; ofCommitments: number; matched: number; otherAmount: string[]; otherRetainage: string[]; erpOnly: string[] }
  /** By the ERP's payment id. */
  payments: { inErp: number; matched: number; otherAmount: string[]; erpOnly: string[]; procoreOnly: string[] }
  primeContracts: { matched: number; otherOriginal: string[]; otherChanges: string[] }
  ownerInvoices: { inErp: number; matched: number; otherAmount: string[]; erpOnly: string[]; procoreOnly: string[] }
}

export const knownOffice = (business: Business): KnownOffice => ({
  ...ofCodes(business),
  ...ofDirectory(business),
  ...ofPayables(business),
  ...ofOwners(business),
})

function ofCodes(business: Business): Pick<KnownOffice, 'standardCodes' | 'categories' | 'extras' | 'costCodes'> {
  const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code)
  const erp = jobCostCodes(business)
  const posted = erp.filter((row) => row['Cost_Code'] === missingCode)
  const inProcore = (row: (typeof erp)[number]) =>
    business.jobs.some((job) => job.number === row['Job'] && job.where === 'both' && ['', ...codes(job.extras)].includes(row['Extra']!))
  const matched = erp.filter((row) => inProcore(row) && !posted.includes(row)).length
  const [renamed, erpOnly, procoreOnly] = [Object.keys(erpNames), codes(erpOnlyCodes), codes(procoreOnlyCodes)]
  return {
    standardCodes: { matched: costCodes.length, renamed, erpOnly, procoreOnly },
    categories: { matched: categories.length, renamed: Object.keys(erpCategoryNames), erpOnly: codes(erpOnlyCategories), procoreOnly: [] },
    extras: { matched: extras(business).length - 1, erpOnly: [`${erpOnlyExtra.job}/${erpOnlyExtra.code}`] },
    costCodes: { inErp: erp.length, matched, erpOnly: erp.length - matched, posted: posted.length },
  }
}

function ofDirectory({ taxes, insurances }: Business): Pick<KnownOffice, 'taxGroups' | 'insurances'> {
  const policies = (fits: (one: Business['insurances'][number]) => boolean) => insurances.filter(fits).map(({ policy }) => policy)
  const groups = (fits: (one: Business['taxes'][number]) => boolean) => taxes.filter(fits).map(({ code }) => code)
  return {
    taxGroups: {
      ...{ matched: groups(isBoth).length, otherRate: groups((one) => one.rate !== one.erpRate) },
      ...{ erpOnly: groups(isErpOnly), procoreOnly: groups(isProcoreOnly) },
    },
    insurances: {
      ...{ matched: policies(isBoth).length, otherDate: policies((one) => one.expires !== one.erpExpires) },
      ...{ erpOnly: policies(isErpOnly), procoreOnly: policies(isProcoreOnly) },
    },
  }
}

type Placed = { where: string }
const isBoth = ({ where }: Placed) => where === 'both'
const isErpOnly = ({ where }: Placed) => where === 'erp'
const isProcoreOnly = ({ where }: Placed) => where === 'procore'

function ofPayables(business: Business): Pick<KnownOffice, 'changeOrders' | 'invoices' | 'payments'> {
  const orders = erpChangeOrders(business)
  const called = (one: { commitment: string; number: string }) => `${one.commitment}/${one.number}`
  const onlyHere = orders.filter(({ difference }) => difference === 'ERP only')
  const invoices = erpInvoices(business)
  const ofCommitments = invoices.filter(({ commitment }) => commitment !== '')
  const numbers = (difference: string) => invoices.filter((one) => one.difference === difference).map(({ invoice }) => invoice)
  const { payments } = business
  const ids = (fits: (one: Business['payments'][number]) => boolean) => payments.filter(fits).map(({ id }) => id)
  return {
    changeOrders: {
      ...{ inErp: orders.length, matched: orders.length - onlyHere.length, erpOnly: onlyHere.map(called) },
      otherAmount: orders.filter(({ difference }) => difference === 'amount').map(called),
      procoreOnly: notInErp(business).map(called),
    },
    invoices: {
      ...{ inErp: invoices.length, ofCommitments: ofCommitments.length, matched: ofCommitments.length - numbers('ERP only').length },
      ...{ otherAmount: numbers('amount'), otherRetainage: numbers('retainage'), erpOnly: numbers('ERP only') },
    },
    payments: {
      ...{ inErp: ids((one) => !isProcoreOnly(one)).length, matched: ids(isBoth).length },
      ...{ otherAmount: ids((one) => one.amount !== one.erpAmount), erpOnly: ids(isErpOnly), procoreOnly: ids(isProcoreOnly) },
    },
  }
}

function ofOwners(business: Business): Pick<KnownOffice, 'primeContracts' | 'ownerInvoices'> {
  const invoices = (fits: (one: Business['ownerInvoices'][number]) => boolean) =>
    business.ownerInvoices.filter(fits).map(({ invoice }) => invoice)
  const { original, changes } = contractDifferences
  return {
    primeContracts: { matched: business.jobs.filter(isBoth).length, otherOriginal: [original], otherChanges: [changes] },
    ownerInvoices: {
      ...{ inErp: billed(business).length, matched: invoices(isBoth).length },
      otherAmount: invoices((one) => isBoth(one) && one.amount !== one.erpAmount),
      // What is still under review in Procore is not billed yet.
      ...{ erpOnly: invoices(isErpOnly), procoreOnly: invoices((one) => isProcoreOnly(one) && one.status === 'approved') },
    },
  }
}
