/** What Procore works out on the owner's side (facts 6.3), as decimal strings. */
import type { Company } from './company.ts'
import type { Json } from './items.ts'
import { sum } from './money.ts'
import type { PaymentApplication, PrimeContract } from './owner-items.ts'

const known = (values: readonly unknown[]): string => {
  const total = sum(values)
  if (total === undefined) throw new Error(`An amount cannot be read: ${JSON.stringify(values)}`)
  return total
}
const minus = (text: string): string => (text.startsWith('-') ? text.slice(1) : `-${text}`)

/** Approved change orders of a prime contract. */
export function approvedOf({ tables }: Company, contract: PrimeContract): string {
  const orders = tables.change_order_packages.where((one) => one.contract_id === contract.id && one.status === 'approved')
  return known(orders.map((one) => one.grand_total))
}

/** The figures of form G702 for one owner invoice: this one and those before it. */
export function g702(company: Company, one: PaymentApplication): Json {
  const contract = company.tables.prime_contracts.get(one.prime_contract_id)!
  const all = company.tables.payment_applications.where((other) => other.prime_contract_id === one.prime_contract_id)
  const [before, upTo] = [all.filter(({ number }) => number < one.number), all.filter(({ number }) => number <= one.number)]
  const earned = known(upTo.flatMap(({ claimed, retainage }) => [claimed, minus(retainage)]))
  const previous = known(before.flatMap(({ claimed, retainage }) => [claimed, minus(retainage)]))
  const changes = approvedOf(company, contract)
  return {
    ...{ original_contract_sum: contract.grand_total, net_change_by_change_orders: changes },
    ...{
      contract_sum_to_date: known([contract.grand_total, changes]),
      total_completed_and_stored_to_date: known(upTo.map((row) => row.claimed)),
    },
    ...{ total_retainage: known(upTo.map((row) => row.retainage)), total_earned_less_retainage: earned },
    ...{ less_previous_certificates_for_payment: previous, current_payment_due: known([earned, minus(previous)]) },
  }
}
