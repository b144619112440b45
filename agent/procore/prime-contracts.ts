/** Prime contracts, what the owner owes (procore-api.md 6.3): listed as `prime_contracts`, shown and written as `prime_contract`, no sync action. */
import type { ProcoreItem } from '../items/kind.ts'
import type { ProcoreList } from './list.ts'
import { contentOf, itemOf, type Raw } from './reading.ts'
import { listOf } from './reading-lists.ts'
import type { Fields } from './writing.ts'

const content = (raw: Raw): ProcoreItem['content'] =>
  contentOf(raw, {
    ...{ number: 'text', title: 'text', description: 'text', status: 'text', executed: 'flag', accounting_method: 'text' },
    ...{ grand_total: 'amount', approved_change_orders: 'amount', retainage_percent: 'amount', contract_date: 'text' },
    ...{ contract_start_date: 'text', contract_estimated_completion_date: 'text', actual_completion_date: 'text' },
    ...{ vendor_id: ['id', 'vendor.id'], contractor_id: ['id', 'contractor.id'], architect_id: ['id', 'architect.id'] },
    ...{ origin_code: 'text', currency: ['text', 'currency_configuration.currency_iso_code'] },
  })

const fields: Fields = {
  ...{ number: 'text', title: 'text', description: 'text', executed: 'flag', accounting_method: ['amount', 'unit'] },
  status: ['Draft', 'Out For Bid', 'Out For Signature', 'Approved', 'Complete', 'Terminated'],
  ...{ retainage_percent: 'amount', contract_date: 'date', contract_start_date: 'date', contract_estimated_completion_date: 'date' },
  ...{ actual_completion_date: 'date', approval_letter_date: 'date', execution_date: 'date', issued_on_date: 'date' },
  ...{
    letter_of_intent_date: 'date',
    returned_date: 'date',
    signed_contract_received_date: 'date',
    inclusions: 'text',
    exclusions: 'text',
  },
  ...{ vendor_id: 'id', contractor_id: 'id', architect_id: 'id', origin_id: 'text', origin_data: 'text' },
}

export const primeContracts: ProcoreList = listOf({
  ...{ id: 'prime-contracts', itemTypes: ['prime-contract'], scope: 'project', updatedFilter: true, includeDeleted: false, perPage: 1_000 },
  path: () => '/rest/v1.0/prime_contracts',
  show: (_client, where, id) => ({ path: `/rest/v1.0/prime_contract/${id}`, query: { project_id: where.project ?? '' } }),
  query: (_client, where) => ({ project_id: where.project ?? '' }),
  idFilter: 'filters[id][]',
  originFilter: false,
  parse: (raw, project) => itemOf('prime-contract', raw, project, content),
  one: {
    parent: null,
    change: (where, id) => ({
      ...{ method: 'PATCH', path: `/rest/v1.0/prime_contract/${id}`, query: {}, bodyKey: 'prime_contract' },
      scope: { project_id: where.project ?? '' },
    }),
    // A filled origin_id shows the banner and locks nothing (5.3). The body has no origin_code, though the list answers one.
    ...{ fields, locked: Object.keys(fields) },
  },
})
