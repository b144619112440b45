/** What the ERP exports on one day of the month: every table as it stands, or grown. Columns: facts on ERP files C2, C3 (test/procore/erp). */

import type { Entity } from '../../shared/item.ts'
import { usDate } from '../../test/procore/business/dates.ts'
import type { ErpRecord } from '../../test/procore/erp-company.ts'
import { centsText } from '../../test/procore/money.ts'
import { dateOf, type Month, type MonthCommitment, type MonthCost } from './firm.ts'

export type Export = { entity: Entity; name: string; rows: ErpRecord[] }

/** The files of one day, in the order a clerk would export them; nothing is exported of what there is none of yet. */
export function exportsOf(month: Month, day: number): Export[] {
  const all: Export[] = [
    { entity: 'jobs', name: 'JCM_MASTER__JOB.csv', rows: jobs(month) },
    { entity: 'vendors', name: 'APM_MASTER__VENDOR.csv', rows: vendors(month, day) },
    { entity: 'commitments', name: 'JCM_MASTER__COMMITMENT.csv', rows: commitments(month) },
    { entity: 'commitment-items', name: 'JCM_MASTER__COMMITMENT_ITEM.csv', rows: month.commitments.flatMap(items) },
    { entity: 'commitment-cos', name: 'JCM_MASTER__COMMITMENT_CO.csv', rows: month.commitments.flatMap(orders) },
    { entity: 'ap-invoices', name: 'APM_MASTER__INVOICE.csv', rows: invoices(month, day) },
    { entity: 'ap-distributions', name: 'APM_MASTER__DISTRIBUTION.csv', rows: distributions(month, day) },
    { entity: 'ap-payments', name: 'APM_MASTER__INVOICE_PAYMENT.csv', rows: payments(month, day) },
    {
      entity: 'jc-transactions',
      name: 'JCT_CURRENT__TRANSACTION.csv',
      rows: month.costs.filter((one) => one.day <= day).map((one) => cost(one, day)),
    },
  ]
  return all.filter(({ rows }) => rows.length > 0)
}

const jobs = ({ jobs: all }: Month): ErpRecord[] =>
  all.map(({ number, name }) => ({
    Job: number,
    Description: name,
    Address_1: '',
    City: '',
    State: '',
    Status: 'In progress',
    Job_Complete: '0',
  }))

const vendors = ({ vendors: all }: Month, day: number): ErpRecord[] =>
  all.map(({ code, name, phones }) => ({ Vendor: code, Name: name, Address_1: '', City: '', State: '', ZIP: '', Telephone: phones[day]! }))

const commitments = ({ commitments: all }: Month): ErpRecord[] =>
  all.map((one) => ({
    ...{ Commitment: one.number, Description: one.title, Vendor: one.vendor, Job: one.job, Closed: '0', Amount_Invoiced: '0.00' },
    Commitment_Type: one.subcontract ? 'Subcontract' : 'Purchase order',
  }))

/** The raw names carry the approved changes (iappcoa); StandardMode's name for them is not public. */
const items = (one: MonthCommitment): ErpRecord[] =>
  one.lines.map(({ code, category, cents }, n) => ({
    ...{ Commitment: one.number, Item_Number: String(n + 1), Description: `Item ${n + 1}`, Amount: centsText(cents), Job: one.job },
    iappcoa: n === 0 ? centsText(one.orders.reduce((all, each) => all + each.cents, 0)) : '0.00',
    ...{ Extra: '', Cost_Code: code, Category: category },
  }))

const orders = (one: MonthCommitment): ErpRecord[] =>
  one.orders.map(({ number, title, cents }) => ({
    ...{ Commitment: one.number, Commitment_CO: number, Description: title, Date: usDate('2026-08-03'), Status: 'Approved' },
    Amount: centsText(cents),
  }))

const invoices = ({ invoices: all }: Month, day: number): ErpRecord[] =>
  all
    .filter((one) => one.day <= day)
    .map((one) => ({
      ...{ Vendor: one.vendor, Invoice: one.invoice, Invoice_Date: usDate(dateOf(one.day)), Description: 'Progress billing' },
      ...{ Amount: centsText(one.cents), Pmt_Amount: centsText(one.paid && one.paid.day <= day ? one.paid.cents : 0) },
      ...{ Status: one.paid && one.paid.day <= day ? 'Fully paid' : 'Open', Retainage: centsText(one.retainage) },
    }))

const distributions = ({ invoices: all }: Month, day: number): ErpRecord[] =>
  all
    .filter((one) => one.day <= day)
    .flatMap((one) =>
      one.shares.map((cents, n) => ({
        ...{
          Vendor: one.vendor,
          Invoice: one.invoice,
          Dist_Sequence: String(n + 1),
          Commitment: one.commitment,
          Item_Number: '1',
          Job: '',
        },
        ...{ Extra: '', Cost_Code: '', Category: 'SUB', Amount: centsText(cents), Retainage: centsText(n === 0 ? one.retainage : 0) },
      })),
    )

const payments = ({ invoices: all }: Month, day: number): ErpRecord[] =>
  all.flatMap((one) =>
    one.paid === null || one.paid.day > day
      ? []
      : [
          {
            ...{ Vendor: one.vendor, Invoice: one.invoice, AP_Payment_ID: `P${one.paid.check}`, Check: one.paid.check, Bank_Account: '1' },
            ...{
              Payment_Type: 'Check',
              Payment_Date: usDate(dateOf(one.paid.day)),
              Amount: centsText(one.paid.cents),
              Commitment: '',
              Job: '',
            },
          },
        ],
  )

export const centsOn = (one: MonthCost, day: number): number =>
  one.corrected && one.corrected.day <= day ? one.corrected.cents : one.cents

const cost = (one: MonthCost, day: number): ErpRecord => ({
  ...{ Job: one.job, Extra: one.extra, Cost_Code: one.code, Category: one.category, Transaction_Type: one.type },
  ...{ Transaction_Date: usDate(one.date), Accounting_Date: usDate(one.date), Description: one.description },
  ...{
    Units: '',
    Unit_Cost: '',
    Amount: centsText(centsOn(one, day)),
    Vendor: one.vendor,
    Invoice: one.invoice,
    Commitment: one.commitment,
  },
  ...{ Run: String(one.run), Batch: '1', Sequence: String(one.sequence), Dist_Sequence: '1' },
})
