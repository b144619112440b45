import type { Company } from './company.ts'
import type { ChangeOrderPackage, Contract, ContractPayment, LineItem, Requisition } from './items.ts'
import { sum, toMillionths, toMoney } from './money.ts'

/** What Procore works out for a commitment (facts 6.2), as decimal strings. */
export interface ContractAmounts {
  grand_total: string
  approved_change_orders: string
  pending_change_orders: string
  draft_change_orders_amount: string
  revised_contract: string
  pending_revised_contract: string
  total_requisitions_amount: string
  total_payments: string
  total_draw_requests_amount: string
  remaining_balance_outstanding: string
  percentage_paid: string
}

const known = (values: readonly unknown[]): string => {
  const total = sum(values)
  if (total === undefined) throw new Error(`An amount cannot be read: ${JSON.stringify(values)}`)
  return total
}
const minus = (text: string): string => (text.startsWith('-') ? text.slice(1) : `-${text}`)

/** Groups the company's money once and answers per commitment; ask anew after the data changed. */
export function amountsOf(company: Company): (contract: Contract) => ContractAmounts {
  const lines = groupBy(company.tables.contract_line_items.live(), (line) => line.holder_id)
  const orders = groupBy(company.tables.change_order_packages.live(), (order) => order.contract_id)
  const invoices = groupBy(company.tables.requisitions.live(), (one) => one.commitment_id)
  const payments = groupBy(company.tables.contract_payments.live(), (one) => one.contract_id)
  return ({ id }) => amounts(lines.get(id) ?? [], orders.get(id) ?? [], invoices.get(id) ?? [], payments.get(id) ?? [])
}

export function contractAmounts(company: Company, contract: Contract): ContractAmounts {
  return amountsOf(company)(contract)
}

function amounts(
  lines: readonly LineItem[],
  orders: readonly ChangeOrderPackage[],
  invoices: readonly Requisition[],
  payments: readonly ContractPayment[],
): ContractAmounts {
  const original = known(lines.map((line) => line.amount))
  const approved = totalOf(orders, ['approved', 'no_charge'])
  const pending = totalOf(orders, ['pending', 'pricing', 'not_pricing', 'proceeding', 'revised'])
  const paid = known(payments.map((one) => one.amount))
  const revised = known([original, approved])
  return {
    grand_total: original,
    approved_change_orders: approved,
    pending_change_orders: pending,
    draft_change_orders_amount: totalOf(orders, ['draft']),
    revised_contract: revised,
    pending_revised_contract: known([revised, pending]),
    total_requisitions_amount: known(invoices.filter((one) => one.status.startsWith('approved')).map((one) => one.total_claimed_amount)),
    total_payments: paid,
    total_draw_requests_amount: '0.0',
    remaining_balance_outstanding: known([revised, minus(paid)]),
    percentage_paid: percentage(paid, revised),
  }
}

function groupBy<T>(list: readonly T[], key: (item: T) => number): Map<number, T[]> {
  return Map.groupBy(list, key)
}

function totalOf(orders: readonly ChangeOrderPackage[], statuses: readonly string[]): string {
  return known(orders.filter((order) => statuses.includes(order.status)).map((order) => order.grand_total))
}

function percentage(part: string, whole: string): string {
  const of = toMillionths(whole) ?? 0n
  return of === 0n ? '0.0' : toMoney((100_000_000n * (toMillionths(part) ?? 0n)) / of)
}
