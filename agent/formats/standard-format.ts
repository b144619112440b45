/** What the formats with a header row share: telling their own file by its columns, and making keys. */
import type { Entity } from '../../shared/item.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import type { Column, Format, Sample } from './format.ts'
import { headerName, headerNames } from './header-names.ts'

type Fields = Record<string, string | null>

export type StandardFormat = {
  id: string
  entity: Entity
  title: string
  columns: readonly Column[]
  /** At least one of these fields must have a column too; for files that share their required columns with others. */
  anyOf?: readonly string[]
  /** Header names that show it is another table. */
  never?: readonly string[]
  /** Fields that make the key, in order; all must be filled. */
  key: readonly string[]
  /** Where fields alone cannot say it: the parts of the key, or null when they are missing (`key` then names the fields to fill). */
  keyParts?: (fields: Fields) => readonly string[] | null
  amount?: string
}

/** A format that reads one row per record below one header row. */
export function standardFormat(shape: StandardFormat): Format {
  return {
    id: shape.id,
    entity: shape.entity,
    title: shape.title,
    columns: shape.columns,
    identify: (sample) =>
      !isMapped(sample) && missingColumns(shape, sample.header ?? []).length === 0 && !hasForeign(shape, sample.header ?? []),
    key: (fields) => keyOf(shape, fields),
    ...(shape.anyOf && { anyOf: shape.anyOf }),
    ...(shape.amount && { amount: shape.amount }),
  }
}

/** Where the connection maps this very file's columns, the admin's word stands and no format guesses. */
export function isMapped({ mapping, header }: Sample): boolean {
  const names = headerNames(header ?? [])
  return mapping !== undefined && Object.values(mapping.columns).every((column) => names.has(headerName(column)))
}

/** Columns (by their first known name) this format needs and the header lacks. */
export function missingColumns({ columns, anyOf }: Pick<Format, 'columns' | 'anyOf'>, header: readonly string[]): string[] {
  const names = headerNames(header)
  const has = (column: Column): boolean => column.headers.some((name) => names.has(headerName(name)))
  const missing = columns.filter((column) => column.required && !has(column)).map((column) => column.headers[0] ?? column.field)
  const choices = columns.filter((column) => anyOf?.includes(column.field))
  return choices.length === 0 || choices.some(has) ? missing : [...missing, choices.map((column) => column.headers[0]).join(' or ')]
}

const hasForeign = ({ never = [] }: StandardFormat, header: readonly string[]): boolean => {
  const names = headerNames(header)
  return never.some((name) => names.has(headerName(name)))
}

function keyOf({ key, keyParts, columns }: StandardFormat, fields: Fields): string | Problem {
  const parts = keyParts ? keyParts(fields) : filled(key.map((field) => fields[field]))
  if (parts !== null) return keyText(parts)
  const lacking = key.filter((field) => fields[field] == null)
  return problem('key-missing', {
    column: lacking.map((field) => columns.find((one) => one.field === field)?.headers[0] ?? field).join(', '),
  })
}

const filled = (values: readonly (string | null | undefined)[]): string[] | null =>
  values.every((value) => value != null) ? (values as string[]) : null

/** One text for a key of several parts, never the same for two different keys. */
const keyText = (parts: readonly string[]): string => (parts.length === 1 ? (parts[0] as string) : parts.map(escaped).join('|'))

const escaped = (part: string): string => (part.includes('|') || part.includes('\\') ? part.replace(/[\\|]/g, '\\$&') : part)
