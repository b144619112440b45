/** Companies of the directory (procore-api.md 5.2, 6.1; reference of May 2026). */
import type { ProcoreItem } from '../items/kind.ts'
import type { ProcoreList } from './list.ts'
import { at, contentOf, itemOf, type Raw, text } from './reading.ts'
import { listOf } from './reading-lists.ts'

const content = (raw: Raw): ProcoreItem['content'] => ({
  ...contentOf(raw, {
    ...{ name: 'text', abbreviated_name: 'text', legal_name: 'text', trade_name: 'text' },
    ...{ address: 'text', city: 'text', state_code: 'text', zip: 'text', country_code: 'text' },
    ...{ business_phone: 'text', mobile_phone: 'text', fax_number: 'text', email_address: 'text', website: 'text' },
    ...{ is_active: 'flag', license_number: 'text', notes: 'text', synced_to_erp: 'flag', origin_code: 'text' },
  }),
  // Only on its way to the ledger, which keeps a keyed hash of it (design, Ledger).
  tax_id: text(at(raw, 'business_register.identifier')),
})

export const vendors: ProcoreList = listOf({
  ...{ id: 'vendors', itemTypes: ['vendor'], scope: 'company', updatedFilter: true, includeDeleted: false, perPage: 2_000 },
  path: () => '/rest/v1.0/vendors',
  show: (client, _where, id) => ({ path: `/rest/v1.0/vendors/${id}`, query: { company_id: client.company } }),
  query: (client) => ({ company_id: client.company }),
  idFilter: 'filters[id][]',
  originFilter: true,
  parse: (raw) => itemOf('vendor', raw, null, content),
  sync: {
    path: () => '/rest/v1.0/vendors/sync',
    scope: (client) => ({ company_id: client.company }),
    locked: false,
    serial: false,
    fields: {
      ...{ name: 'text', abbreviated_name: 'text', trade_name: 'text', address: 'text', city: 'text', state_code: 'text', zip: 'text' },
      ...{ country_code: 'text', business_phone: 'text', mobile_phone: 'text', fax_number: 'text', email_address: 'text', website: 'text' },
      ...{ is_active: 'flag', license_number: 'text', notes: 'text', origin_code: 'text', origin_data: 'text' },
      ...{ parent_id: 'id', vendor_group_id: 'id', business_register_attributes: 'object', origin_custom_fields: 'object' },
    },
  },
})
