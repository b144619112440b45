import type { Json } from '../../items.ts'
import { toMillionths, toMoney } from '../../money.ts'
import type { Submitted } from './origin.ts'
import type { FieldErrors } from './refusal.ts'
import type { Fields } from './shape.ts'

/** Fields that hold decimal strings whichever way they were sent. */
const moneyFields = new Set(['amount', 'unit_cost', 'quantity', 'grand_total', 'total_value', 'retainage_percent'])

/** Submitted values as Procore would keep them: known keys only, a bad date as null, money as a decimal string; or what it objects to. */
export function kept(submitted: Submitted, fields: Fields): { changes: Submitted; errors: FieldErrors } {
  const changes: Submitted = {}
  const errors: FieldErrors = {}
  for (const [key, value] of Object.entries(submitted)) {
    const field = fields[key]
    if (field === undefined || key === 'id') continue
    if (Array.isArray(field) && value !== null && !field.includes(String(value))) errors[key] = ['is not included in the list']
    else if (moneyFields.has(key) && value !== null && toMillionths(value) === undefined) errors[key] = ['is not a number']
    else changes[key] = stored(key, value, field === 'date')
  }
  return { changes, errors }
}

function stored(key: string, value: Json, isDate: boolean): Json {
  if (isDate) return civilDate(value)
  const amount = moneyFields.has(key) && value !== null ? toMillionths(value) : undefined
  return amount === undefined ? value : toMoney(amount)
}

/** A date that is none is stored as null without an error (facts 9.2). */
function civilDate(value: Json): string | null {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return null
  const at = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value) ? value : null
}
