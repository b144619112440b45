import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'

/** Who did what, from where and with which key, to what; before and after as data. `person` is null for the agent itself. */
export type Act = {
  person: number | null
  origin: string
  key?: number | null
  act: string
  subject: string
  before?: unknown
  after?: unknown
}

type Stored = {
  at: number
  person: number | null
  origin: string
  act: string
  subject: string
  before: string | null
  after: string | null
  /** JSON; null where no browser asked, and in acts of an older Tieback. */
  browser: string | null
}
type Row = Stored & { id: number; hash: string }

const textOf = (value: unknown): string | null => (value === undefined || value === null ? null : JSON.stringify(value))

/** Chains a row to the one before it: whoever changes, drops or inserts one breaks every hash after it. Acts without a browser are hashed as ever, also in a ledger that has no place for it yet. */
const chain = (previous: string, { at, person, origin, act, subject, before, after, browser }: Stored): string =>
  createHash('sha256')
    .update(JSON.stringify([previous, at, person, origin, act, subject, before, after, ...((browser ?? null) === null ? [] : [browser])]))
    .digest('hex')

const lastHash = (raw: DatabaseSync): string => String(raw.prepare('select hash from audit order by id desc limit 1').get()?.['hash'] ?? '')

/** A paired browser, as the list of browsers names it; every one of a kind has the same origin. */
type Browser = { key: string; label: string }

function browserWith(raw: DatabaseSync, key: number | null): Browser | null {
  const row = key === null ? undefined : raw.prepare("select label from keys where id = ? and origin <> 'cli'").get(key)
  return row ? { key: String(key), label: String(row['label']) } : null
}

/** Writes an act in the transaction that does it. */
export function storeAct(raw: DatabaseSync, at: number, { before, after, key = null, ...act }: Act): void {
  const row: Stored = { at, ...act, before: textOf(before), after: textOf(after), browser: textOf(browserWith(raw, key)) }
  raw
    .prepare('insert into audit (at, person, origin, act, subject, before, after, browser, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(at, row.person, row.origin, row.act, row.subject, row.before, row.after, row.browser, chain(lastHash(raw), row))
}

/**
 * What the chain proves. `broken`: the first row that does not follow from those before it. `head` is the hash of the last: kept elsewhere, it
 * proves later that nothing was cut off at the end (`holds`: whether a head kept so is still in the chain; null where none was given).
 */
export type ChainCheck = { acts: number; head: string; broken: { id: number; at: number; act: string } | null; holds: boolean | null }

/** Walks a chain row by row, in the order of their ids; `take` answers false from the first on that does not follow. */
function chainWalk(kept: string | null = null): { check: ChainCheck; take(row: unknown): boolean } {
  const check: ChainCheck = { acts: 0, head: '', broken: null, holds: kept === null ? null : false }
  return {
    check,
    take(row) {
      const { id, hash, ...stored } = row as Row
      if (chain(check.head, stored) !== hash) check.broken ??= { id, at: stored.at, act: stored.act }
      if (check.broken) return false
      check.head = hash
      check.acts += 1
      if (hash === kept) check.holds = true
      return true
    },
  }
}

/** Walks the whole chain. */
export function checkChain(raw: DatabaseSync, kept: string | null = null): ChainCheck {
  const { check, take } = chainWalk(kept)
  for (const row of raw.prepare('select * from audit order by id').iterate()) if (!take(row)) break
  return check
}

/** Whether an act follows from the one before it. */
export function follows(raw: DatabaseSync, { id, hash, at, person, origin, act, subject, before, after, browser }: Row): boolean {
  const previous = String(raw.prepare('select hash from audit where id < ? order by id desc limit 1').get(id)?.['hash'] ?? '')
  return chain(previous, { at, person, origin, act, subject, before, after, browser }) === hash
}

/** The id of the first row that does not follow from those before it, or null when all do. */
export const firstBrokenAct = (raw: DatabaseSync): number | null => checkChain(raw).broken?.id ?? null

/** An act as it is handed to an auditor; `before` and `after` are JSON. */
export type ToldAct = Row & { name: string | null; email: string | null }

const told = 'select a.*, p.name, p.email from audit a left join people p on p.id = a.person'

/** Acts from `from` up to and without `to` (ms), oldest first, with the person's name as it is now. */
export function* actsBetween(raw: DatabaseSync, from: number, to: number): Generator<ToldAct> {
  const acts = raw.prepare(`${told} where a.at >= ? and a.at < ? order by a.id`)
  for (const row of acts.iterate(from, to)) yield row as unknown as ToldAct
}

/** One act; null where there is none of that number. */
export const actAt = (raw: DatabaseSync, id: number): ToldAct | null =>
  (raw.prepare(`${told} where a.id = ?`).get(id) as unknown as ToldAct | undefined) ?? null

/** Read at once; whoever else asks meanwhile waits for no more. */
const sliceActs = 500

/** Acts before the one of this number, newest first, a slice at a time: however many there are, others are answered in between. */
export async function* actsBefore(raw: DatabaseSync, before: number): AsyncGenerator<ToldAct> {
  const slice = raw.prepare(`${told} where a.id < ? order by a.id desc limit ${sliceActs}`)
  yield* sliced((from) => slice.all(from) as unknown as ToldAct[], before)
}

/** Walks the whole chain as `checkChain` does, a slice at a time; acts that are added meanwhile are walked too. */
export async function checkChainInSlices(raw: DatabaseSync, kept: string | null): Promise<ChainCheck> {
  const { check, take } = chainWalk(kept)
  const slice = raw.prepare(`select * from audit where id > ? order by id limit ${sliceActs}`)
  for await (const row of sliced((from) => slice.all(from) as unknown as Row[], Number.MIN_SAFE_INTEGER)) if (!take(row)) break
  return check
}

async function* sliced<T extends { id: number }>(read: (from: number) => T[], from: number): AsyncGenerator<T> {
  for (let rows = read(from); rows.length > 0; rows = read(rows.at(-1)?.id ?? from)) {
    yield* rows
    if (rows.length < sliceActs) return
    await setImmediate()
  }
}
