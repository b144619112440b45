/** Subcontracts and purchase orders with their lines (procore-api.md 5.2, 6.2). The mixed `commitments` list has no origin fields and is not read. */
import type { ItemType } from '../../shared/item.ts'
import type { ProcoreItem } from '../items/kind.ts'
import type { ProcoreList, Where } from './list.ts'
import { contentOf, itemOf, type Raw } from './reading.ts'
import { listOf } from './reading-lists.ts'
import type { Fields } from './writing.ts'

const content = (raw: Raw): ProcoreItem['content'] =>
  contentOf(raw, {
    ...{ number: 'text', title: 'text', description: 'text', status: 'text', executed: 'flag', private: 'flag', accounting_method: 'text' },
    ...{ vendor_id: ['id', 'vendor.id', 'vendor_id'], vendor_name: ['text', 'vendor.company', 'vendor.name'] },
    ...{ retainage_percent: 'amount', contract_date: 'text', grand_total: 'amount', revised_contract: 'amount' },
    ...{ approved_change_orders: 'amount', pending_change_orders: 'amount', draft_change_orders_amount: 'amount' },
    ...{ total_payments: 'amount', total_draw_requests_amount: 'amount', total_requisitions_amount: 'amount' },
    ...{ remaining_balance_outstanding: 'amount', percentage_paid: 'amount', requisitions_are_enabled: 'flag', origin_code: 'text' },
    ...{ currency: ['text', 'currency_configuration.currency_iso_code'] },
  })

const shared: Fields = {
  ...{ accounting_method: ['amount', 'unit'], number: 'text', title: 'text', description: 'text', executed: 'flag', private: 'flag' },
  ...{ vendor_id: 'id', retainage_percent: 'amount', contract_date: 'date', execution_date: 'date', issued_on_date: 'date' },
  ...{ approval_letter_date: 'date', letter_of_intent_date: 'date', returned_date: 'date', signed_contract_received_date: 'date' },
  ...{ origin_code: 'text', origin_data: 'text' },
}
const ofSubcontracts: Fields = {
  status: ['Draft', 'Out For Bid', 'Out For Signature', 'Approved', 'Complete', 'Terminated', 'Void'],
  ...{ inclusions: 'text', exclusions: 'text', contract_start_date: 'date', contract_estimated_completion_date: 'date' },
  actual_completion_date: 'date',
}
const ofOrders: Fields = {
  status: ['Draft', 'Processing', 'Submitted', 'Partially Received', 'Received', 'Approved', 'Closed'],
  ...{
    assignee_id: 'id',
    bill_to_address: 'text',
    delivery_date: 'date',
    payment_terms: 'text',
    ship_to_address: 'text',
    ship_via: 'text',
  },
}

const lineContent = (raw: Raw): ProcoreItem['content'] =>
  contentOf(raw, {
    ...{
      description: 'text',
      position: 'text',
      amount: 'amount',
      quantity: 'amount',
      unit_cost: 'amount',
      uom: 'text',
      total_amount: 'amount',
    },
    ...{
      extended_amount: 'amount',
      extended_type: 'text',
      cost_code_id: ['id', 'cost_code.id'],
      cost_code: ['text', 'cost_code.full_code'],
    },
    ...{
      line_item_type_id: ['id', 'line_item_type.id'],
      line_item_type: ['text', 'line_item_type.code'],
      wbs_code_id: ['id', 'wbs_code.id'],
    },
    ...{ wbs_code: ['text', 'wbs_code.flat_code'], holder_id: ['id', 'holder.id'], holder_type: ['text', 'holder.holder_type'] },
  })

type Name = 'work_order_contracts' | 'purchase_order_contracts'

/** The lines of one commitment (`where.contracts`), under the commitment's own type: one call for each, so they are read only when it is written. */
const linesOf = (name: Name, type: ItemType): ProcoreList => {
  const path = ({ contracts: [contract = ''] = [] }: Where): string => `/rest/v1.0/${name}/${contract}/line_items`
  return listOf({
    ...{
      id: `${name.replaceAll('_', '-')}-lines`,
      itemTypes: [type],
      scope: 'project',
      updatedFilter: false,
      includeDeleted: false,
      perPage: 1_000,
    },
    path,
    query: (_client, where) => ({ project_id: where.project ?? '' }),
    idFilter: null,
    originFilter: false,
    parse: (raw, project) => itemOf(type, raw, project, lineContent),
    sync: {
      path: (where) => `${path(where)}/sync`,
      query: (where) => ({ project_id: where.project ?? '' }),
      scope: () => ({}),
      locked: false,
      serial: false,
      fields: { origin_data: 'text' },
    },
  })
}

const contracts = (name: Name, type: ItemType, own: Fields): ProcoreList => ({
  ...listOf({
    ...{ id: name.replaceAll('_', '-'), itemTypes: [type], scope: 'project', updatedFilter: true, includeDeleted: true, perPage: 1_000 },
    path: () => `/rest/v1.0/${name}`,
    show: (_client, where, id) => ({ path: `/rest/v1.0/${name}/${id}`, query: { project_id: where.project ?? '' } }),
    query: (_client, where) => ({ project_id: where.project ?? '', view: 'extended' }),
    idFilter: null,
    originFilter: true,
    parse: (raw, project) => itemOf(type, raw, project, content),
    sync: {
      path: () => `/rest/v1.0/${name}/sync`,
      scope: (_client, where) => ({ project_id: where.project ?? '' }),
      locked: false,
      serial: false,
      fields: { ...shared, ...own },
    },
  }),
  under: linesOf(name, type),
})

export const workOrderContracts = contracts('work_order_contracts', 'work-order-contract', ofSubcontracts)
export const purchaseOrderContracts = contracts('purchase_order_contracts', 'purchase-order-contract', ofOrders)
