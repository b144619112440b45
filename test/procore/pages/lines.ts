import type { Company } from '../company.ts'
import { sum } from '../money.ts'
import { type OwnerRecord, ownerSide } from './owner-side.ts'
import type { Commitment } from './read.ts'

/** One row of any list but the commitments' own: what it shows, and the legacy address its number leads to. */
export type Line = { id: string; href: string; number: string; title: string; status: string; amount: string; synced: boolean }

/** The rows of every list, read from the live company at each call. Links are legacy ones in both families, as the commitments' are. */
export function readLines(company: Company, commitments: (project: string) => Commitment[]) {
  const { requisitions, contract_payments, direct_costs, direct_cost_line_items } = company.tables
  const owner = (project: string) => ownerSide(company, project)
  const baseOf = (project: string, one: Pick<Commitment, 'type' | 'id'>): string => `/${project}/project/commitments/${one.type}/${one.id}`
  const primeOf = (project: string, { holder }: OwnerRecord): string => `/${project}/project/prime_contracts/${holder}`

  const changeOrdersOf = (project: string, one: Commitment): Line[] =>
    one.changeOrders.map((each) => ({
      ...each,
      href: `${baseOf(project, one)}/change_orders/commitment_contract_change_orders/${each.id}`,
      synced: each.originId !== null,
    }))
  const invoicesOf = (project: string, one: Commitment): Line[] =>
    requisitions
      .where((each) => String(each.commitment_id) === one.id)
      .map((each) => ({
        ...{ id: String(each.id), href: `${baseOf(project, one)}/requisitions/${each.id}`, number: each.invoice_number },
        ...{ title: one.title, status: each.status, amount: each.total_claimed_amount, synced: each.origin_id !== null },
      }))
  const paymentsOf = (project: string, one: Commitment): Line[] =>
    contract_payments
      .where((each) => String(each.contract_id) === one.id)
      .map((each) => ({
        ...{ id: String(each.id), href: `${baseOf(project, one)}/contract_payments/${each.id}`, number: String(each.payment_number ?? '') },
        ...{ title: String(each.check_number ?? ''), status: '', amount: each.amount, synced: each.origin_id !== null },
      }))

  const lists = {
    commitments: (project: string) =>
      commitments(project).map((one) => ({
        ...{ id: one.id, href: baseOf(project, one), number: one.number, title: one.title, status: one.status },
        ...{ amount: one.amounts.revised_contract, synced: one.originId !== null },
      })),
    'change-orders': (project: string) => commitments(project).flatMap((one) => changeOrdersOf(project, one)),
    'subcontractor-invoices': (project: string) => commitments(project).flatMap((one) => invoicesOf(project, one)),
    payments: (project: string) => commitments(project).flatMap((one) => paymentsOf(project, one)),
    'prime-contracts': (project: string) =>
      owner(project).primeContracts.map(line((one) => `/${project}/project/prime_contracts/${one.id}`)),
    'prime-change-orders': (project: string) =>
      owner(project).changeOrders.map(line((one) => `${primeOf(project, one)}/change_orders/change_order_packages/${one.id}`)),
    'potential-change-orders': (project: string) =>
      owner(project).potentialChangeOrders.map(line((one) => `${primeOf(project, one)}/change_orders/potential_change_orders/${one.id}`)),
    'owner-invoices': (project: string) =>
      owner(project).invoices.map(line((one) => `${primeOf(project, one)}/payment_applications/${one.id}`)),
    'change-events': (project: string) =>
      owner(project).changeEvents.map(line((one) => `/${project}/project/change_events/events/${one.id}`)),
    'direct-costs': (project: string) =>
      direct_costs
        .where((one) => String(one.project_id) === project)
        .map((one) => ({
          ...{ id: String(one.id), href: `/${project}/project/direct_costs/${one.id}`, number: one.invoice_number ?? String(one.id) },
          ...{ title: one.description ?? '', status: one.status, synced: one.origin_id !== null },
          amount: sum(direct_cost_line_items.heldBy(one.id).map((each) => each.amount)) ?? '',
        })),
  }
  return { lists, changeOrdersOf, invoicesOf, paymentsOf }
}
export type ListName = keyof ReturnType<typeof readLines>['lists']

const line =
  (href: (one: OwnerRecord) => string) =>
  (one: OwnerRecord): Line => ({ ...one, href: href(one), synced: one.originId !== null })
