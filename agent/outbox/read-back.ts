/** Reads items as they are now, by as few calls as possible; used before writes and after lost answers. Filters are never trusted. */
import type { Problem } from '../../shared/problem.ts'
import type { ProcoreItem } from '../items/kind.ts'
import type { Client } from '../procore/client.ts'
import { ProcoreTrouble } from '../procore/errors.ts'
import type { ProcoreList, Where } from '../procore/list.ts'
import { stamp } from '../procore/reading-lists.ts'
import type { Delivery } from './outbox.ts'

/** A few are asked for by name; more where an id filter takes them in no more calls than the whole list would need. */
const cheaperByIds = (ids: number, { idsPerCall, perPage, scope }: ProcoreList): boolean =>
  ids <= 3 || (scope === 'company' && idsPerCall > 1 && (ids <= idsPerCall || Math.ceil(ids / idsPerCall) <= Math.ceil(ids / perPage)))

/**
 * The named items by id. What Procore does not show is missing; a project that it hides (404 stands for 403 there, procore-api.md 9.1) is told as
 * `project-not-permitted`: items of it are not gone, and what waits for them goes on once it is shown again.
 */
export async function readNow(
  client: Client,
  list: ProcoreList,
  where: Where,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, ProcoreItem>> {
  if (ids.length === 0) return new Map()
  if (cheaperByIds(ids.length, list)) {
    const found = mapped(await list.byIds(client, where, ids, { priority: 'write', signal }))
    if (found.size === 0 && where.project !== null) await refuseHidden(client, list, where, signal)
    return found
  }
  const wanted = new Set(ids)
  const found = new Map<string, ProcoreItem>()
  for await (const items of list.read(client, where, { priority: 'write', signal })) {
    for (const item of items) if (wanted.has(item.id)) found.set(item.id, item)
    if (found.size === wanted.size) break
  }
  const missing = ids.filter((id) => !found.has(id))
  return missing.length > 0 && missing.length <= 20
    ? new Map([...found, ...mapped(await list.byIds(client, where, missing, { priority: 'write', signal }))])
    : found
}

/** Throws where Procore hides the project: a missing item alone does not tell, its list does. */
async function refuseHidden(client: Client, list: ProcoreList, where: Where, signal?: AbortSignal): Promise<void> {
  for await (const _ of list.read(client, where, { priority: 'write', signal })) return
}

/** The same, for what a person waits to see ended: none of them is shown where Procore hides their whole project by now, and `hidden` says so. */
export async function readShown(...asked: Parameters<typeof readNow>): Promise<{ now: Map<string, ProcoreItem>; hidden: Problem | null }> {
  try {
    return { now: await readNow(...asked), hidden: null }
  } catch (cause) {
    if (!(cause instanceof ProcoreTrouble) || cause.problem.code !== 'project-not-permitted') throw cause
    return { now: new Map(), hidden: cause.problem }
  }
}

/** What was written since `since` (ms), by id: one call for a whole batch where the list can be asked so. */
export async function readSince(
  client: Client,
  list: ProcoreList,
  where: Where,
  since: number,
  signal?: AbortSignal,
): Promise<Map<string, ProcoreItem>> {
  const found = new Map<string, ProcoreItem>()
  for await (const items of list.read(client, where, { since: stamp(since), priority: 'write', signal }))
    for (const item of items) found.set(item.id, item)
  return found
}

/** Items of creates whose answer was lost, by the origin_id they really carry. */
export async function findByOrigin(
  client: Client,
  list: ProcoreList,
  where: Where,
  lost: readonly Delivery[],
  signal?: AbortSignal,
): Promise<Map<string, ProcoreItem>> {
  const wanted = new Set(lost.map((one) => one.originId))
  const found = new Map<string, ProcoreItem>()
  const keep = (items: readonly ProcoreItem[]): void => {
    for (const item of items) if (item.originId !== null && wanted.has(item.originId)) found.set(item.originId, item)
  }
  if (list.byOrigin && wanted.size <= 3)
    for (const originId of wanted) keep(await list.byOrigin(client, where, originId, { priority: 'write', signal }))
  else for await (const items of list.read(client, where, { priority: 'write', signal })) keep(items)
  return found
}

const mapped = (items: readonly ProcoreItem[]): Map<string, ProcoreItem> => new Map(items.map((item) => [item.id, item]))
