import { usDate } from '../business/dates.ts'
import type { Business, FirmChangeOrder } from '../business/shapes.ts'
import type { ErpRecord } from '../erp-company.ts'
import { centsText } from '../money.ts'
import { inErp } from './commitments.ts'

/** A change order as the ERP has it, and how that differs from Procore. */
export type ErpChangeOrder = FirmChangeOrder & { difference?: 'amount' | 'ERP only' }

/** Places among the approved ones; two more stand in the ERP alone. */
const differing = { amount: [2, 7], notInErp: [4, 15] }
const extraWork = 37_500

const isInErp = ({ status }: FirmChangeOrder) => ['approved', 'no_charge', 'pending'].includes(status)

/** What Procore holds as approved and the ERP does not. */
export const notInErp = ({ changeOrders }: Business): FirmChangeOrder[] => {
  const approved = changeOrders.filter(({ status }) => status === 'approved')
  return differing.notInErp.flatMap((n) => approved[n] ?? [])
}

/** Drafts and rejected ones never reach the ERP. */
export function erpChangeOrders(business: Business): ErpChangeOrder[] {
  const missing = notInErp(business)
  const approved = business.changeOrders.filter(({ status }) => status === 'approved')
  const other = differing.amount.flatMap((n) => approved[n] ?? [])
  const known = business.changeOrders
    .filter((one) => isInErp(one) && !missing.includes(one))
    .map((one): ErpChangeOrder => (other.includes(one) ? { ...one, amount: one.amount + extraWork, difference: 'amount' } : one))
  return [...known, ...onlyHere(business)]
}

function onlyHere(business: Business): ErpChangeOrder[] {
  const free = inErp(business).filter(
    (one) => one.where === 'both' && business.changeOrders.every(({ commitment }) => commitment !== one.number),
  )
  return free.slice(0, 2).map(
    (one, n): ErpChangeOrder => ({
      ...{ commitment: one.number, number: '001', title: 'Entered in the books', amount: 50_000 * (n + 1), status: 'approved' },
      ...{ date: one.date, difference: 'ERP only' },
    }),
  )
}

/** Columns of JCM_MASTER__COMMITMENT_CO (facts erp-files C3 names the first two; the rest as in its neighbours). Status words are ours. */
export const commitmentChangeOrders = (business: Business): ErpRecord[] =>
  erpChangeOrders(business).map((one) => ({
    ...{ Commitment: one.commitment, Commitment_CO: one.number, Description: one.title.slice(0, 30), Date: usDate(one.date) },
    ...{ Status: one.status === 'pending' ? 'Pending' : 'Approved', Amount: centsText(one.amount) },
  }))
