import type { ChangeOrderPackage } from '../items.ts'
import type { Call } from './endpoint.ts'
import { resource, type View } from './resource.ts'
import { changeOrderLock } from './rules/locks.ts'
import { currency } from './rules/names.ts'
import type { Fields } from './rules/shape.ts'
import type { Writing } from './rules/write.ts'

const asked = (call: Call, order: ChangeOrderPackage): boolean => {
  const contract = call.query.get('contract_id')
  return order.project_id === call.projectId && (contract === null || String(order.contract_id) === contract)
}

const listed: View<'change_order_packages'> = () => (order) => {
  const { project_id: _project, description: _text, type: _type, ...rest } = order
  return { ...rest, currency_configuration: { ...currency, base_currency_iso_code: 'USD' }, custom_fields: {} }
}

/** Only the show view says which kind it is and what its lines are (facts 6.2). */
const shown: View<'change_order_packages'> = (call) => (order) => ({
  ...(listed(call)(order) as object),
  ...{
    description: order.description,
    type: order.type,
    private: false,
    position: 1,
    schedule_impact_amount: 0,
    attachments: [],
    line_items: [],
  },
})

const fields: Fields = {
  ...{ origin_id: 'text', origin_code: 'text', origin_data: 'text', title: 'text', description: 'text', grand_total: 'text' },
  status: [
    ...['draft', 'not_pricing', 'pricing', 'pending', 'revised', 'proceeding', 'not_proceeding'],
    ...['no_charge', 'approved', 'rejected', 'void'],
  ],
  ...{ schedule_impact_amount: 'whole', paid_date: 'date', invoiced_date: 'date', due_date: 'date', executed: 'flag' },
  signed_change_order_received_date: 'date',
}

const writing: Writing<'change_order_packages'> = {
  ...{ kind: 'change_order_packages', fields, lock: changeOrderLock, fresh: () => ({ errors: { base: ['is made on the page'] } }) },
  visible: (call, order) =>
    order.project_id === call.projectId && [undefined, order.contract_id].includes(call.body['contract_id'] as number),
}

/** Change order packages have no origin_id filter and no sync (facts 4.2, 5.2): find them by listing. */
export const changeOrderPackages = resource({
  kind: 'change_order_packages',
  lists: [
    {
      ...{ path: '/rest/v1.0/change_order_packages', project: 'query', view: listed, deleted: true, query: ['contract_id'] },
      items: (call) => call.company.tables.change_order_packages.all().filter((order) => asked(call, order)),
      filters: {
        ...{ id: 'any of', created_at: 'range', updated_at: 'range', reviewed_at: 'range', due_date: 'range', invoiced_date: 'range' },
        ...{ paid_date: 'range', signed_change_order_received_date: 'range' },
      },
    },
  ],
  shows: [{ path: '/rest/v1.0/change_order_packages/:id', project: 'query', visible: asked, view: shown, query: ['contract_id'] }],
  patches: [
    {
      ...{ path: '/rest/v1.0/change_order_packages/:id', project: 'body', key: 'change_order', writing, view: shown },
      beside: { contract_id: 'whole' },
    },
  ],
})

/** The same orders seen by kind: no origin fields, legacy_package_id names the package (facts 6.2). */
const asOrder: View<'change_order_packages'> = () => (order) => {
  const {
    project_id: _project,
    origin_id: _id,
    origin_data: _data,
    origin_code: _code,
    deleted_at: _gone,
    paid_date: _paid,
    ...rest
  } = order
  return {
    ...{ ...rest, legacy_package_id: order.id, legacy_request_id: null, batch_id: null, private: false, signature_required: false },
    ...{ schedule_impact_amount: 0, currency_configuration: { ...currency, base_currency_iso_code: 'USD' }, custom_fields: {} },
  }
}

/** No page parameters (facts 4.1). Its ids are taken to be the packages' own: assumption commitment-order-ids. */
const ordersOf = (name: string, type: ChangeOrderPackage['type']) => {
  const visible = (call: Call, one: ChangeOrderPackage) => one.project_id === call.projectId && one.type === type
  const path = `/rest/v1.0/projects/:project_id/${name}`
  return resource({
    kind: 'change_order_packages',
    lists: [
      {
        ...{ path, project: 'path', view: asOrder, paging: 'none' },
        items: (call) => call.company.tables.change_order_packages.where((one) => visible(call, one)),
        filters: {
          id: 'any of',
          contract_id: 'any of',
          status: 'text',
          executed: 'flag',
          updated_at: 'range',
          legacy_package_id: 'any of',
        },
        sorts: ['id', 'created_at'],
        query: ['view', 'filters[batch_id]', 'filters[vendor_id]', 'filters[signature_required]'],
      },
    ],
    shows: [{ path: `${path}/:id`, project: 'path', visible, view: asOrder, query: ['view'] }],
  })
}

export const commitmentChangeOrders = ordersOf('commitment_change_orders', 'CommitmentContractChangeOrder')
export const primeChangeOrders = ordersOf('prime_change_orders', 'PrimeContractChangeOrder')
