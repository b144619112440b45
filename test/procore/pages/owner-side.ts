import type { Company } from '../company.ts'
import { centsMoney } from '../money.ts'

/** A record of the owner's side or a change event, as lists and pages show it. `holder` is the prime contract; a change event has none. */
export type OwnerRecord = {
  id: string
  holder: string
  number: string
  title: string
  status: string
  amount: string
  originId: string | null
}

export type OwnerSide = {
  primeContracts: OwnerRecord[]
  changeOrders: OwnerRecord[]
  potentialChangeOrders: OwnerRecord[]
  invoices: OwnerRecord[]
  changeEvents: OwnerRecord[]
}

/** Ids of made rows: fixed, of us02's size, and far from those the company deals out. */
const firstMade = 562_998_000_000_000

/**
 * What a project shows of its prime contract, and its change events. Only the contracts (and their change orders and invoices, where there are
 * any) stand in the company's tables; the rest is made up here, always the same for a project.
 */
export function ownerSide(company: Company, project: string): OwnerSide {
  const contracts = company.tables.prime_contracts.where((one) => String(one.project_id) === project)
  const at = company.tables.projects.all().findIndex(({ id }) => String(id) === project)
  const made = (kind: number, count: number, title: string, status: string): OwnerRecord[] =>
    Array.from({ length: contracts.length > 0 ? count : 0 }, (_, n) => ({
      id: String(firstMade + at * 1_000 + kind * 100 + n),
      ...{ holder: String(contracts[0]?.id), number: String(n + 1).padStart(3, '0'), title: `${title} ${n + 1}`, status },
      ...{ amount: centsMoney(1_250_000 + (kind * 7 + n) * 83_050), originId: null },
    }))
  const packages = company.tables.change_order_packages.where(
    (one) => one.type === 'PrimeContractChangeOrder' && String(one.project_id) === project,
  )
  const bills = company.tables.payment_applications.where((one) => String(one.project_id) === project)
  return {
    primeContracts: contracts.map((one) => ({ ...one, id: String(one.id), holder: '', amount: one.grand_total, originId: one.origin_id })),
    changeOrders:
      packages.length > 0
        ? packages.map((one) => ({
            ...{ id: String(one.id), holder: String(one.contract_id), number: one.number, title: one.title, status: one.status },
            ...{ amount: one.grand_total, originId: one.origin_id },
          }))
        : made(1, 4, 'Owner change', 'Approved'),
    potentialChangeOrders: made(2, 3, 'Proposed change', 'Pending'),
    invoices:
      bills.length > 0
        ? bills.map((one) => ({
            ...{ id: String(one.id), holder: String(one.prime_contract_id), number: one.invoice_number, originId: one.origin_id },
            ...{ title: `Progress billing ${one.number}`, status: one.status, amount: one.claimed },
          }))
        : made(3, 6, 'Progress billing', 'Approved'),
    changeEvents: made(4, 5, 'Unforeseen ground', 'Open'),
  }
}
