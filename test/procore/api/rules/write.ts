import type { Kind, Kinds } from '../../items.ts'
import type { Call } from '../endpoint.ts'
import type { Lock } from './locks.ts'
import { clearing, type Submitted, taken } from './origin.ts'
import type { FieldErrors } from './refusal.ts'
import type { Fields } from './shape.ts'
import { kept } from './values.ts'

/** How one kind of item is written, by sync or alone. */
export interface Writing<K extends Kind> {
  kind: K
  fields: Fields
  lock: Lock<Kinds[K]>
  /** Whether the item may be found from here (its project, its header). */
  visible: (call: Call, item: Kinds[K]) => boolean
  /** A new item's other fields; errors when something required is missing. */
  fresh: (call: Call, submitted: Submitted) => Submitted | { errors: FieldErrors }
  /** Submitted names turned into stored ones, checked against the rest of the company. */
  settle?: (call: Call, changes: Submitted, item: Kinds[K] | undefined) => { changes: Submitted; errors?: FieldErrors }
}

export type Written<T> = { item: T } | { errors: FieldErrors }

/** Updates one item: lock, owner, values, then updated_at moves (also for origin fields: assumption origin-bumps). */
export function update<K extends Kind>(call: Call, writing: Writing<K>, item: Kinds[K], submitted: Submitted): Written<Kinds[K]> {
  const refused = writing.lock(call, submitted, item) ?? taken(call.company, writing.kind, submitted, item)
  if (refused) return { errors: refused }
  const cleared = clearing(item, submitted, call.behaviour.unlinkNull)
  if ('errors' in cleared) return cleared
  const settled = settle(call, writing, cleared.submitted, item)
  if (settled.errors) return { errors: settled.errors }
  return { item: call.company.edit(writing.kind, item.id, settled.changes as Partial<Kinds[K]>) }
}

export function create<K extends Kind>(call: Call, writing: Writing<K>, submitted: Submitted): Written<Kinds[K]> {
  const refused = writing.lock(call, submitted, undefined) ?? taken(call.company, writing.kind, submitted)
  if (refused) return { errors: refused }
  const settled = settle(call, writing, submitted, undefined)
  if (settled.errors) return { errors: settled.errors }
  const fresh = writing.fresh(call, submitted)
  if (isErrors(fresh)) return fresh
  return { item: call.company.add(writing.kind, { ...fresh, ...settled.changes } as unknown as Parameters<typeof call.company.add<K>>[1]) }
}

const isErrors = (value: Submitted | { errors: FieldErrors }): value is { errors: FieldErrors } => 'errors' in value

function settle<K extends Kind>(call: Call, writing: Writing<K>, submitted: Submitted, item: Kinds[K] | undefined) {
  const { changes, errors } = kept(submitted, writing.fields)
  if (Object.keys(errors).length > 0) return { changes, errors }
  return writing.settle ? writing.settle(call, changes, item) : { changes, errors: undefined }
}

export function findVisible<K extends Kind>(call: Call, writing: Pick<Writing<K>, 'kind' | 'visible'>, id: unknown): Kinds[K] | undefined {
  const item: Kinds[K] | undefined = call.company.table(writing.kind).get(Number(id))
  return item && item.deleted_at === null && writing.visible(call, item) ? item : undefined
}
