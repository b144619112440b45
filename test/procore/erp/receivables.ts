import { usDate } from '../business/dates.ts'
import type { Business, Cents, FirmOwnerInvoice, Job } from '../business/shapes.ts'
import type { ErpRecord } from '../erp-company.ts'
import { centsText } from '../money.ts'

/** What the ERP billed to owners. */
export const billed = ({ ownerInvoices }: Business): FirmOwnerInvoice[] => ownerInvoices.filter(({ where }) => where !== 'procore')

/** The contract with the owner as the job's columns tell it; where it differs from Procore, one by its sum and one by its changes. */
export const contractDifferences = { original: '24-1004', changes: '25-1001' }
const addition = 1_000_000

export interface ErpContract {
  original: Cents
  changes: Cents
  billed: Cents
  paid: Cents
  retainage: Cents
}

const total = <T>(list: readonly T[], amount: (one: T) => Cents): Cents => list.reduce((all, one) => all + amount(one), 0)

export function contractOf(business: Business, { number, contract }: Job): ErpContract {
  const approved = business.primeChanges.filter((one) => one.job === number && one.status === 'approved')
  const counted = number === contractDifferences.changes ? approved.slice(0, -1) : approved
  const bills = billed(business).filter(({ job }) => job === number)
  return {
    original: number === contractDifferences.original ? contract + addition : contract,
    changes: total(counted, (one) => one.amount),
    billed: total(bills, (one) => one.erpAmount),
    paid: total(
      bills.filter(({ paid }) => paid),
      (one) => one.erpAmount - one.retainage,
    ),
    retainage: total(bills, (one) => one.retainage),
  }
}

/** The owner of a job as a customer: ten characters at most. */
export const customerOf = (job: string): string => `C${job}`

/** The bills to owners as a site prints them by itself: a file of its own columns, mapped by its connection. The words of Status are ours. */
export const arInvoices = (business: Business): ErpRecord[] =>
  billed(business).map((one) => ({
    ...{ Customer: customerOf(one.job), Invoice: one.invoice, Draw: String(one.number), Job: one.job, Date: usDate(one.to) },
    ...{ Amount: centsText(one.erpAmount), Retainage: centsText(one.retainage), Status: one.paid ? 'Paid' : 'Open' },
  }))
