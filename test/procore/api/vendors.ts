import type { Vendor } from '../items.ts'
import { resource, type View } from './resource.ts'
import { open } from './rules/locks.ts'
import type { Fields } from './rules/shape.ts'
import type { Writing } from './rules/write.ts'

/** Facts 5.2 and the reference of May 2026. */
const fields: Fields = {
  ...{ id: 'whole', origin_id: 'text', origin_data: 'text', origin_code: 'text', origin_custom_fields: 'any' },
  ...{ name: 'text', abbreviated_name: 'text', address: 'text', city: 'text', state_code: 'text', zip: 'text', country_code: 'text' },
  ...{ business_phone: 'text', mobile_phone: 'text', fax_number: 'text', email_address: 'text', website: 'text', license_number: 'text' },
  ...{ is_active: 'flag', authorized_bidder: 'flag', prequalified: 'flag', union_member: 'flag', non_union_prevailing_wage: 'flag' },
  ...{ labor_union: 'text', notes: 'text', trade_name: 'text', vendor_group_id: 'whole', parent_id: 'whole', primary_contact_id: 'whole' },
  ...{
    trade_ids: 'any',
    bidding_distribution_ids: 'any',
    standard_cost_code_ids: 'any',
    bidding: 'any',
    business_register_attributes: 'any',
  },
}

const writing: Writing<'vendors'> = {
  kind: 'vendors',
  fields,
  lock: open,
  visible: () => true,
  fresh: (_call, submitted) =>
    typeof submitted['name'] === 'string' && submitted['name'].trim() !== '' ? empty : { errors: { name: ["can't be blank"] } },
  settle: (_call, { business_register_attributes, ...changes }) => ({
    changes: business_register_attributes === undefined ? changes : { ...changes, business_register: business_register_attributes },
  }),
}

const empty = {
  ...{ name: '', abbreviated_name: null, address: null, city: null, state_code: null, zip: null, country_code: 'US' },
  ...{ business_phone: null, mobile_phone: null, fax_number: null, email_address: null, website: null, license_number: null },
  ...{ trade_name: null, notes: null, is_active: true, business_register: null, origin_code: null, origin_custom_fields: {} },
}

const compact = (vendor: Vendor) => ({ id: vendor.id, name: vendor.name })

function normal({ deleted_at: _deleted, origin_custom_fields: _own, ...vendor }: Vendor) {
  return { ...vendor, company: vendor.name, is_connected: false, synced_to_erp: vendor.origin_id !== null, attachments: [] }
}

/** compact, normal, erp or extended (the default): facts 4.2. Anything else is drawn as extended. */
const view: View<'vendors'> = (call) => {
  const asked = call.query.get('view') ?? 'extended'
  if (asked === 'compact') return compact
  if (asked === 'normal') return normal
  if (asked === 'erp')
    return (vendor) => ({ ...normal(vendor), origin_custom_fields: vendor['origin_custom_fields'], erp_custom_fields: [] })
  return (vendor) => ({
    ...normal(vendor),
    legal_name: vendor.name,
    company_vendor: false,
    children_count: 0,
    project_ids: [],
    trades: [],
    standard_cost_codes: [],
  })
}

const paths = { list: '/rest/v1.0/vendors', one: '/rest/v1.0/vendors/:id', sync: '/rest/v1.0/vendors/sync' }

export const vendors = resource({
  kind: 'vendors',
  lists: [
    {
      path: paths.list,
      companyIn: 'query',
      items: (call) => call.company.tables.vendors.all(),
      view,
      filters: {
        ...{ origin_id: 'text', search: 'part', created_at: 'range', updated_at: 'range', id: 'any of', parent_id: 'any of' },
        ...{ standard_cost_code_id: 'any of', trade_id: 'any of' },
      },
      sorts: ['name'],
      query: ['view'],
    },
  ],
  shows: [{ path: paths.one, companyIn: 'query', visible: () => true, view, query: ['view', 'page', 'per_page'] }],
  patches: [{ path: paths.one, companyIn: 'body', key: 'vendor', writing, view, query: ['view', 'run_configurable_validations'] }],
  syncs: [{ path: paths.sync, companyIn: 'body', writing, view: () => normal, query: ['run_configurable_validations'] }],
})
