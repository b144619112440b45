/** What a record of an entity holds, whatever file it comes from: its fields, their types, its key. One small file per entity. */
import type { Entity } from '../../../shared/item.ts'
import { type Problem, problem } from '../../../shared/problem.ts'
import { keyText } from '../../../shared/record-key.ts'

export type Fields = Record<string, string | null>

/**
 * money and quantity become plain decimal texts, date becomes yyyy-mm-dd, flag becomes '1' or '0', code and text stay as written
 * (code untrimmed); empty is null, never '' and never 0.
 */
export type Field = {
  field: string
  type: 'code' | 'text' | 'money' | 'quantity' | 'date' | 'flag'
  /** A file without it does not hold such records. */
  required?: boolean
  /** A code that people type freely (the vendor's own invoice number): it may well read Mar-26, and no spreadsheet did that. */
  typed?: boolean
}

export type RecordShape = {
  entity: Entity
  fields: readonly Field[]
  /** Fields that make the key, in order; all must be filled but those of `emptyInKey`. */
  key: readonly string[]
  /** Parts of the key that may be empty: '' in the key then. */
  emptyInKey?: readonly string[]
  /** Where fields alone cannot say it: the parts of the key, or null when they are missing (`key` then names the fields to fill). */
  keyParts?: (fields: Fields) => readonly string[] | null
  /** The field whose sum is the control total, if any. */
  amount?: string
}

/** The record's key, or what must be filled first. `called`: what the file calls a field. */
export function keyOf(record: RecordShape, fields: Fields, called: (field: string) => string): string | Problem {
  const parts = record.keyParts ? record.keyParts(fields) : partsOf(record, fields)
  if (parts !== null) return keyText(parts)
  const lacking = record.key.filter((field) => fields[field] == null && !record.emptyInKey?.includes(field))
  return problem('key-missing', { column: lacking.map(called).join(', ') })
}

function partsOf({ key, emptyInKey }: RecordShape, fields: Fields): string[] | null {
  const parts: string[] = []
  for (const field of key) {
    const value = fields[field] ?? (emptyInKey?.includes(field) ? '' : null)
    if (value === null) return null
    parts.push(value)
  }
  return parts
}
