/** Tax codes of the company (procore-api.md 5.2, 6.1): no filter at all, pages of 100 at most, so compared whole. */
import type { ProcoreItem } from '../items/kind.ts'
import type { ProcoreList } from './list.ts'
import { contentOf, itemOf, type Raw } from './reading.ts'
import { listOf } from './reading-lists.ts'

const content = (raw: Raw): ProcoreItem['content'] =>
  contentOf(raw, { code: 'text', description: 'text', rate1: 'amount', archived: 'flag', default_tax_code: 'flag' })

export const taxCodes: ProcoreList = listOf({
  ...{ id: 'tax-codes', itemTypes: ['tax-code'], scope: 'company', updatedFilter: false, includeDeleted: false, perPage: 100 },
  path: () => '/rest/v1.0/tax_codes',
  show: (client, _where, id) => ({ path: `/rest/v1.0/tax_codes/${id}`, query: { company_id: client.company } }),
  query: (client) => ({ company_id: client.company }),
  idFilter: null,
  originFilter: false,
  parse: (raw) => itemOf('tax-code', raw, null, content),
  sync: {
    path: () => '/rest/v1.0/tax_codes/sync',
    scope: (client) => ({ company_id: client.company }),
    locked: false,
    serial: false,
    fields: { code: 'text', description: 'text', rate1: 'number', archived: 'flag', default_tax_code: 'flag', origin_data: 'text' },
  },
})
