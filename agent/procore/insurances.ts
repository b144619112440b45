/** Insurances of the companies in the directory (procore-api.md 5.2, 6.1): five families of paths, of which the company's holds them all; no filter. */
import type { ProcoreItem } from '../items/kind.ts'
import type { Client } from './client.ts'
import type { ProcoreList } from './list.ts'
import { contentOf, itemOf, type Raw } from './reading.ts'
import { listOf } from './reading-lists.ts'

/** The carrier is answered as `insurance_provider` and sent as `name` (reference of May 2026): kept under both names. */
const content = (raw: Raw): ProcoreItem['content'] =>
  contentOf(raw, {
    ...{ vendor_id: 'id', insurance_type: 'text', insurance_provider: 'text', name: ['text', 'name', 'insurance_provider'] },
    ...{ policy_number: 'text', effective_date: 'text', expiration_date: 'text', limit: 'text', status: 'text', exempt: 'flag' },
    ...{ info_received: 'flag', notes: 'text', additional_insured: 'text', division_template: 'text', insurance_sets: 'text' },
    enable_expired_insurance_notifications: 'flag',
  })

const statuses = [
  ...['compliant', 'compliant_in_progress', 'expired', 'non_compliant', 'non_compliant_in_progress'],
  ...['undecided', 'unregistered'],
]

const base = (client: Client): string => `/rest/v1.0/companies/${client.company}/insurances`

export const insurances: ProcoreList = listOf({
  ...{ id: 'insurances', itemTypes: ['insurance'], scope: 'company', updatedFilter: false, includeDeleted: false, perPage: 1_000 },
  path: (_where, client) => base(client),
  show: (client, _where, id) => ({ path: `${base(client)}/${id}`, query: {} }),
  query: () => ({}),
  idFilter: null,
  originFilter: false,
  parse: (raw) => itemOf('insurance', raw, null, content),
  sync: {
    path: (_where, client) => `${base(client)}/sync`,
    scope: () => ({}),
    locked: false,
    serial: false,
    fields: {
      ...{ vendor_id: 'id', insurance_type: 'text', name: 'text', policy_number: 'text', limit: 'text', notes: 'text' },
      ...{ effective_date: 'date', expiration_date: 'date', exempt: 'flag', info_received: 'flag', status: statuses },
      ...{ enable_expired_insurance_notifications: 'flag', additional_insured: 'text', division_template: 'text', insurance_sets: 'text' },
      origin_data: 'text',
    },
  },
})
