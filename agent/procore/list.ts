/** What a kind of Procore item knows about its endpoints. One file per kind; the list is index.ts. */
import type { ItemType } from '../../shared/item.ts'
import type { ProcoreItem } from '../items/kind.ts'
import type { Client } from './client.ts'
import type { Priority } from './rate-plan.ts'
import type { Fields } from './writing.ts'

/** Where to read. `project` is null for lists of the company; `anyProject` is for company lists that ask for a project all the same. */
export type Where = { project: string | null; anyProject?: string | null }

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
  /** filters[include_deleted] exists. */
  includeDeleted: boolean
  perPage: number
  read(client: Client, where: Where, options?: ReadOptions): AsyncIterable<ProcoreItem[]>
  /** The named ones, as few calls as possible; one Procore does not show is missing from the answer. Filters are never trusted. */
  byIds(client: Client, where: Where, ids: readonly string[], options?: ReadOptions): Promise<ProcoreItem[]>
  /** Where filters[origin_id] exists: items that really carry this origin_id. */
  byOrigin?(client: Client, where: Where, originId: string, options?: ReadOptions): Promise<ProcoreItem[]>
  /** One entity of an answer; null when it is none. */
  parse(raw: unknown, project: string | null): ProcoreItem | null
  sync?: SyncAction
}

/** A published sync action (procore-api.md 5.2): up to 1,000 rows in one call, always 200, good rows committed. */
type SyncAction = {
  path(where: Where): string
  query?(where: Where): Record<string, string>
  /** Scope ids of the body, as text. */
  scope(client: Client, where: Where): Record<string, string>
  fields: Fields
  /** A filled origin_id freezes the item whole (procore-api.md 5.3). */
  locked: boolean
  /** Calls in parallel for one project answer 409. */
  serial: boolean
  /** Rows under the item that go by a call of their own, from this key of the body. */
  lines?: { key: string; parent: string; list: ProcoreList }
}
