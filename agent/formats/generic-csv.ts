/**
 * Any file with a header row, read by the column mapping of the connection (field → header). It gives the fields of the entity it is mapped
 * to and nothing else, with the types and the key that entity has.
 */
import type { Format, ReadSettings } from './format.ts'
import { headerName } from './header-names.ts'
import { isMapped } from './standard-format.ts'

type Mapping = NonNullable<ReadSettings['mapping']>

/** `like`: the format of the mapped entity; fields it does not know are left out. */
export function genericCsv({ entity, columns }: Mapping, like: Format): Format {
  const mapped = like.columns.flatMap((column) => {
    const header = columns[column.field]
    return header === undefined || headerName(header) === '' ? [] : [{ ...column, headers: [header], required: true }]
  })
  return {
    id: `generic-csv:${entity}`,
    entity,
    title: `CSV mapped to ${entity}`,
    columns: mapped,
    identify: (sample) => mapped.length > 0 && isMapped(sample),
    key: like.key,
    ...(like.amount && { amount: like.amount }),
  }
}
