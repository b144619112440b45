/** Reads a list of Procore the same way for every kind: pages, filters, and ids looked up in few calls. */
import type { ItemType } from '../../shared/item.ts'
import type { ProcoreItem } from '../items/kind.ts'
import type { Ask, Client, Query } from './client.ts'
import { ProcoreTrouble } from './errors.ts'
import type { ProcoreList, ReadOptions, Where } from './list.ts'
import { pages } from './paging.ts'

export type Endpoint = {
  id: string
  itemTypes: readonly ItemType[]
  scope: ProcoreList['scope']
  updatedFilter: boolean
  includeDeleted: boolean
  perPage: number
  path(where: Where, client: Client): string
  /** Address of one item; lists without a show view have none. */
  show?(client: Client, where: Where, id: string): { path: string; query: Query }
  /** What every call of this list carries (scope ids, view). */
  query(client: Client, where: Where): Query
  /** Name of the id filter as the reference writes it; null where there is none. */
  idFilter: string | null
  originFilter: boolean
  parse: ProcoreList['parse']
  sync?: ProcoreList['sync']
  one?: ProcoreList['one']
}

/** An address stays well under 8 KB with so many ids of 19 digits. */
const idsPerCall = 100

/** Three dots, double quotes (procore-api.md 4.2); the far end lies a day ahead so that nothing written meanwhile is missed. */
const updatedSince = (since: string, now: number): string => `"${since}...${stamp(now + 86_400_000)}"`

/** Procore's form: whole seconds, UTC. */
export const stamp = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')

/** Makes the list out of its endpoint. */
export function listOf(endpoint: Endpoint): ProcoreList {
  const { id, itemTypes, scope, updatedFilter, includeDeleted, perPage, parse } = endpoint
  const base = (client: Client, where: Where, options?: ReadOptions): Ask => ({
    path: endpoint.path(where, client),
    query: { ...endpoint.query(client, where), ...options?.filters },
    priority: options?.priority ?? 'page',
    about: { ...(where.project ? { project: where.project } : {}) },
    signal: options?.signal,
  })
  const parsed = (rows: readonly unknown[], where: Where): ProcoreItem[] => rows.flatMap((row) => parse(row, where.project) ?? [])
  const list: ProcoreList = {
    ...{ id, itemTypes, scope, updatedFilter, includeDeleted, perPage, parse, idsPerCall: endpoint.idFilter === null ? 1 : idsPerCall },
    ...(endpoint.sync ? { sync: endpoint.sync } : {}),
    ...(endpoint.one ? { one: endpoint.one } : {}),
    async *read(client, where, options) {
      const since = updatedFilter && options?.since ? { 'filters[updated_at]': updatedSince(options.since, client.procoreNow()) } : {}
      const deleted = includeDeleted && options?.since ? { 'filters[include_deleted]': 'with' } : {}
      const ask = base(client, where, options)
      for await (const rows of pages(client, { ...ask, query: { ...ask.query, ...since, ...deleted, per_page: perPage } }))
        yield parsed(rows, where)
    },
    async byIds(client, where, ids, options) {
      if (endpoint.idFilter === null || (ids.length === 1 && endpoint.show)) return each(client, endpoint, where, ids, options)
      const found: ProcoreItem[] = []
      for (let from = 0; from < ids.length; from += idsPerCall) {
        const some = ids.slice(from, from + idsPerCall)
        const ask = base(client, where, options)
        const query = { ...ask.query, [endpoint.idFilter]: some, per_page: Math.max(some.length, 1) }
        const answer = await client.read({ ...ask, query })
        const items = parsed(Array.isArray(answer.body) ? answer.body : [], where).filter((item) => some.includes(item.id))
        const missing = some.filter((one) => !items.some((item) => item.id === one))
        // The filter may be ignored or paged: what it left out is asked for by itself, as long as that is little.
        found.push(...items, ...(endpoint.show && missing.length <= 20 ? await each(client, endpoint, where, missing, options) : []))
      }
      return found
    },
  }
  if (!endpoint.originFilter) return list
  return {
    ...list,
    async byOrigin(client, where, originId, options) {
      const ask = base(client, where, options)
      const answer = await client.read({ ...ask, query: { ...ask.query, 'filters[origin_id]': originId, per_page: 100 } })
      return parsed(Array.isArray(answer.body) ? answer.body : [], where).filter((item) => item.originId === originId)
    },
  }
}

/** One call each; an item Procore does not show is left out. */
async function each(
  client: Client,
  endpoint: Endpoint,
  where: Where,
  ids: readonly string[],
  options?: ReadOptions,
): Promise<ProcoreItem[]> {
  const found: ProcoreItem[] = []
  for (const id of ids) {
    const item = await one(client, endpoint, where, id, options)
    if (item) found.push(item)
  }
  return found
}

async function one(client: Client, endpoint: Endpoint, where: Where, id: string, options?: ReadOptions): Promise<ProcoreItem | null> {
  if (!endpoint.show) return null
  try {
    const { path, query } = endpoint.show(client, where, id)
    const answer = await client.read({
      path,
      query,
      priority: options?.priority ?? 'single',
      about: { item: `${endpoint.id} ${id}` },
      signal: options?.signal,
    })
    return endpoint.parse(answer.body, where.project)
  } catch (cause) {
    // procore-not-found: deleted, or its project is hidden from us; either way there is nothing to show.
    if (cause instanceof ProcoreTrouble && cause.problem.code === 'procore-not-found') return null
    throw cause
  }
}
