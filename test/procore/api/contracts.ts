import { amountsOf } from '../amounts.ts'
import type { Contract, Json } from '../items.ts'
import type { Call, Endpoint } from './endpoint.ts'
import { lineView } from './line-items.ts'
import { resource, type View } from './resource.ts'
import { contractLock } from './rules/locks.ts'
import { compactProject, currency, vendorName } from './rules/names.ts'
import type { Fields } from './rules/shape.ts'
import type { Writing } from './rules/write.ts'

type ContractTable = 'work_order_contracts' | 'purchase_order_contracts'

/** Fields both kinds take (facts 5.2, reference of May 2026). */
export const contractFields: Fields = {
  ...{ id: 'whole', origin_id: 'text', origin_data: 'text', origin_code: 'text', accounting_method: ['amount', 'unit'] },
  ...{
    number: 'text',
    title: 'text',
    description: 'text',
    executed: 'flag',
    private: 'flag',
    vendor_id: 'whole',
    retainage_percent: 'text',
  },
  ...{ contract_date: 'date', execution_date: 'date', issued_on_date: 'date', approval_letter_date: 'date', letter_of_intent_date: 'date' },
  ...{ returned_date: 'date', signed_contract_received_date: 'date' },
}

/** Draws a commitment as lists do: header and worked-out amounts, no lines. */
const header: View<ContractTable> = (call) => {
  const amounts = amountsOf(call.company)
  return (contract) => {
    const { kind: _kind, project_id, vendor_id, ...rest } = contract
    return {
      ...{ ...rest, ...amounts(contract), project: compactProject(call.company, project_id), vendor: vendorOf(call, vendor_id) },
      ...{ requisitions_are_enabled: true, show_line_items_to_non_admins: false, currency_configuration: currency },
    }
  }
}

/** The vendor inside a commitment: its name stands under `company` (reference of May 2026). */
function vendorOf(call: Call, id: number | null): Json {
  return id === null ? null : { id, company: vendorName(call.company, id) }
}

/** extended adds the custom fields; the lines have their own list. See assumption contract-list-views. */
const listed: View<ContractTable> = (call) => {
  const drawn = header(call)
  return call.query.get('view') === 'extended' ? (contract) => ({ ...(drawn(contract) as object), custom_fields: {} }) : drawn
}

const shown: View<ContractTable> = (call) => {
  const drawn = header(call)
  const line = lineView(call)
  const { contract_line_items, change_order_packages, contract_payments } = call.company.tables
  return (contract) => ({
    ...(drawn(contract) as object),
    line_items: contract_line_items.heldBy(contract.id).map(line),
    change_order_packages: change_order_packages.where((one) => one.contract_id === contract.id).map(orderInContract),
    payments_issued: contract_payments.where((one) => one.contract_id === contract.id).map(paymentInContract),
    ...{ change_order_requests: [], potential_change_orders: [], invoice_contacts: [], custom_fields: {} },
  })
}

const orderInContract = (order: { [field: string]: Json }): Json => {
  const {
    project_id: _project,
    description: _text,
    grand_total: _total,
    type: _type,
    executed: _done,
    revision: _revision,
    ...rest
  } = order
  return { ...rest, currency_configuration: currency }
}
const paymentInContract = ({
  id,
  amount,
  check_number,
  created_at,
  date,
  invoice_number,
  payment_number,
  origin_id,
  origin_data,
}: {
  [field: string]: Json
}): Json => ({
  ...{ id, amount, check_number, created_at, date, invoice_number, payment_number, origin_id, origin_data, attachments: [] },
})

const inProject = (call: Call, contract: Contract) => contract.project_id === call.projectId

export interface ContractKindFacts {
  kind: ContractTable
  name: Contract['kind']
  key: 'work_order_contract' | 'purchase_order_contract'
  fields: Fields
  /** Null fields of a new one. */
  blank: { [field: string]: null }
}

/** List, show, patch and sync of one kind of commitment. */
export function contracts({ kind, name, key, fields, blank }: ContractKindFacts): Endpoint[] {
  const path = `/rest/v1.0/${kind}`
  const writing: Writing<ContractTable> = {
    ...{ kind, fields, lock: contractLock, visible: inProject },
    fresh: (call) => ({ ...blank, ...emptyContract, kind: name, project_id: call.projectId }),
    settle: (call, changes) => {
      const vendor = changes['vendor_id']
      const unknown = typeof vendor === 'number' && !call.company.tables.vendors.get(vendor)
      return unknown ? { changes, errors: { vendor_id: ['is invalid'] } } : { changes }
    },
  }
  return resource<ContractTable>({
    kind,
    lists: [
      {
        ...{
          path,
          project: 'query',
          items: (call) =>
            call.company
              .table(kind)
              .all()
              .filter((one) => inProject(call, one)),
          view: listed,
        },
        ...{
          filters: { id: 'any of', status: 'text', created_at: 'range', updated_at: 'range', origin_id: 'text' },
          deleted: true,
          query: ['view'],
        },
      },
    ],
    shows: [{ path: `${path}/:id`, project: 'query', visible: inProject, view: shown }],
    patches: [{ path: `${path}/:id`, project: 'body', key, writing, view: shown, query: ['run_configurable_validations'] }],
    syncs: [{ path: `${path}/sync`, project: 'body', writing, view: header }],
  })
}

const emptyContract = {
  ...{ vendor_id: null, number: '', title: null, description: null, status: 'Draft', executed: false, private: true },
  ...{ accounting_method: 'amount', retainage_percent: '0.0', contract_date: null, origin_code: null },
}
