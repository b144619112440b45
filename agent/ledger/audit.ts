import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'

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

/** As an act has it; what another program made unreadable is told as the text it is now. */
export function browserSaid(stored: unknown): string | null {
  if (typeof stored !== 'string') return null
  const { key, label } = browserOf(stored) ?? {}
  return label === undefined ? stored : `${label} (${key})`
}

function browserOf(stored: string): Partial<Browser> | null {
  try {
    return JSON.parse(stored) as Partial<Browser> | null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
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

/** Walks the whole chain. */
export function checkChain(raw: DatabaseSync, kept: string | null = null): ChainCheck {
  let head = ''
  let acts = 0
  let holds = kept === null ? null : false
  for (const row of raw.prepare('select * from audit order by id').iterate()) {
    const { id, hash, ...stored } = row as unknown as Row
    if (chain(head, stored) !== hash) return { acts, head, broken: { id, at: stored.at, act: stored.act }, holds }
    head = hash
    acts += 1
    if (head === kept) holds = true
  }
  return { acts, head, broken: null, holds }
}

/** The id of the first row that does not follow from those before it, or null when all do. */
export const firstBrokenAct = (raw: DatabaseSync): number | null => checkChain(raw).broken?.id ?? null

/** An act as it is handed to an auditor; `before` and `after` are JSON. */
export type ToldAct = Row & { name: string | null; email: string | null }

/** Acts from `from` up to and without `to` (ms), oldest first, with the person's name as it is now. */
export function* actsBetween(raw: DatabaseSync, from: number, to: number): Generator<ToldAct> {
  const acts = raw.prepare(
    'select a.*, p.name, p.email from audit a left join people p on p.id = a.person where a.at >= ? and a.at < ? order by a.id',
  )
  for (const row of acts.iterate(from, to)) yield row as unknown as ToldAct
}
