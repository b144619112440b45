/** A file becomes rows: what a format is, and what it hands over. One small file per kind of export; the list is index.ts. */
import type { Entity } from '../../shared/item.ts'
import type { Problem } from '../../shared/problem.ts'
import type { Field } from './records/record-shape.ts'
import type { MergedCells } from './workbook/merged.ts'

/** How a connection's files are written. Declared per connection, never guessed per cell; `auto` only where one clear winner can be demanded. */
export type ReadSettings = {
  encoding: 'auto' | 'utf-8' | 'utf-16le' | 'cp1252'
  delimiter: 'auto' | ',' | ';' | '\t' | '|'
  decimal: '.' | ','
  /** Marks allowed between thousands; none by default. */
  thousands: readonly (',' | '.' | ' ' | "'")[]
  /** Minus styles switched on; any other is refused (erp-files.md E). */
  minus: readonly ('leading' | 'trailing' | 'parentheses' | 'unicode' | 'cr')[]
  date: 'yyyy-mm-dd' | 'mm/dd/yyyy' | 'dd/mm/yyyy' | 'dd.mm.yyyy' | 'mmddyyyy' | 'ddmmyyyy' | 'yyyymmdd' | 'dd-mon-yyyy'
  /** Files whose columns the admin named. A file goes to the mapping whose columns its header has, whatever format it looks like. */
  mappings: readonly Mapping[]
  /** `refuse`: a code that looks like a spreadsheet changed it (1.23E+11, 1001.0, Mar-3000) is a problem; `take`: codes are like that here. */
  codes: 'refuse' | 'take'
  /** There where the lines were made of a sheet (open-export.ts), whose cells say what they are; never set by a person. */
  merged?: MergedCells
}

/** Generic CSV: which entity a file holds, and for each field of it the header that feeds it (field → header). */
export type Mapping = {
  entity: Entity
  columns: Record<string, string>
  /** The fields whose columns must be there; all of them unless said. What else is missing counts as a column that is gone. */
  needs?: readonly string[]
}

export const defaultReadSettings: ReadSettings = {
  encoding: 'auto',
  delimiter: 'auto',
  decimal: '.',
  thousands: [],
  minus: ['leading'],
  date: 'mm/dd/yyyy',
  mappings: [],
  codes: 'refuse',
}

/** What a connection's settings say under `reading`, the defaults for the rest. Settings of the first version name one `mapping`. */
export function readSettingsOf({ mapping, ...reading }: Partial<ReadSettings> & { mapping?: Mapping } = {}): ReadSettings {
  return { ...defaultReadSettings, ...(mapping && { mappings: [mapping] }), ...reading }
}

/** A field of a record and where a file may carry it. */
export type Column = Field & {
  /** Header names that mean this field: ODBC StandardMode first, then raw dictionary names (erp-files.md C3, C5). */
  headers: readonly string[]
}

/** What a format may look at to say whether a file is its own: never more than the first 64 KB. */
export type Sample = {
  name: string
  delimiter: string
  /** The header row as found by the header finder (title rows above it skipped), or null. */
  header: readonly string[] | null
  rows: readonly (readonly string[])[]
  mappings: readonly Mapping[]
}

/** A line of an export file, read: fields by name, and where it stood. */
export type Row = {
  key: string
  fields: Record<string, string | null>
  /** Amount for control totals, decimal text; null where the entity has none. */
  amount: string | null
  line: number
  /** Byte offset of the line in the file. */
  offset: number
}

export type Format = {
  id: string
  entity: Entity
  /** What a person calls it, with the ERP's own table name. */
  title: string
  columns: readonly Column[]
  /** Fields beyond the required ones that must have a column too. */
  needs?: readonly string[]
  /** At least one of these fields must have a column too. */
  anyOf?: readonly string[]
  /** Holds a second kind of record in the files of this other format, which claims them: it claims none by itself. */
  ridesOn?: string
  identify(sample: Sample): boolean
  /** The record's key from its fields, or the problem why there is none. Two rows of one file may not share it. */
  key(fields: Record<string, string | null>): string | Problem
  /** The field whose sum is the control total, if any. */
  amount?: string
}
