/**
 * Writes strictly: only published fields, only values Procore is known to keep. A badly formed date is stored as null without
 * an error (procore-api.md 9.2, best_practices/date_time.md), so none is ever sent; numbers keep their digits.
 */
import { type Problem, problem, problems } from '../../shared/problem.ts'
import type { ValueOf } from '../../shared/problems/values.ts'
import { rawNumber } from './exact-json.ts'

/** How Procore wants a field: `amount` is a decimal text, `number` a JSON number, `id` a number that we keep as text. */
type FieldType = 'text' | 'amount' | 'number' | 'id' | 'date' | 'flag' | 'object'
export type Fields = Record<string, FieldType | readonly string[]>

type Unsendable = ValueOf<'unsendable'>
type Converted = { ok: true; value: unknown } | { ok: false; why: Unsendable; allowed?: string }

const fine = (value: unknown): Converted => ({ ok: true, value })
const no = (why: Unsendable): Converted => ({ ok: false, why })

const converters: Record<FieldType, (value: unknown) => Converted> = {
  text: (value) => (typeof value === 'string' ? fine(value) : no('not-text')),
  amount: (value) => (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? fine(value) : no('not-decimal')),
  number: (value) => {
    const raw = typeof value === 'string' ? rawNumber(value) : null
    return raw === null ? no('not-exact') : fine(raw)
  },
  id: (value) => (typeof value === 'string' && /^[1-9]\d{0,18}$/.test(value) ? fine(rawNumber(value)) : no('not-id')),
  date: (value) => (typeof value === 'string' && isDate(value) ? fine(value) : no('not-date')),
  flag: (value) => (typeof value === 'boolean' ? fine(value) : no('not-flag')),
  object: (value) => (typeof value === 'object' && value !== null ? fine(value) : no('not-object')),
}

/** A day that exists, written yyyy-mm-dd. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

const convert = (type: FieldType | readonly string[], value: unknown): Converted => {
  if (value === null) return fine(null)
  if (typeof type === 'string') return converters[type](value)
  return typeof value === 'string' && type.includes(value) ? fine(value) : { ok: false, why: 'not-one-of', allowed: type.join(', ') }
}

export type Row = { ok: true; row: Record<string, unknown> } | { ok: false; problem: Problem }

/** The row as it is sent, or the first field that cannot be. Keys outside `fields` are refused; `leave` names keys that go another way. */
export function toRow(fields: Fields, body: Record<string, unknown>, leave: readonly string[] = []): Row {
  const row: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(body)) {
    if (leave.includes(field) || value === undefined) continue
    const type = Object.hasOwn(fields, field) ? fields[field] : undefined
    const converted = type === undefined ? no('not-published') : convert(type, value)
    if (!converted.ok) {
      const { ok, ...why } = converted
      return { ok, problem: problem('value-unsendable', { field, text: String(value), ...why }) }
    }
    row[field] = converted.value
  }
  return { ok: true, row }
}

/** A kind hands over a body or the reason why there is none. */
export const isProblem = (value: Record<string, unknown> | Problem): value is Problem =>
  typeof value['code'] === 'string' &&
  Object.hasOwn(problems, value['code']) &&
  Object.keys(value).every((key) => ['code', 'params', 'at'].includes(key))
