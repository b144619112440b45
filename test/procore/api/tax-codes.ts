import { resource, type View } from './resource.ts'
import { open } from './rules/locks.ts'
import type { Fields } from './rules/shape.ts'
import type { Writing } from './rules/write.ts'

const fields: Fields = {
  ...{ id: 'whole', origin_id: 'text', origin_data: 'text', code: 'text', description: 'text', rate1: 'number' },
  ...{ archived: 'flag', default_tax_code: 'flag' },
}

const view: View<'tax_codes'> =
  () =>
  ({ created_at: _made, updated_at: _moved, deleted_at: _gone, ...rest }) =>
    rest

const writing: Writing<'tax_codes'> = {
  ...{ kind: 'tax_codes', fields, lock: open, visible: () => true },
  fresh: (call, submitted) => {
    if (typeof submitted['code'] !== 'string') return { errors: { code: ["can't be blank"] } }
    const twin = call.company.tables.tax_codes.where((one) => one.code === submitted['code'])
    if (twin.length > 0) return { errors: { code: ['has already been taken'] } }
    return { description: null, rate1: 0, archived: false, default_tax_code: false }
  },
}

/** Pages of 100 at most (facts 4.1). */
export const taxCodes = resource({
  kind: 'tax_codes',
  lists: [
    {
      ...{ path: '/rest/v1.0/tax_codes', companyIn: 'query', paging: { usual: 100, most: 100 }, view },
      items: (call) => call.company.tables.tax_codes.all(),
    },
  ],
  shows: [{ path: '/rest/v1.0/tax_codes/:id', companyIn: 'query', visible: () => true, view }],
  syncs: [{ path: '/rest/v1.0/tax_codes/sync', companyIn: 'body', writing, view }],
})
