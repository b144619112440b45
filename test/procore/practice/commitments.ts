import type { FirmCommitment, FirmLine } from '../business/shapes.ts'
import type { Contract, LineItem } from '../items.ts'
import { centsMoney } from '../money.ts'
import type { Filling } from '../practice-company.ts'
import { codeKey } from './codes.ts'

/** What another integration's origin_id looks like here: neither ours nor empty. Its shape is invented. */
const foreignOrigin = (number: string) => `otherlink-${number}`

export function addCommitments(filling: Filling): void {
  for (const one of filling.business.commitments.filter((each) => each.where !== 'erp')) addCommitment(filling, one)
}

function addCommitment(filling: Filling, one: FirmCommitment): void {
  const kind = one.kind === 'subcontract' ? 'work_order_contracts' : 'purchase_order_contracts'
  const { id } = filling.company.add(kind, header(filling, one))
  filling.contracts.set(one.number, id)
  for (const [n, line] of one.lines.entries()) addLine(filling, one, id, line, n)
}

function header(filling: Filling, one: FirmCommitment): Omit<Contract, 'id' | 'created_at' | 'updated_at' | 'deleted_at'> {
  const subcontract = one.kind === 'subcontract'
  return {
    ...{ kind: subcontract ? 'WorkOrderContract' : 'PurchaseOrderContract', project_id: filling.projects.get(one.job)! },
    ...{ vendor_id: filling.vendors.get(one.vendor) ?? null, number: one.number, title: one.title, description: null },
    ...{ status: one.status, executed: one.status === 'Approved', private: true, accounting_method: 'amount' },
    ...{ retainage_percent: `${one.retainage}.0`, contract_date: one.date, origin_code: null, origin_data: null },
    origin_id: one.disaster === 'foreign origin' ? foreignOrigin(one.number) : null,
    ...(subcontract
      ? { inclusions: null, exclusions: null }
      : { delivery_date: null, payment_terms: null, ship_via: null, ship_to_address: null, bill_to_address: null }),
  }
}

function addLine(filling: Filling, one: FirmCommitment, holderId: number, line: FirmLine, n: number): void {
  filling.company.add('contract_line_items', {
    ...{ project_id: filling.projects.get(one.job)!, holder_id: holderId, position: n + 1, description: line.description },
    holder_type: one.kind === 'subcontract' ? 'WorkOrderContract' : 'PurchaseOrderContract',
    ...amounts(line),
    cost_code_id: filling.costCodes.get(codeKey(one.job, line.extra, line.costCode)) ?? null,
    ...{ line_item_type_id: filling.types.get(line.category) ?? null, wbs_code_id: null, tax_code_id: null },
    origin_id: one.disaster === 'foreign origin' ? `${foreignOrigin(one.number)}-${n + 1}` : null,
  })
}

function amounts(line: FirmLine): Pick<LineItem, 'amount' | 'quantity' | 'unit_cost' | 'uom' | 'extended_type'> {
  const amount = centsMoney(line.amount)
  if (line.units === null) return { amount, quantity: null, unit_cost: null, uom: line.uom, extended_type: 'manual' }
  return {
    amount,
    quantity: `${line.units}.0`,
    unit_cost: centsMoney(line.amount / line.units),
    uom: line.uom,
    extended_type: 'calculated',
  }
}

export function addChangeOrders({ business, company, contracts, projects }: Filling): void {
  for (const order of business.changeOrders) {
    const contractId = contracts.get(order.commitment)!
    const job = business.commitments.find((one) => one.number === order.commitment)!.job
    company.add('change_order_packages', {
      ...{
        project_id: projects.get(job)!,
        contract_id: contractId,
        number: order.number,
        revision: 0,
        title: order.title,
        description: null,
      },
      ...{ status: order.status, executed: order.status === 'approved', grand_total: centsMoney(order.amount), origin_code: null },
      ...{ type: 'CommitmentContractChangeOrder', due_date: null, invoiced_date: null, paid_date: null, reviewed_at: null },
    })
  }
}
