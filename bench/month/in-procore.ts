/** What stands in Procore at the end of the month, read from the stand-in's own tables; cents by the keys the month's books use. */
import { toMillionths } from '../../test/procore/money.ts'
import type { ProcoreSide } from './procore-side.ts'

/** One thing that stands there; twice the same key is one too many. */
export type Found = { key: string; cents: number }

/** Cents of a decimal text; what is none makes every sum not a number, and so no total ties. */
export const centsOf = (text: unknown): number => Number((toMillionths(text) ?? Number.NaN) as bigint) / 10_000

function sumsBy<T>(rows: readonly T[], by: (row: T) => number, amount: (row: T) => unknown): ReadonlyMap<number, number> {
  const sums = new Map<number, number>()
  for (const row of rows) sums.set(by(row), (sums.get(by(row)) ?? 0) + centsOf(amount(row)))
  return sums
}

/** Those without an origin were made by nobody here: they stand under a name nobody expects. */
const named = (origin: string | null, id: number): string => origin ?? `nobody’s ${id}`

export function directCostsIn({ company: { tables } }: ProcoreSide): Found[] {
  const sums = sumsBy(
    tables.direct_cost_line_items.live(),
    ({ holder_id }) => holder_id,
    ({ amount }) => amount,
  )
  return tables.direct_costs.live().map(({ id, origin_id }) => ({ key: named(origin_id, id), cents: sums.get(id) ?? 0 }))
}

export const paymentsIn = ({ company: { tables } }: ProcoreSide): Found[] =>
  tables.contract_payments.live().map(({ id, origin_id, amount }) => ({ key: named(origin_id, id), cents: centsOf(amount) }))

const contracts = ({ company: { tables } }: ProcoreSide) => [
  ...tables.work_order_contracts.live(),
  ...tables.purchase_order_contracts.live(),
]

export function originalsIn(side: ProcoreSide): Found[] {
  const { tables } = side.company
  const sums = sumsBy(
    tables.contract_line_items.live(),
    ({ holder_id }) => holder_id,
    ({ amount }) => amount,
  )
  return contracts(side).map(({ id, number }) => ({ key: String(number), cents: sums.get(id) ?? 0 }))
}

const approvedOrders = ({ company: { tables } }: ProcoreSide) =>
  tables.change_order_packages.live().filter(({ status }) => status === 'approved')

export function approvedIn(side: ProcoreSide): Found[] {
  const sums = sumsBy(
    approvedOrders(side),
    ({ contract_id }) => contract_id,
    ({ grand_total }) => grand_total,
  )
  return contracts(side).map(({ id, number }) => ({ key: String(number), cents: sums.get(id) ?? 0 }))
}

export function revisedIn(side: ProcoreSide): Found[] {
  const changes = new Map(approvedIn(side).map(({ key, cents }) => [key, cents]))
  return originalsIn(side).map(({ key, cents }) => ({ key, cents: cents + (changes.get(key) ?? 0) }))
}

export function changeOrdersIn(side: ProcoreSide): Found[] {
  const numbers = new Map(contracts(side).map(({ id, number }) => [id, number]))
  return approvedOrders(side).map(({ contract_id, number, grand_total }) => ({
    key: `${numbers.get(contract_id)}|${number}`,
    cents: centsOf(grand_total),
  }))
}

export function invoicesIn({ company: { tables }, vendors }: ProcoreSide): Found[] {
  const codes = new Map([...vendors].map(([code, id]) => [id, code]))
  return tables.requisitions.live().map(({ vendor_id, invoice_number, total_claimed_amount }) => ({
    key: `${codes.get(vendor_id ?? 0)}|${invoice_number}`,
    cents: centsOf(total_claimed_amount),
  }))
}
