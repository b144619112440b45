import { makeBusiness } from './business/business.ts'
import type { Business } from './business/shapes.ts'
import { Company } from './company.ts'
import { addCodes } from './practice/codes.ts'
import { addChangeOrders, addCommitments } from './practice/commitments.ts'
import { addDirectCosts } from './practice/direct-costs.ts'
import { addInsurances } from './practice/insurances.ts'
import { addInvoices } from './practice/invoices.ts'
import { addOwnerSide } from './practice/owner.ts'
import { addPeople } from './practice/people.ts'
import { addProjects } from './practice/projects.ts'
import { addVendors } from './practice/vendors.ts'

export interface PracticeOptions {
  seed?: number
  /** The clock new and edited items are stamped by. Milliseconds. */
  now?: () => number
}

/** The day the practice company was filled; everything seeded carries it, whatever the clock says. */
const seededAt = Date.parse('2026-09-30T18:00:00Z')

/** The invented company as Procore holds it. The same seed gives the same ids, names and amounts. */
export function practiceCompany({ seed = 1, now = Date.now }: PracticeOptions = {}): Company {
  return fill(makeBusiness(seed), now)
}

/** Finds what was written for a firm's record; kept while filling. */
export interface Filling {
  readonly business: Business
  readonly company: Company
  readonly projects: Map<string, number>
  readonly vendors: Map<number, number>
  readonly contracts: Map<string, number>
  readonly costCodes: Map<string, number>
  readonly types: Map<string, number>
}

function fill(business: Business, now: () => number): Company {
  let filled = false
  const company = new Company('Practice Builders, Inc.', () => (filled ? now() : seededAt))
  const filling: Filling = {
    ...{ business, company, projects: new Map(), vendors: new Map(), contracts: new Map(), costCodes: new Map(), types: new Map() },
  }
  addPeople(filling)
  addProjects(filling)
  addCodes(filling)
  addVendors(filling)
  addCommitments(filling)
  addChangeOrders(filling)
  addInvoices(filling)
  addDirectCosts(filling)
  addOwnerSide(filling)
  addInsurances(filling)
  filled = true
  return company
}
