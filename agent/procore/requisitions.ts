/** Subcontractor invoices (procore-api.md 6.2), read for invoiced and retained figures; no sync action. */
import type { ProcoreItem } from '../items/kind.ts'
import type { ProcoreList } from './list.ts'
import { contentOf, itemOf, type Raw } from './reading.ts'
import { listOf } from './reading-lists.ts'
import type { Fields } from './writing.ts'

const content = (raw: Raw): ProcoreItem['content'] =>
  contentOf(raw, {
    ...{ number: 'text', invoice_number: 'text', commitment_id: 'id', commitment_type: 'text', status: 'text', erp_status: 'text' },
    ...{ billing_date: 'text', payment_date: 'text', requisition_start: 'text', requisition_end: 'text', final: 'flag' },
    ...{ total_claimed_amount: 'amount', percent_complete: 'amount', vendor_id: 'id', vendor_name: 'text' },
    ...{ current_payment_due: ['amount', 'summary.current_payment_due'], total_retainage: ['amount', 'summary.total_retainage'] },
    total_completed_and_stored_to_date: ['amount', 'summary.total_completed_and_stored_to_date'],
  })

const fields: Fields = {
  ...{ period_id: 'id', requisition_start: 'date', requisition_end: 'date', billing_date: 'date', final: 'flag', invoice_number: 'text' },
  status: ['draft', 'under_review', 'revise_and_resubmit', 'approved', 'approved_as_noted', 'pending_owner_approval'],
  ...{ payment_date: 'date', origin_id: 'text', origin_data: 'text' },
}

export const requisitions: ProcoreList = listOf({
  ...{ id: 'requisitions', itemTypes: ['requisition'], scope: 'project', updatedFilter: true, includeDeleted: false, perPage: 1_000 },
  path: () => '/rest/v1.1/requisitions',
  show: (_client, where, id) => ({ path: `/rest/v1.1/requisitions/${id}`, query: { project_id: where.project ?? '', view: 'extended' } }),
  query: (_client, where) => ({ project_id: where.project ?? '', view: 'extended' }),
  idFilter: null,
  originFilter: true,
  parse: (raw, project) => itemOf('requisition', raw, project, content),
  one: {
    parent: 'commitment_id',
    change: (where, id, parent) => ({
      ...{ method: 'PATCH', path: `/rest/v1.1/requisitions/${id}`, query: { view: 'extended' }, bodyKey: 'requisition' },
      scope: { project_id: where.project ?? '', commitment_id: parent ?? '' },
    }),
    // “The invoice is not editable because it has been synced with ERP” (5.3): whole, but for its owner.
    ...{ fields, locked: ['origin_id', 'origin_data'] },
  },
})
