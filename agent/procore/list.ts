/** What a kind of Procore item knows about its endpoints. One file per kind; the list is index.ts. */
import type { ItemType } from '../../shared/item.ts'
import type { ProcoreItem } from '../items/kind.ts'
import type { Client } from './client.ts'
import type { Priority } from './rate-plan.ts'
import type { Fields } from './writing.ts'

/** Where to read. `project` is null for lists of the company; `anyProject` is for company lists that ask for a project all the same. */
export type Where = {
  project: string | null
  anyProject?: string | null
  /** Standard list the settings name (`standard-cost-code-list`); without one the company's own ERP list counts. */
  costCodeList?: string | null
  /** Contracts whose lists are read, where Procore lists by contract only (payments issued). None: nothing is read. */
  contracts?: readonly string[]
}

export type ReadOptions = {
  /** Only what changed since (ISO, Procore's clock); the whole list when absent or where the list cannot filter. */
  since?: string | undefined
  /** Further published filters, by their whole name. */
  filters?: Record<string, string>
  priority?: Priority
  signal?: AbortSignal | undefined
}

export type ProcoreList = {
  id: string
  itemTypes: readonly ItemType[]
  scope: 'company' | 'project'
  /** filters[updated_at] exists (procore-api.md 4.2). */
  updatedFilter: boolean
  /** Listed under one commitment at a time, so the whole costs a call for each: only those whose sums moved are read, and all of them now and then. */
  byContract?: true
  /** filters[include_deleted] exists. */
  includeDeleted: boolean
  perPage: number
  /** Named ones one call answers: more than one where an id filter exists. */
  idsPerCall: number
  read(client: Client, where: Where, options?: ReadOptions): AsyncIterable<ProcoreItem[]>
  /** The named ones, as few calls as possible; one Procore does not show is missing from the answer. Filters are never trusted. */
  byIds(client: Client, where: Where, ids: readonly string[], options?: ReadOptions): Promise<ProcoreItem[]>
  /** Where filters[origin_id] exists: items that really carry this origin_id. */
  byOrigin?(client: Client, where: Where, originId: string, options?: ReadOptions): Promise<ProcoreItem[]>
  /** One entity of an answer; null when it is none. */
  parse(raw: unknown, project: string | null): ProcoreItem | null
  sync?: SyncAction
  one?: OneByOne
  /** Lines that stand under one item (`where.contracts` names it) and carry a link of their own. */
  under?: ProcoreList
}

/** A published sync action (procore-api.md 5.2): up to 1,000 rows in one call, always 200, good rows committed. */
type SyncAction = {
  path(where: Where, client: Client): string
  query?(where: Where): Record<string, string>
  /** Scope ids of the body, as text. */
  scope(client: Client, where: Where): Record<string, string>
  fields: Fields
  /** Fields that stand in the call's query, or beside its rows, instead of in the row: rows that differ in one go by calls of their own. */
  rowQuery?: readonly string[]
  rowScope?: readonly string[]
  /** A filled origin_id freezes the item whole (procore-api.md 5.3). */
  locked: boolean
  /** Calls in parallel for one project answer 409. */
  serial: boolean
  /** Rows under the item that go by a call of their own, from this key of the body. */
  lines?: { key: string; parent: string; list: ProcoreList }
}

/** A published write of a single record, for lists without a sync action (procore-api.md 5.2). */
export type OneByOne = {
  /** Field of the content that holds the parent's id (a contract, a commitment); null where there is none. */
  parent: string | null
  create?(where: Where, parent: string | null): OneCall
  change(where: Where, id: string, parent: string | null): OneCall
  /** Fields of the record in the body, `origin_id` and `origin_data` among them where the reference has them. */
  fields: Fields
  /** Those that may still change once origin_id is filled; all of them where only the status locks (procore-api.md 5.3). */
  locked: readonly string[]
}

/** Where one record is sent: under `bodyKey`, with the ids of `scope` (as text) beside it. */
export type OneCall = {
  method: 'POST' | 'PATCH'
  path: string
  query: Record<string, string>
  scope: Record<string, string>
  bodyKey: string
}

/** The contract under which an item is read anew, where its list is read contract by contract. */
export function contractOf({ byContract, one }: ProcoreList, { content }: Pick<ProcoreItem, 'content'>): string[] | undefined {
  const contract = byContract && one?.parent ? content[one.parent] : undefined
  return contract === undefined || contract === null ? undefined : [String(contract)]
}
