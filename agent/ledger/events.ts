import type { DatabaseSync } from 'node:sqlite'
import type { Event, EventKind } from '../../shared/event.ts'

/** What a command says happened; number and time are given by the ledger. Ids are texts, as on the wire. */
export type NewEvent = Omit<Event, 'n' | 'at' | 'kind'>

const number = (id: string | undefined): number | null => (id === undefined ? null : Number(id))
const text = (id: unknown): string | undefined => (id === null || id === undefined ? undefined : String(id))

/** Stores one event in the open transaction and answers it with its number: one more than the last, without gaps. */
export function storeEvent(raw: DatabaseSync, at: number, kind: EventKind, event: NewEvent): Event {
  const { connection, project, run, person, items, more, data } = event
  const rest = JSON.stringify({ items, more, data })
  const { lastInsertRowid } = raw
    .prepare('insert into events (at, kind, connection, project, run, person, data) values (?, ?, ?, ?, ?, ?, ?)')
    .run(at, kind, number(connection), project ?? null, number(run), number(person), rest)
  return { n: Number(lastInsertRowid), at: new Date(at).toISOString(), kind, ...event }
}

/** A stored event as the wire speaks it. */
export function eventOf(row: Record<string, unknown>): Event {
  const rest = JSON.parse(String(row['data'])) as Pick<Event, 'items' | 'more' | 'data'>
  const event: Event = { n: Number(row['n']), at: new Date(Number(row['at'])).toISOString(), kind: String(row['kind']), ...rest }
  for (const name of ['connection', 'project', 'run', 'person'] as const) {
    const value = text(row[name])
    if (value !== undefined) event[name] = value
  }
  return event
}
