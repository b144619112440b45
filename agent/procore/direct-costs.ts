/**
 * Direct costs and their lines (procore-api.md 5.2, 6.2). A filled origin_id freezes the whole item, and two sync calls at once
 * for one project answer 409: one project is written by one call at a time.
 */
import type { ProcoreItem } from '../items/kind.ts'
import type { ProcoreList, Where } from './list.ts'
import { contentOf, itemOf, type Raw } from './reading.ts'
import { listOf } from './reading-lists.ts'

const path = (where: Where): string => `/rest/v1.0/projects/${where.project ?? ''}/direct_costs`

const lineContent = (raw: Raw): ProcoreItem['content'] =>
  contentOf(raw, {
    ...{ description: 'text', amount: 'amount', quantity: 'amount', unit_cost: 'amount', uom: 'text', extended_type: 'text' },
    ...{
      total_amount: 'amount',
      extended_amount: 'amount',
      cost_code_id: ['id', 'cost_code.id'],
      cost_code: ['text', 'cost_code.full_code'],
    },
    ...{
      line_item_type_id: ['id', 'line_item_type.id'],
      line_item_type: ['text', 'line_item_type.code'],
      wbs_code_id: ['id', 'wbs_code.id'],
    },
    direct_cost_id: ['id', 'holder.id', 'direct_cost_id'],
  })

const linesAt = (id: string, at: (where: Where) => string): ProcoreList =>
  listOf({
    ...{ id, itemTypes: ['direct-cost'], scope: 'project', updatedFilter: true, includeDeleted: false, perPage: 1_000 },
    path: at,
    query: () => ({}),
    idFilter: null,
    originFilter: false,
    parse: (raw, project) => itemOf('direct-cost', raw, project, lineContent),
    sync: {
      path: (where) => `${path(where)}/line_items/sync`,
      scope: () => ({}),
      locked: true,
      serial: true,
      fields: {
        ...{ direct_cost_id: 'id', amount: 'number', unit_cost: 'number', quantity: 'number', wbs_code_id: 'id', cost_code_id: 'id' },
        ...{
          line_item_type_id: 'id',
          tax_code_id: 'id',
          description: 'text',
          uom: 'text',
          extended_type: ['manual', 'calculated'],
          origin_data: 'text',
        },
      },
    },
  })

const directCostLines = linesAt('direct-cost-lines', (where) => `${path(where)}/line_items`)
/** The lines of one cost (`where.contracts`): the project's list leaves out `origin_data`, which goes and comes back with the link. */
const linesOfOne = linesAt('direct-cost-own-lines', ({ contracts: [cost = ''] = [], ...where }) => `${path(where)}/${cost}/line_items`)

const content = (raw: Raw): ProcoreItem['content'] =>
  contentOf(raw, {
    ...{ direct_cost_type: 'text', direct_cost_date: 'text', description: 'text', invoice_number: 'text', status: 'text', terms: 'text' },
    ...{
      vendor_id: ['id', 'vendor_id', 'vendor.id'],
      vendor_name: ['text', 'vendor_name', 'vendor.name'],
      employee_id: ['id', 'employee.id'],
    },
    ...{ payment_date: 'text', received_date: 'text', grand_total: 'amount' },
    currency: ['text', 'currency_configuration.currency_iso_code'],
  })

/** `amount` (the body's lines) goes by a second call; the header alone has no amount. */
export const directCosts: ProcoreList = {
  ...listOf({
    ...{ id: 'direct-costs', itemTypes: ['direct-cost'], scope: 'project', updatedFilter: true, includeDeleted: false, perPage: 1_000 },
    path,
    show: (_client, where, id) => ({ path: `${path(where)}/${id}`, query: {} }),
    query: () => ({}),
    idFilter: null,
    originFilter: true,
    parse: (raw, project) => itemOf('direct-cost', raw, project, content),
    sync: {
      path: (where) => `${path(where)}/sync`,
      scope: () => ({}),
      locked: true,
      serial: true,
      fields: {
        ...{ direct_cost_type: ['invoice', 'expense', 'payroll'], status: ['draft', 'pending', 'revise_and_resubmit', 'approved'] },
        ...{ direct_cost_date: 'date', description: 'text', invoice_number: 'text', vendor_id: 'id', employee_id: 'id', terms: 'text' },
        ...{
          payment_date: 'date',
          received_date: 'date',
          currency_iso_code: 'text',
          currency_exchange_rate: 'number',
          origin_data: 'text',
        },
      },
      lines: { key: 'line_items', parent: 'direct_cost_id', list: directCostLines },
    },
  }),
  under: linesOfOne,
}
