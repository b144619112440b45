/** Reads an answer leniently: what is missing or of another shape is null, never 0 or ''. Ids become text. */
import type { ItemType } from '../../shared/item.ts'
import type { Beside, ProcoreItem } from '../items/kind.ts'

export type Raw = Record<string, unknown>

/** How an answer's field is kept: as text, as decimal text, as a flag, or as an id (text). A dotted path goes into objects. */
export type Kept = 'text' | 'amount' | 'flag' | 'id'

export const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value)

export const text = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null

const readers: Record<Kept, (value: unknown) => string | boolean | null> = {
  text,
  amount: (value) => (/^-?\d+(\.\d+)?$/.test(text(value) ?? '') ? text(value) : null),
  flag: (value) => (typeof value === 'boolean' ? value : null),
  id: text,
}

/** The value under a dotted path ("vendor.id"). */
export const at = (raw: Raw, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (isRaw(value) ? value[name] : undefined), raw)

/** Content under the API's names; a dotted path is kept with underscores ("vendor.id" → vendor_id) unless renamed. */
export function contentOf(raw: Raw, kept: Record<string, Kept | readonly [Kept, ...string[]]>): ProcoreItem['content'] {
  return Object.fromEntries(Object.entries(kept).map(([name, how]) => [name, readOne(raw, name, how)]))
}

function readOne(raw: Raw, name: string, how: Kept | readonly [Kept, ...string[]]): string | boolean | null {
  if (typeof how === 'string') return readers[how](raw[name])
  const [kept, ...paths] = how
  for (const path of paths) {
    const value = readers[kept](at(raw, path))
    if (value !== null) return value
  }
  return null
}

/** The part every item shares. An answer without an id is no item: null. */
export function itemOf(
  type: ItemType,
  raw: unknown,
  project: string | null,
  content: (raw: Raw) => ProcoreItem['content'],
): ProcoreItem | null {
  if (!isRaw(raw)) return null
  const id = text(raw['id'])
  if (id === null) return null
  return {
    ...{ type, id, project, originId: filled(raw['origin_id']), originCode: filled(raw['origin_code']) },
    ...{ updatedAt: text(raw['updated_at']), deletedAt: text(raw['deleted_at']) },
    ...(filled(raw['origin_data']) === null ? {} : { originData: String(raw['origin_data']) }),
    ...unsaidIn(raw),
    content: content(raw),
  }
}

function unsaidIn(raw: Raw): { unsaid?: readonly Beside[] } {
  const unsaid = besides.filter((name) => raw[name] === undefined)
  return unsaid.length === 0 ? {} : { unsaid }
}
const besides: readonly Beside[] = ['origin_code', 'origin_data']

/** Empty text is no owner: Procore's field is either filled or not. */
const filled = (value: unknown): string | null => text(value) || null
