/** What the formats with a header row share: telling their own file by its columns, and making keys. */
import type { Column, Format, Mapping, Sample } from './format.ts'
import { headerName, headerNames } from './header-names.ts'
import { keyOf, type RecordShape } from './records/record-shape.ts'

export type StandardFormat = {
  id: string
  record: RecordShape
  title: string
  /** Which header names feed a field: ODBC StandardMode first, then raw dictionary names. Fields without one are not in such files. */
  headers: Readonly<Record<string, readonly string[]>>
  /** Fields beyond the required ones that must have a column too; for files that are told by them. */
  needs?: readonly string[]
  /** At least one of these fields must have a column too; for files that share their required columns with others. */
  anyOf?: readonly string[]
  /** Header names that show it is another table. */
  never?: readonly string[]
  ridesOn?: string
}

/** A format that reads one row per record below one header row. */
export function standardFormat({ id, record, title, headers, never = [], ...rest }: StandardFormat): Format {
  const columns = columnsOf(record, headers)
  return {
    id,
    entity: record.entity,
    title,
    columns,
    identify: (sample) =>
      !isMapped(sample) && missingColumns({ columns, ...rest }, headerOf(sample)).length === 0 && !hasAny(never, sample),
    key: (fields) => keyOf(record, fields, (field) => headers[field]?.[0] ?? field),
    ...rest,
    ...(record.amount && { amount: record.amount }),
  }
}

/** The fields of a record that have a header, in the record's order. */
export const columnsOf = ({ fields }: RecordShape, headers: StandardFormat['headers']): Column[] =>
  fields.flatMap((field) => {
    const names = headers[field.field]
    return names === undefined ? [] : [{ ...field, headers: names }]
  })

/** Does the header have every column this mapping needs? */
export function mappingFits({ columns, needs = Object.keys(columns) }: Mapping, sample: Sample): boolean {
  const names = headerNames(headerOf(sample))
  const wanted = needs.map((field) => headerName(columns[field] ?? field))
  return wanted.length > 0 && wanted.every((name) => names.has(name))
}

/** Where the connection maps this very file's columns, the admin's word stands and no format guesses. */
const isMapped = (sample: Sample): boolean => sample.mappings.some((mapping) => mappingFits(mapping, sample))

/** Columns (by their first known name) this format needs and the header lacks. */
export function missingColumns(
  { columns, needs, anyOf }: Pick<Format, 'columns' | 'needs' | 'anyOf'>,
  header: readonly string[],
): string[] {
  const names = headerNames(header)
  const has = (column: Column): boolean => column.headers.some((name) => names.has(headerName(name)))
  const needed = columns.filter((column) => column.required || needs?.includes(column.field))
  const missing = needed.filter((column) => !has(column)).map((column) => column.headers[0] ?? column.field)
  const choices = columns.filter((column) => anyOf?.includes(column.field))
  return choices.length === 0 || choices.some(has) ? missing : [...missing, choices.map((column) => column.headers[0]).join(' or ')]
}

const headerOf = ({ header }: Sample): readonly string[] => header ?? []

function hasAny(foreign: readonly string[], sample: Sample): boolean {
  const names = headerNames(headerOf(sample))
  return foreign.some((name) => names.has(headerName(name)))
}
