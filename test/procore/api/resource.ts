import type { Json, Kind, Kinds } from '../items.ts'
import type { Call, Endpoint } from './endpoint.ts'
import { type Filters, filtered, filterNames, sorted, withDeleted } from './rules/filters.ts'
import { generalPaging, type Paging, page } from './rules/paging.ts'
import { Refusal } from './rules/refusal.ts'
import { type Fields, isBody, type Shape } from './rules/shape.ts'
import { sync } from './rules/sync.ts'
import { create, findVisible, update, type Writing } from './rules/write.ts'

/** Draws items for one answer; asked once per call so that it may group the company's data first. */
export type View<K extends Kind> = (call: Call) => (item: Kinds[K]) => Json

type Scope = Pick<Endpoint, 'project' | 'companyIn' | 'serial'>

interface Listing<K extends Kind> extends Scope {
  path: string
  items: (call: Call) => Kinds[K][]
  view: View<K>
  filters?: Filters
  sorts?: readonly string[]
  paging?: Paging
  /** Takes filters[include_deleted]. */
  deleted?: boolean
  /** Other query names the reference gives it (view, project_id …). */
  query?: readonly string[]
}

interface Showing<K extends Kind> extends Scope {
  path: string
  visible: (call: Call, item: Kinds[K]) => boolean
  view: View<K>
  query?: readonly string[]
}

interface Patching<K extends Kind> extends Scope {
  path: string
  /** The body key around the fields: `{project_id, work_order_contract: {…}}`. */
  key: string
  writing: Writing<K>
  view: View<K>
  query?: readonly string[]
  /** Ids the body carries beside the record; `required` names those the reference insists on. */
  beside?: Fields
  required?: readonly string[]
}

interface Syncing<K extends Kind> extends Scope {
  path: string
  writing: Writing<K>
  view: View<K>
  query?: readonly string[]
  /** Ids of the body beside the rows and beside its place. */
  beside?: Fields
  required?: readonly string[]
}

export interface Resource<K extends Kind> {
  kind: K
  lists?: readonly Listing<K>[]
  shows?: readonly Showing<K>[]
  patches?: readonly Patching<K>[]
  /** Single creates take the same body as the patches. */
  posts?: readonly Patching<K>[]
  syncs?: readonly Syncing<K>[]
}

/** One kind of item as endpoints: the only way the stand-in's API grows. */
export function resource<K extends Kind>(described: Resource<K>): Endpoint[] {
  return [
    ...(described.lists ?? []).map(listEndpoint),
    ...(described.shows ?? []).map((one) => showEndpoint(described.kind, one)),
    ...(described.patches ?? []).map(patchEndpoint),
    ...(described.posts ?? []).map(postEndpoint),
    ...(described.syncs ?? []).map(syncEndpoint),
  ]
}

const scoped = ({ project, companyIn, serial }: Scope): Scope => ({ project, companyIn, serial })
const placeInQuery = ({ project, companyIn }: Scope): string[] => [
  ...(project === 'query' || project === 'query or body' ? ['project_id'] : []),
  ...(companyIn === 'query' ? ['company_id'] : []),
]
const placeInBody = ({ project, companyIn }: Scope): { [name: string]: 'whole' } => ({
  ...(project === 'body' || project === 'query or body' ? { project_id: 'whole' } : {}),
  ...(companyIn === 'body' ? { company_id: 'whole' } : {}),
})

function listEndpoint<K extends Kind>(list: Listing<K>): Endpoint {
  const { filters = {}, sorts = [], paging = generalPaging, deleted = false } = list
  const own = [...filterNames(filters), ...(deleted ? ['filters[include_deleted]'] : []), ...(sorts.length > 0 ? ['sort'] : [])]
  return {
    ...scoped(list),
    method: 'GET',
    path: list.path,
    query: [...placeInQuery(list), ...own, ...(paging === 'none' ? [] : ['page', 'per_page']), ...(list.query ?? [])],
    handle: (call) => {
      const items = deleted ? withDeleted(call, list.items(call)) : list.items(call).filter((item) => item.deleted_at === null)
      return page(call, sorted(call, filtered(call, items, filters), sorts), paging, list.view(call))
    },
  }
}

function showEndpoint<K extends Kind>(kind: K, show: Showing<K>): Endpoint {
  return {
    ...scoped(show),
    method: 'GET',
    path: show.path,
    query: [...placeInQuery(show), ...(show.query ?? [])],
    handle: (call) => {
      const item = findVisible(call, { kind, visible: show.visible }, call.path('id'))
      if (!item) throw new Refusal(404, 'Item not found')
      return { body: show.view(call)(item) }
    },
  }
}

function patchEndpoint<K extends Kind>(patch: Patching<K>): Endpoint {
  return {
    ...scoped(patch),
    method: 'PATCH',
    path: patch.path,
    query: [...placeInQuery(patch), ...(patch.query ?? [])],
    body: oneBody(patch),
    handle: (call) => {
      const item = findVisible(call, patch.writing, call.path('id'))
      if (!item) throw new Refusal(404, 'Item not found')
      const submitted = call.body[patch.key]
      const written = update(call, patch.writing, item, isBody(submitted) ? submitted : {})
      if ('errors' in written) throw new Refusal(422, written.errors)
      return { body: patch.view(call)(written.item) }
    },
  }
}

function postEndpoint<K extends Kind>(post: Patching<K>): Endpoint {
  return {
    ...scoped(post),
    method: 'POST',
    path: post.path,
    query: [...placeInQuery(post), ...(post.query ?? [])],
    body: oneBody(post),
    handle: (call) => {
      const submitted = call.body[post.key]
      const written = create(call, post.writing, isBody(submitted) ? submitted : {})
      if ('errors' in written) throw new Refusal(422, written.errors)
      return { status: 201, body: post.view(call)(written.item) }
    },
  }
}

/** One record under its key, with the ids of its place beside it. */
const oneBody = <K extends Kind>({ beside = {}, required = [], ...patch }: Patching<K>): Shape => ({
  fields: { ...placeInBody(patch), ...beside, attachments: 'any' },
  object: { key: patch.key, fields: patch.writing.fields },
  required,
})

function syncEndpoint<K extends Kind>(one: Syncing<K>): Endpoint {
  return {
    ...scoped(one),
    method: 'PATCH',
    path: one.path,
    query: [...placeInQuery(one), ...(one.query ?? [])],
    body: {
      fields: { ...placeInBody(one), ...one.beside },
      list: { key: 'updates', fields: one.writing.fields },
      required: [...Object.keys(placeInBody(one)), ...(one.required ?? [])],
    },
    handle: (call) => sync(call, one.writing, one.view),
  }
}
