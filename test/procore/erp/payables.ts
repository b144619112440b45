import { usDate } from '../business/dates.ts'
import type { Business, Cents, FirmCommitment, FirmCost, FirmInvoice } from '../business/shapes.ts'
import type { ErpRecord } from '../erp-company.ts'
import { centsText } from '../money.ts'
import { inErp } from './commitments.ts'

/** An invoice in accounts payable: of a commitment, or a bill without one; and how it differs from Procore. */
export interface ErpInvoice {
  vendor: number
  invoice: string
  date: string
  description: string
  amount: Cents
  retainage: Cents
  /** Commitment and item are empty for a bill. */
  commitment: string
  job: string
  extra: string
  costCode: string
  category: string
  difference?: 'amount' | 'retainage' | 'ERP only'
}

/** Places among the invoices of commitments; two more stand in the ERP alone. */
const differing = { amount: [30, 31], retainage: [3, 14] }
const freight = 10_000

export function erpInvoices(business: Business): ErpInvoice[] {
  const commitments = new Map(business.commitments.map((one) => [one.number, one]))
  const approved = business.invoices.filter(({ status }) => status.startsWith('approved'))
  const ofCommitments = approved.map((one, n) => disturbed(ofInvoice(one, commitments.get(one.commitment)!), n))
  return [...ofCommitments, ...onlyHere(business), ...bills(business)]
}

function ofInvoice(invoice: FirmInvoice, commitment: FirmCommitment): ErpInvoice {
  const { extra, costCode, category } = commitment.lines[0]!
  return {
    ...{ vendor: commitment.vendor, invoice: invoice.invoice, date: invoice.billed, description: commitment.title.slice(0, 30) },
    ...{ amount: invoice.amount, retainage: invoice.retainage, commitment: commitment.number, job: commitment.job },
    ...{ extra, costCode, category },
  }
}

function disturbed(one: ErpInvoice, n: number): ErpInvoice {
  if (differing.amount.includes(n)) return { ...one, amount: one.amount + freight, difference: 'amount' }
  return differing.retainage.includes(n) ? { ...one, retainage: 0, difference: 'retainage' } : one
}

/** Entered in the books without an invoice in Procore: the first two commitments that were never billed there. */
function onlyHere(business: Business): ErpInvoice[] {
  const billed = new Set(business.invoices.map(({ commitment }) => commitment))
  const free = inErp(business).filter((one) => one.where === 'both' && one.kind === 'subcontract' && !billed.has(one.number))
  return free.slice(0, 2).map((one, n) => ({
    ...ofInvoice({ invoice: `${one.number.slice(3)}-90`, billed: one.date, amount: 80_000 * (n + 1), retainage: 0 } as FirmInvoice, one),
    difference: 'ERP only',
  }))
}

/** Bills without commitment, but for those that were reversed. */
function bills({ costs }: Business): ErpInvoice[] {
  const rows = costs.filter(
    (row): row is FirmCost & { vendor: number; invoice: string } => row.type === 'AP cost' && row.commitment === undefined,
  )
  const sums = Map.groupBy(rows, ({ vendor, invoice }) => `${vendor} ${invoice}`)
  return [...sums.values()].flatMap((of): ErpInvoice[] => {
    const [first] = of
    const amount = of.reduce((all, row) => all + row.amount, 0)
    if (!first || amount === 0) return []
    const { vendor, invoice, date, description, job, extra, costCode, category } = first
    return [{ vendor, invoice, date, description, amount, retainage: 0, commitment: '', job, extra, costCode, category }]
  })
}

const paidOn = ({ payments }: Business, invoice: string): Cents =>
  payments.filter((one) => one.invoice === invoice && one.where !== 'procore').reduce((all, one) => all + one.erpAmount, 0)

/** 'Fully paid' is a published word (facts erp-files C3); the other one is ours. */
const statusOf = (one: ErpInvoice, paid: Cents) => (paid >= one.amount - one.retainage ? 'Fully paid' : 'Open')

/** Columns of APM_MASTER__INVOICE (facts C3; Amount and Retainage as in its neighbours). */
export const invoices = (business: Business): ErpRecord[] =>
  erpInvoices(business).map((one) => {
    const paid = paidOn(business, one.invoice)
    return {
      ...{ Vendor: business.vendors[one.vendor]!.code, Invoice: one.invoice, Invoice_Date: usDate(one.date), Description: one.description },
      ...{ Amount: centsText(one.amount), Pmt_Amount: centsText(paid), Status: statusOf(one, paid), Retainage: centsText(one.retainage) },
    }
  })

/** Columns of APM_MASTER__DISTRIBUTION (inferred in facts C3): one for each invoice, on the first item of its commitment. */
export const distributions = (business: Business): ErpRecord[] =>
  erpInvoices(business).map((one) => ({
    ...{ Vendor: business.vendors[one.vendor]!.code, Invoice: one.invoice, Dist_Sequence: '1', Commitment: one.commitment },
    ...{ Item_Number: one.commitment === '' ? '' : '1', Job: one.job, Extra: one.extra, Cost_Code: one.costCode, Category: one.category },
    ...{ Amount: centsText(one.amount), Retainage: centsText(one.retainage) },
  }))

/** Columns of APM_MASTER__INVOICE_PAYMENT (names as JCT_CURRENT__TRANSACTION prints them, facts C3). */
export function payments(business: Business): ErpRecord[] {
  const commitments = new Map(business.commitments.map((one) => [one.number, one]))
  return business.payments
    .filter(({ where }) => where !== 'procore')
    .map((one) => {
      const { vendor, job } = commitments.get(one.commitment)!
      return {
        ...{ Vendor: business.vendors[vendor]!.code, Invoice: one.invoice, AP_Payment_ID: one.id, Check: one.check, Bank_Account: 'OPER' },
        ...{
          Payment_Type: 'Check',
          Payment_Date: usDate(one.date),
          Amount: centsText(one.erpAmount),
          Commitment: one.commitment,
          Job: job,
        },
      }
    })
}
