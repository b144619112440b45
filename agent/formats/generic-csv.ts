/**
 * Any file with a header row, read by a column mapping of the connection (field → header). It gives the fields of the entity it is mapped to
 * and nothing else, with the types and the key that entity has. Every entity can be mapped, also those no format of an ERP is known for.
 */
import type { Format, Mapping } from './format.ts'
import { headerName } from './header-names.ts'
import { records } from './records/index.ts'
import { keyOf } from './records/record-shape.ts'
import { columnsOf, mappingFits } from './standard-format.ts'

/** Fields the entity does not know are left out; columns that are named must be there. */
export function genericCsv(mapping: Mapping): Format {
  const { entity, columns: named, needs } = mapping
  const record = records[entity]
  const headers = Object.fromEntries(Object.entries(named).flatMap(([field, name]) => (headerName(name) === '' ? [] : [[field, [name]]])))
  const columns = columnsOf(record, headers)
  return {
    id: `generic-csv:${entity}`,
    entity,
    title: `CSV mapped to ${entity} (${columns.map((column) => column.headers[0]).join(', ')})`,
    columns,
    needs: needs ?? columns.map((column) => column.field),
    identify: (sample) => columns.length > 0 && mappingFits(mapping, sample),
    key: (fields) => keyOf(record, fields, (field) => named[field] ?? field),
    ...(record.amount && { amount: record.amount }),
  }
}
