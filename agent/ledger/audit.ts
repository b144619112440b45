import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'

/** Who did what, from where, to what; before and after as data. `person` is null for the agent itself. */
export type Act = { person: number | null; origin: string; act: string; subject: string; before?: unknown; after?: unknown }

type Stored = {
  at: number
  person: number | null
  origin: string
  act: string
  subject: string
  before: string | null
  after: string | null
}

const textOf = (value: unknown): string | null => (value === undefined || value === null ? null : JSON.stringify(value))

/** Chains a row to the one before it: whoever changes, drops or inserts one breaks every hash after it. */
const chain = (previous: string, { at, person, origin, act, subject, before, after }: Stored): string =>
  createHash('sha256')
    .update(JSON.stringify([previous, at, person, origin, act, subject, before, after]))
    .digest('hex')

const lastHash = (raw: DatabaseSync): string => String(raw.prepare('select hash from audit order by id desc limit 1').get()?.['hash'] ?? '')

/** Writes an act in the transaction that does it. */
export function storeAct(raw: DatabaseSync, at: number, { before, after, ...act }: Act): void {
  const row: Stored = { at, ...act, before: textOf(before), after: textOf(after) }
  raw
    .prepare('insert into audit (at, person, origin, act, subject, before, after, hash) values (?, ?, ?, ?, ?, ?, ?, ?)')
    .run(at, row.person, row.origin, row.act, row.subject, row.before, row.after, chain(lastHash(raw), row))
}

/** Walks the chain: the id of the first row that does not follow from those before it, or null when all do. */
export function firstBrokenAct(raw: DatabaseSync): number | null {
  let previous = ''
  for (const row of raw.prepare('select * from audit order by id').iterate()) {
    const { id, hash, ...stored } = row as unknown as Stored & { id: number; hash: string }
    if (chain(previous, stored) !== hash) return id
    previous = hash
  }
  return null
}
