import { resource, type View } from './resource.ts'
import { open } from './rules/locks.ts'
import type { Fields } from './rules/shape.ts'
import type { Writing } from './rules/write.ts'

const statuses = [
  ...['compliant', 'compliant_in_progress', 'expired', 'non_compliant', 'non_compliant_in_progress'],
  ...['undecided', 'unregistered'],
]
const fields: Fields = {
  ...{ id: 'whole', origin_id: 'text', origin_data: 'text', vendor_id: 'whole', insurance_type: 'text', name: 'text', limit: 'text' },
  ...{ policy_number: 'text', effective_date: 'date', expiration_date: 'date', exempt: 'flag', info_received: 'flag', notes: 'text' },
  ...{ enable_expired_insurance_notifications: 'flag', status: statuses, additional_insured: 'text', division_template: 'text' },
  insurance_sets: 'text',
}

const view: View<'insurances'> =
  () =>
  ({ created_at: _made, updated_at: _moved, deleted_at: _gone, ...rest }) => ({
    ...{ ...rest, enable_expired_insurance_notifications: false, additional_insured: null, division_template: null, insurance_sets: null },
  })

/** The carrier goes in as name and comes back as insurance_provider: assumption insurance-name. Both stay open when synced: see there. */
const writing: Writing<'insurances'> = {
  ...{ kind: 'insurances', fields, lock: open, visible: () => true },
  fresh: (call, submitted) => {
    const vendor = submitted['vendor_id']
    if (typeof vendor !== 'number' || !call.company.tables.vendors.get(vendor)) return { errors: { vendor_id: ['is invalid'] } }
    if (typeof submitted['insurance_type'] !== 'string') return { errors: { insurance_type: ["can't be blank"] } }
    return empty
  },
  settle: (_call, { name, ...changes }) => ({ changes: name === undefined ? changes : { ...changes, insurance_provider: name } }),
}

const empty = {
  ...{ insurance_provider: null, policy_number: null, effective_date: null, expiration_date: null, limit: null, notes: null },
  ...{ status: 'undecided', exempt: false, info_received: false },
}

const base = '/rest/v1.0/companies/:company_id/insurances'

/** Insurances of the companies in the directory; no filter of any kind (facts 4.2). */
export const insurances = resource({
  kind: 'insurances',
  lists: [{ path: base, companyIn: 'path', view, items: (call) => call.company.tables.insurances.all() }],
  shows: [{ path: `${base}/:id`, companyIn: 'path', visible: () => true, view }],
  syncs: [{ path: `${base}/sync`, companyIn: 'path', writing, view }],
})
