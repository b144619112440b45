import type { StatusItem } from '../../shared/api.ts'
import { type ItemRef, itemKey } from '../../shared/item.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import type { Connections, Reply, Statuses } from '../bridge/calls.ts'

/** What the page knows about one item. `asOf`: when the agent said so; `trouble`: why it is only last known. */
export type Known = { status: StatusItem | null; connections: Connections; asOf: string; trouble: ToldProblem | null }

/** What is known about items in this tab; survives moving between pages, so going back asks nothing. */
export type Book = {
  get(key: string): Known | undefined
  /** Asks for those of the items that are not known and not being asked for: one request, or none. */
  want(items: readonly ItemRef[]): void
  /** Told whenever something about these items is new; an unknown item was forgotten. */
  onChange(listen: (keys: ReadonlySet<string>) => void, signal: AbortSignal): void
  forget(keys: readonly string[] | 'all'): void
}

const LIMIT = 500 // items of one request (shared/api.ts)

export type AskStatuses = (items: readonly ItemRef[]) => Promise<Reply<Statuses>>

/** Opens an empty book; `ask` brings states from the background. */
export function openBook(ask: AskStatuses): Book {
  const known = new Map<string, Known>()
  const asked = new Map<string, ItemRef>()
  const listeners = new Set<(keys: ReadonlySet<string>) => void>()
  const tell = (keys: Iterable<string>): void => {
    const set = new Set(keys)
    if (set.size > 0) for (const listen of listeners) listen(set)
  }

  async function fetchSome(items: readonly ItemRef[]): Promise<void> {
    for (const item of items) asked.set(itemKey(item), item)
    const reply = await ask(items)
    for (const [key, what] of pagesOf(items, reply)) {
      asked.delete(key)
      known.set(key, what)
    }
    tell(items.map(itemKey))
  }

  return {
    get: (key) => known.get(key),
    want(items) {
      const unknown = items.filter((item) => !known.has(itemKey(item)) && !asked.has(itemKey(item)))
      for (let at = 0; at < unknown.length; at += LIMIT) void fetchSome(unknown.slice(at, at + LIMIT))
    },
    onChange(listen, signal) {
      listeners.add(listen)
      signal.addEventListener('abort', () => listeners.delete(listen))
    },
    forget(keys) {
      const gone = keys === 'all' ? [...known.keys()] : keys.filter((key) => known.has(key))
      for (const key of gone) known.delete(key)
      tell(gone)
    },
  }
}

/** What a reply says about each item asked for; an item the agent did not answer is known to have no state, not asked again. */
function pagesOf(items: readonly ItemRef[], reply: Reply<Statuses>): [string, Known][] {
  if ('problem' in reply) return items.map((item) => [itemKey(item), { status: null, connections: {}, asOf: '', trouble: reply.problem }])
  const { connections, asOf, trouble } = reply.value
  const byKey = new Map(reply.value.items.map((status) => [`${status.type}:${status.id}`, status]))
  return items.map((item) => [itemKey(item), { status: byKey.get(itemKey(item)) ?? null, connections, asOf, trouble }])
}
