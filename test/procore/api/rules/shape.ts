import type { Json } from '../../items.ts'

/** A body field: text, flag, whole (ids), number, date, time, any, or the words allowed. */
type Field = 'text' | 'flag' | 'whole' | 'number' | 'date' | 'any' | readonly string[]
export interface Fields {
  readonly [name: string]: Field
}
/** A body: its own keys, one object inside, or a list of objects. */
export interface Shape {
  readonly fields: Fields
  readonly object?: { readonly key: string; readonly fields: Fields }
  readonly list?: { readonly key: string; readonly fields: Fields }
  /** Keys the reference requires. */
  readonly required?: readonly string[]
}

type Body = { [key: string]: Json }
export const isBody = (value: Json): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What strict mode objects to: each unknown key and each value of another type than the reference gives, named by its place. */
export function objections(body: Body, shape: Shape): string[] {
  const inner = [shape.object?.key, shape.list?.key].filter((key) => key !== undefined)
  const own = Object.fromEntries(Object.entries(body).filter(([key]) => !inner.includes(key)))
  const missing = (shape.required ?? []).filter((key) => body[key] === undefined).map((key) => `body key ${key} is required`)
  return [...missing, ...ofFields(own, shape.fields, ''), ...ofObject(body, shape), ...ofList(body, shape)]
}

function ofObject(body: Body, { object }: Shape): string[] {
  if (!object) return []
  const value = body[object.key]
  if (value === undefined) return [`body key ${object.key} is required`]
  return isBody(value) ? ofFields(value, object.fields, `${object.key}.`) : [`body key ${object.key} must be an object`]
}

function ofList(body: Body, { list }: Shape): string[] {
  if (!list) return []
  const value = body[list.key]
  if (!Array.isArray(value)) return [`body key ${list.key} must be a list`]
  const found = value.flatMap((row) => (isBody(row) ? ofFields(row, list.fields, `${list.key}[].`) : [`${list.key}[] must hold objects`]))
  return [...new Set(found)]
}

function ofFields(body: Body, fields: Fields, at: string): string[] {
  return Object.entries(body).flatMap(([key, value]) => {
    const field = fields[key] ?? (key.startsWith('custom_field_') ? 'any' : undefined)
    if (field === undefined) return [`body key ${at}${key} is unknown`]
    return fits(value, field) ? [] : [`body key ${at}${key} must be ${typeof field === 'string' ? field : 'text'}`]
  })
}

/** null always passes: it empties a field. A date may be any text; a bad one is stored as null (facts 9.2). */
function fits(value: Json, field: Field): boolean {
  if (value === null || value === undefined || field === 'any') return true
  if (field === 'flag') return typeof value === 'boolean'
  if (field === 'whole') return Number.isSafeInteger(value)
  if (field === 'number') return typeof value === 'number'
  return typeof value === 'string'
}
