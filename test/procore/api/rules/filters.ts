import type { Item, Json } from '../../items.ts'
import type { Call } from '../endpoint.ts'
import { Refusal } from './refusal.ts'

/** How one filter compares: the exact text, a date range, one of several, part of a name, yes or no. */
type Filter = 'text' | 'range' | 'any of' | 'part' | 'flag'
export interface Filters {
  readonly [field: string]: Filter
}

/** The query names a list with these filters takes. */
export function filterNames(filters: Filters): string[] {
  return Object.keys(filters).map((field) => `filters[${field}]`)
}

/** Keeps what fits every filter asked for; a filter the list does not know was refused before (strict) or is ignored (lenient). */
export function filtered<T extends Item>(call: Call, items: readonly T[], filters: Filters): T[] {
  const asked = Object.entries(filters).flatMap(([field, filter]) => {
    const values = [...call.query.getAll(`filters[${field}]`), ...call.query.getAll(`filters[${field}][]`)]
    return values.length > 0 ? [test(field, filter, values, call)] : []
  })
  return items.filter((item) => asked.every((fits) => fits(item)))
}

type Fits = (item: Item) => boolean

function test(field: string, filter: Filter, values: readonly string[], call: Call): Fits {
  const first = values[0] ?? ''
  if (filter === 'range') return within(field, first, call)
  if (filter === 'any of') return (item) => values.flatMap(several).includes(textOf(item[field]))
  if (filter === 'part')
    return (item) =>
      textOf(item[field === 'search' ? 'name' : field])
        .toLowerCase()
        .includes(first.toLowerCase())
  if (filter === 'flag') return (item) => textOf(item[field]) === first
  return (item) => textOf(item[field]) === first
}

/** `1`, `[1,2]` and `1,2` all occur in the wild. */
const several = (text: string): string[] =>
  text
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map((one) => one.trim())
const textOf = (value: Json): string => (value === null || value === undefined ? '' : String(value))

/** `"2026-01-01T00:00:00Z...2026-01-02T00:00:00Z"`, with or without the quotes, times or bare dates (facts 4.2). Both ends count. */
function within(field: string, text: string, call: Call): Fits {
  const [from, to] = text.replace(/^"|"$/g, '').split('...')
  const start = moment(from, 'start')
  const end = moment(to ?? from, 'end')
  if (start === undefined || end === undefined) {
    if (call.behaviour.mode === 'strict')
      throw new Refusal(400, `filters[${field}] must be a range like 2026-01-01T00:00:00Z...2026-01-02T00:00:00Z`)
    return () => true
  }
  return (item) => {
    const at = Date.parse(textOf(item[field]))
    return at >= start && at <= end
  }
}

function moment(text: string | undefined, edge: 'start' | 'end'): number | undefined {
  if (!text) return undefined
  const bare = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const at = Date.parse(bare ? `${text}T${edge === 'start' ? '00:00:00' : '23:59:59'}Z` : text)
  return Number.isNaN(at) ? undefined : at
}

/** `include_deleted`: without it no deleted item, `with` both, `only` the deleted (facts 4.2). */
export function withDeleted<T extends Item>(call: Call, items: readonly T[]): T[] {
  const asked = call.query.get('filters[include_deleted]')
  if (asked === 'with') return [...items]
  return items.filter((item) => (item.deleted_at !== null) === (asked === 'only'))
}

/** `sort=name` or `sort=-name`, for the fields a list offers; else in order of creation. */
export function sorted<T extends Item>(call: Call, items: readonly T[], sorts: readonly string[]): T[] {
  const asked = call.query.get('sort') ?? ''
  const field = asked.replace(/^-/, '')
  if (!sorts.includes(field)) return [...items].sort((a, b) => a.id - b.id)
  const sign = asked.startsWith('-') ? -1 : 1
  return [...items].sort((a, b) => sign * textOf(a[field]).localeCompare(textOf(b[field])) || a.id - b.id)
}
