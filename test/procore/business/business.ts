/**
 * The invented firm behind the practice company, told once: both Procore's side (practice-company.ts) and the ERP's side
 * (erp-company.ts) are written from it, so they agree except where an item says how it differs. Amounts are whole cents.
 */
import { random } from '../random.ts'
import { makeChangeOrders } from './change-orders.ts'
import { makeCommitments } from './commitments.ts'
import { makeCosts } from './costs.ts'
import { makeInsurances } from './insurances.ts'
import { makeInvoices } from './invoices.ts'
import { jobs } from './jobs.ts'
import { makeOwnerInvoices, makePrimeChanges } from './owner.ts'
import { makePayments } from './payments.ts'
import type { Business } from './shapes.ts'
import { taxes } from './taxes.ts'
import { makeVendors } from './vendors.ts'

/** The same seed gives the same firm, to the letter. */
export function makeBusiness(seed: number): Business {
  const vendors = makeVendors(random(seed))
  const commitments = makeCommitments(random(seed + 1), vendors)
  const changeOrders = makeChangeOrders(random(seed + 2), commitments)
  const invoices = makeInvoices(random(seed + 3), commitments)
  const costs = makeCosts(random(seed + 4), vendors, commitments, invoices)
  const primeChanges = makePrimeChanges(random(seed + 5))
  return {
    ...{ seed, jobs, vendors, commitments, changeOrders, invoices, costs, taxes, primeChanges },
    ...{ payments: makePayments(invoices), insurances: makeInsurances(random(seed + 6), vendors) },
    ownerInvoices: makeOwnerInvoices(random(seed + 7)),
  }
}
