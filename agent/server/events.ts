import type { Event } from '../../shared/event.ts'
import { itemTypes } from '../../shared/item.ts'
import { eventOf } from '../ledger/events.ts'
import type { Caller, Reader } from './agent.ts'
import type { Handler } from './call.ts'
import { maySee } from './guard.ts'

const atMost = 500

export type Events = ReturnType<typeof createEvents>

/** Events out of the ledger, as one person may see them. */
export function createEvents({ raw }: Reader) {
  const after = raw.prepare('SELECT * FROM events WHERE n > ? ORDER BY n LIMIT ?')
  const ends = raw.prepare('SELECT min(n) AS first, max(n) AS last FROM events')
  const projectOf = raw.prepare('SELECT project FROM items WHERE type = ? AND id = ?')

  const isVisible = (caller: Caller, { type, id }: { type: string; id: string }): boolean => {
    const row = projectOf.get(itemTypes.indexOf(type as never), id) as { project: string | null } | undefined
    return row !== undefined && maySee(caller, row.project)
  }

  /** The event as this person may see it: other projects' items are left out; null when nothing of it is theirs. */
  const seenBy = (caller: Caller, event: Event): Event | null => {
    if (event.connection !== undefined && caller.shut.has(Number(event.connection))) return null
    if (caller.scope === null) return event
    if (!maySee(caller, event.project)) return null
    if (!event.items || event.project !== undefined) return event
    const items = event.items.filter((item) => isVisible(caller, item))
    return items.length === 0 && event.items.length > 0 ? null : { ...event, items }
  }

  const last = (): number => (ends.get() as { last: number | null }).last ?? 0

  return {
    last,
    seenBy,
    /** Events after a number, oldest first; `gap` (and none) when some between were forgotten, or the number is one we never gave: reload, go on from `last`. */
    since(since: number, caller: Caller): { events: Event[]; last: number; gap: boolean } {
      const { first, last: newest } = ends.get() as { first: number | null; last: number | null }
      const gap = since > (newest ?? 0) || (first !== null && since < first - 1)
      if (gap) return { events: [], last: newest ?? 0, gap }
      const rows = after.all(since, atMost)
      const events = rows.map((row) => seenBy(caller, eventOf(row))).filter((event) => event !== null)
      return { events, last: Number(rows.at(-1)?.['n'] ?? since), gap }
    },
  }
}

export const eventsHandler =
  (events: Events): Handler<'events'> =>
  ({ query, caller }) =>
    events.since(query.since, caller)
