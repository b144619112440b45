import type { Kind } from './kind.ts'

/** Lines of commitments. They meet no item of their own: their sums stand in the commitment they belong to. */
export const commitmentItems: Kind = {
  entity: 'commitment-items',
  role: 'master',
  fields: [
    ...['commitment', 'item', 'description', 'units', 'unit_description', 'unit_cost', 'amount', 'amount_invoiced', 'units_invoiced'],
    ...['tax', 'tax_group', 'approved_co_units', 'approved_co_amount', 'approved_co_tax_amount', 'job', 'extra', 'cost_code', 'category'],
  ],
  itemTypes: [],
  delivery: 'match',
  matched: true,
  partOf: ({ commitment }) => (commitment == null ? null : { entity: 'commitments', key: commitment }),
  after: [],
  keysOfRecord: () => [],
  keysOfItem: () => [],
  compare: () => [],
  jobOf: ({ job }) => job ?? null,
}
