/**
 * Owner invoices (procore-api.md 6.3): listed by project without any filter, so compared whole; written under their prime contract.
 * The list of a project has no published shape since 2026; its names are those of October 2024, which are the prime contract's list's.
 */
import type { ProcoreItem } from '../items/kind.ts'
import type { ProcoreList } from './list.ts'
import { contentOf, itemOf, type Raw } from './reading.ts'
import { listOf } from './reading-lists.ts'
import type { Fields } from './writing.ts'

const content = (raw: Raw): ProcoreItem['content'] =>
  contentOf(raw, {
    ...{ number: 'text', invoice_number: 'text', status: 'text', billing_date: 'text', period_start: 'text', period_end: 'text' },
    ...{ prime_contract_id: ['id', 'contract.id'], percent_complete: 'amount', total_amount_paid: 'amount' },
    ...{ total_amount_accrued_this_period: 'amount', current_payment_due: ['amount', 'g702.current_payment_due'] },
    ...{ contract_sum_to_date: ['amount', 'g702.contract_sum_to_date'], total_retainage: ['amount', 'g702.total_retainage'] },
    ...{ total_completed_and_stored_to_date: ['amount', 'g702.total_completed_and_stored_to_date'] },
    ...{ less_previous_certificates_for_payment: ['amount', 'g702.less_previous_certificates_for_payment'] },
    ...{ currency: ['text', 'currency_configuration.currency_iso_code'] },
  })

const fields: Fields = {
  ...{ period_start: 'date', period_end: 'date', billing_date: 'date', invoice_number: 'text', commitment_billing_period_id: 'id' },
  ...{ status: ['draft', 'under_review', 'revise_and_resubmit', 'approved'], origin_id: 'text', origin_data: 'text' },
}

export const paymentApplications: ProcoreList = listOf({
  ...{ id: 'payment-applications', itemTypes: ['payment-application'], scope: 'project', updatedFilter: false, includeDeleted: false },
  perPage: 1_000,
  path: () => '/rest/v1.0/payment_applications',
  show: (_client, where, id) => ({ path: `/rest/v1.0/payment_applications/${id}`, query: { project_id: where.project ?? '' } }),
  query: (_client, where) => ({ project_id: where.project ?? '' }),
  idFilter: null,
  originFilter: false,
  parse: (raw, project) => itemOf('payment-application', raw, project, content),
  one: {
    parent: 'prime_contract_id',
    change: (where, id, parent) => ({
      ...{ method: 'PATCH', path: `/rest/v1.0/prime_contracts/${parent ?? ''}/payment_applications/${id}`, query: {} },
      ...{ scope: { project_id: where.project ?? '' }, bodyKey: 'payment_application' },
    }),
    // “This Payment Application cannot be edited because it has been synced with ERP” (5.3): whole, but for its owner.
    ...{ fields, locked: ['origin_id', 'origin_data'] },
  },
})
