import { keyText } from '../../shared/record-key.ts'
import type { Kind } from './kind.ts'

/** Distributions of AP invoices: they say which commitment, job and cost code an invoice is for. They meet no item of their own. */
export const apDistributions: Kind = {
  entity: 'ap-distributions',
  role: 'master',
  fields: [
    'vendor',
    'invoice',
    'sequence',
    'commitment',
    'commitment_item',
    'job',
    'extra',
    'cost_code',
    'category',
    'amount',
    'retainage',
  ],
  itemTypes: [],
  delivery: 'match',
  matched: true,
  partOf: ({ vendor, invoice }) => (vendor == null || invoice == null ? null : { entity: 'ap-invoices', key: keyText([vendor, invoice]) }),
  after: [],
  keysOfRecord: () => [],
  keysOfItem: () => [],
  compare: () => [],
  jobOf: ({ job }) => job ?? null,
}
