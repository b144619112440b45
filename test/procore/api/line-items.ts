import { assumptions } from '../assumptions.ts'
import type { Contract, Json, LineItem } from '../items.ts'
import { toMillionths } from '../money.ts'
import type { Call, Endpoint } from './endpoint.ts'
import { resource, type View } from './resource.ts'
import { contractLineLock } from './rules/locks.ts'
import { compactCode, compactProject, compactType, currency } from './rules/names.ts'
import type { Submitted } from './rules/origin.ts'
import { type FieldErrors, Refusal } from './rules/refusal.ts'
import type { Fields } from './rules/shape.ts'
import type { Writing } from './rules/write.ts'

/** Facts 5.2; `id` is missing in the schema though the rule text takes it (assumption line-sync-id). */
const fields: Fields = {
  ...{ id: 'whole', origin_id: 'text', origin_data: 'text', amount: 'text', unit_cost: 'text', quantity: 'text', description: 'text' },
  ...{
    extended_type: ['manual', 'calculated'],
    uom: 'text',
    cost_code_id: 'whole',
    line_item_type_id: 'whole',
    wbs_code_id: 'whole',
    tax_code_id: 'whole',
  },
}

const lineNumbers = assumptions['line-numbers'].chosen

/** Numbers come as text in one published source and as numbers in another (facts 6.2): lenient mode sends numbers. */
export const lineView = (call: Call) => {
  const number = (text: string | null): Json => (text === null || lineNumbers[call.behaviour.mode] === 'text' ? text : Number(text))
  return (line: LineItem): { [field: string]: Json } => {
    const { project_id, holder_id, holder_type, cost_code_id, line_item_type_id, wbs_code_id: _wbs, deleted_at: _deleted, ...rest } = line
    return {
      ...{
        ...rest,
        quantity: number(line.quantity),
        unit_cost: number(line.unit_cost),
        total_amount: number(line.amount),
        extended_amount: number(line.amount),
      },
      ...{ holder: { id: holder_id, holder_type }, project: compactProject(call.company, project_id), currency_configuration: currency },
      ...{ company: { id: call.company.id, name: call.company.name }, cost_code: compactCode(call.company, cost_code_id) },
      ...{ line_item_type: compactType(call.company, line_item_type_id), wbs_code: null },
    }
  }
}

/** A line names a cost code of its own project and a cost type of the company, or the row is refused. */
export function unknownCodes(call: Call, changes: Submitted): FieldErrors | undefined {
  const code = changes['cost_code_id']
  const type = changes['line_item_type_id']
  const { cost_codes, line_item_types } = call.company.tables
  if (typeof code === 'number' && cost_codes.get(code)?.project_id !== call.projectId) return { cost_code_id: ['is invalid'] }
  if (typeof type === 'number' && !line_item_types.get(type)) return { line_item_type_id: ['is invalid'] }
  return undefined
}

type ContractTable = 'work_order_contracts' | 'purchase_order_contracts'

function lines(kind: ContractTable, name: Contract['kind']): Endpoint[] {
  const parent = kind === 'work_order_contracts' ? 'work_order_contract_id' : 'purchase_order_contract_id'
  const path = `/rest/v1.0/${kind}/:${parent}/line_items`
  const contractOf = (call: Call): Contract => {
    const contract = call.company.table(kind).get(Number(call.path(parent)))
    if (!contract || contract.deleted_at !== null || contract.project_id !== call.projectId) throw new Refusal(404, 'Item not found')
    return contract
  }
  const own = (call: Call, line: LineItem) => line.holder_id === contractOf(call).id
  const writing: Writing<'contract_line_items'> = {
    ...{ kind: 'contract_line_items', fields, lock: contractLineLock(contractOf), visible: own },
    fresh: (call) => newLine(call, 'contract_line_items', contractOf(call).id, name),
    settle: (call, changes) => {
      const errors = unknownCodes(call, changes)
      return errors ? { changes, errors } : { changes: calculated(changes) }
    },
  }
  const view: View<'contract_line_items'> = lineView
  return resource<'contract_line_items'>({
    kind: 'contract_line_items',
    lists: [
      {
        ...{ path, project: 'query', view, query: ['view'] },
        items: (call) => call.company.tables.contract_line_items.heldBy(contractOf(call).id),
        filters: { id: 'any of', created_at: 'range', updated_at: 'range', cost_code_id: 'text', line_item_type_id: 'text' },
      },
    ],
    syncs: [{ path: `${path}/sync`, project: 'query', writing, view }],
  })
}

type LineTable = 'contract_line_items' | 'direct_cost_line_items'

export function newLine(call: Call, table: LineTable, holderId: number, holderType: LineItem['holder_type']): Submitted {
  const position = call.company.tables[table].heldBy(holderId).length + 1
  return {
    ...{
      project_id: call.projectId,
      holder_id: holderId,
      holder_type: holderType,
      position,
      description: null,
      amount: '0.0',
      quantity: null,
    },
    ...{
      unit_cost: null,
      uom: null,
      extended_type: 'manual',
      cost_code_id: null,
      line_item_type_id: null,
      wbs_code_id: null,
      tax_code_id: null,
    },
  }
}

/** extended_type calculated: the amount is quantity times unit cost. */
export function calculated(changes: Submitted): Submitted {
  const quantity = toMillionths(changes['quantity'])
  const each = toMillionths(changes['unit_cost'])
  if (changes['extended_type'] !== 'calculated' || quantity === undefined || each === undefined) return changes
  return { ...changes, amount: moneyOf(quantity * each) }
}

/** A product of two millionths, rounded half up to cents. */
function moneyOf(product: bigint): string {
  const cents = (product < 0n ? -1n : 1n) * (((product < 0n ? -product : product) + 5_000_000_000n) / 10_000_000_000n)
  const text = (cents < 0n ? -cents : cents).toString().padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`
}

export const workOrderLineItems = lines('work_order_contracts', 'WorkOrderContract')
export const purchaseOrderLineItems = lines('purchase_order_contracts', 'PurchaseOrderContract')
