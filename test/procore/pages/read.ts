import { amountsOf, type ContractAmounts } from '../amounts.ts'
import type { Company } from '../company.ts'
import type { CostCode } from '../company-items.ts'
import type { Contract, DirectCost, Project, User, Vendor } from '../items.ts'
import { sum } from '../money.ts'
import { readLines } from './lines.ts'

/** A commitment as its list row and its page show it; amounts are decimal texts, ids text as in the real pages. */
export type Commitment = {
  id: string
  type: 'work_order_contracts' | 'purchase_order_contracts'
  number: string
  title: string
  vendor: string
  vendorId: string | null
  /** Only *Synced* was ever seen; an item is synced exactly when it carries an origin_id. */
  erpStatus: 'Synced' | null
  originId: string | null
  vendorOriginId: string | null
  status: string
  executed: boolean
  private: boolean
  contractDate: string | null
  amounts: ContractAmounts
  changeOrders: ChangeOrder[]
}
type ChangeOrder = { id: string; number: string; title: string; status: string; amount: string; originId: string | null }

/** Everything the pages draw, read from the live company at each call. */
export function readCompany(company: Company) {
  const person = company.tables.users.live()[0]
  const commitments = (project: string): Commitment[] => {
    const amounts = amountsOf(company)
    return company.commitments(Number(project)).map((contract) => commitment(company, contract, amounts(contract)))
  }
  return {
    ...readLines(company, commitments),
    id: String(company.id),
    name: company.name,
    person: { id: String(person?.id ?? ''), name: person?.name ?? '', email: person?.login ?? '' },
    projects: (): Project[] => company.tables.projects.live(),
    project: (id: string): Project | undefined => company.tables.projects.get(Number(id)),
    commitments,
    commitment: (project: string, id: string): Commitment | undefined => {
      const contract = company.commitments(Number(project)).find((one) => String(one.id) === id)
      return contract && commitment(company, contract, amountsOf(company)(contract))
    },
    directCost: (project: string, id: string): DirectCost | undefined =>
      company.tables.direct_costs.where((one) => String(one.project_id) === project && String(one.id) === id)[0],
    directCostAmount: (id: number): string =>
      sum(company.tables.direct_cost_line_items.where((line) => line.holder_id === id).map((line) => line.amount)) ?? '',
    budget: (project: string): CostCode[] =>
      company.tables.cost_codes.where((one) => String(one.project_id) === project && one.sub_job_id === null),
    vendors: (): Vendor[] => company.tables.vendors.live(),
    people: (): User[] => company.tables.users.live(),
    vendorRecord: (id: string): Vendor | undefined => company.tables.vendors.get(Number(id)),
    vendor: (id: number | null): string => (id === null ? '' : (company.tables.vendors.get(id)?.name ?? '')),
  }
}
export type Read = ReturnType<typeof readCompany>

function commitment(company: Company, contract: Contract, amounts: ContractAmounts): Commitment {
  const vendor = contract.vendor_id === null ? undefined : company.tables.vendors.get(contract.vendor_id)
  return {
    id: String(contract.id),
    type: contract.kind === 'WorkOrderContract' ? 'work_order_contracts' : 'purchase_order_contracts',
    number: contract.number,
    title: contract.title ?? '',
    vendor: vendor?.name ?? '',
    vendorId: vendor ? String(vendor.id) : null,
    erpStatus: contract.origin_id === null ? null : 'Synced',
    originId: contract.origin_id,
    vendorOriginId: vendor?.origin_id ?? null,
    status: contract.status,
    executed: contract.executed,
    private: contract.private,
    contractDate: contract.contract_date,
    amounts,
    changeOrders: company.tables.change_order_packages
      .where((order) => order.contract_id === contract.id)
      .map(({ id, number, title, status, grand_total, origin_id }) => ({
        ...{ id: String(id), number, title, status, amount: grand_total, originId: origin_id },
      })),
  }
}

/** The list as the grid wants it: rows, filled up where asked, and the totals of its foot. */
export function listed(
  commitments: Commitment[],
  rows: number | null,
): { rows: Commitment[]; totals: Record<keyof ContractAmounts, string> } {
  const all = rows === null || commitments.length === 0 ? commitments : filledUp(commitments, rows)
  const names = Object.keys(all[0]?.amounts ?? {}) as (keyof ContractAmounts)[]
  const totals = Object.fromEntries(names.map((name) => [name, sum(all.map((one) => one.amounts[name])) ?? '']))
  return { rows: all, totals: totals as Record<keyof ContractAmounts, string> }
}

/** Rows beyond the company's own, so that a bench has its thousands; their ids belong to nobody. */
function filledUp(own: Commitment[], rows: number): Commitment[] {
  const more = Array.from({ length: Math.max(0, rows - own.length) }, (_, n) => {
    const like = own[n % own.length]!
    return {
      ...like,
      id: String(562_999_000_000_000 + n),
      number: `${like.number}-${n}`,
      erpStatus: null,
      originId: null,
      changeOrders: [],
    }
  })
  return [...own, ...more]
}
