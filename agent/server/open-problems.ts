/** What stands open, cause by cause: every problem once, with the record, item and file it is about, of those a person may see. */
import type { DatabaseSync } from 'node:sqlite'
import type { Problem } from '../../shared/problem.ts'
import type { Agent, Caller } from './agent.ts'

export type CauseRow = { cause: string; count: number; since: number; first: number; connection: number | null }
export type ConcernedRow = {
  record: number | null
  key: string | null
  entity: string | null
  type: number | null
  item: string | null
  project: string | null
  file: string | null
  line: number | null
  params: string
}

/** How many records are listed behind one cause. */
export const listedAtMost = 50

/** Trouble of the way to Procore or of the agent itself: it concerns everyone, whichever projects they see. */
const ofEveryone: readonly Problem['code'][] = [
  ...(['procore-busy', 'procore-down', 'procore-secret', 'procore-not-connected', 'send-unconfirmed'] as const),
  ...(['folder-unreachable', 'folder-read-only', 'disk-full'] as const),
]

const ofRecord = 'LEFT JOIN records r ON r.id = p.record'
const ofSource = `${ofRecord} LEFT JOIN export_files f ON f.id = p.file LEFT JOIN sources s ON s.id = coalesce(r.source, f.source)`
const ofItem = `${ofSource} LEFT JOIN links l ON l.record = p.record
  LEFT JOIN items i ON i.connection = p.connection AND i.type = coalesce(p.item_type, l.item_type) AND i.id = coalesce(p.item_id, l.item_id)`
const ofTake = `${ofItem} LEFT JOIN takes t ON t.id = coalesce(r.changed, r.take) LEFT JOIN export_files tf ON tf.id = t.file`
/** What a deleted connection met concerns nobody until it is restored. */
export const isThere = '(p.connection IS NULL OR p.connection NOT IN (SELECT id FROM connections WHERE deleted_at IS NOT NULL))'
/** Nor what one met that is open to others alone. */
const isOpen = '(p.connection IS NULL OR p.connection NOT IN (SELECT value FROM json_each(:shut)))'
/** A record, or a row that became none. */
const isRow = '(p.record IS NOT NULL OR p.line IS NOT NULL)'

const inScope = "(SELECT value FROM json_each(:scope) UNION ALL SELECT '')"
/** What nobody can place belongs to those alone who see everything; trouble that is of no record, such as a whole file's, to every admin too. */
const theirs = `CASE
  WHEN i.id IS NOT NULL THEN coalesce(i.project, '') IN ${inScope}
  WHEN p.record IS NOT NULL THEN place_of(p.record) IN ${inScope}
  WHEN p.params ->> 'project' IS NOT NULL THEN p.params ->> 'project' IN ${inScope}
  ELSE :admin AND p.line IS NULL OR p.code IN (${ofEveryone.map((code) => `'${code}'`).join(', ')}) END`

/** Questions about what is open, answered for one caller at a time. */
export function openProblems({ reader: { raw }, places }: Pick<Agent, 'reader' | 'places'>) {
  let placeOf = places()
  raw.function('place_of', (record) => {
    const place = placeOf(Number(record))
    return place === undefined ? null : (place ?? '')
  })
  const [all, some] = [questions(raw, false), questions(raw, true)]
  return (caller: Caller, connection: number | null) => {
    placeOf = places()
    const ask = caller.scope === null ? all : some
    const shut = JSON.stringify([...caller.shut.keys()])
    const scope: Record<string, string | number> =
      caller.scope === null ? {} : { scope: JSON.stringify([...caller.scope]), admin: Number(caller.role === 'admin') }
    return {
      placeOf,
      causes: () => ask.causes.all({ ...scope, shut, connection }) as unknown as CauseRow[],
      kinds: (cause: string) => ask.kinds.all({ ...scope, shut, cause }) as unknown as { entity: string; count: number }[],
      concerned: (cause: string) => ask.concerned.all({ ...scope, shut, cause }) as unknown as ConcernedRow[],
      waiting: (cause: string) => Number(ask.waiting.get({ ...scope, shut, cause })?.['n']),
    }
  }
}

/** Whoever sees everything is told without a look at places: with tens of thousands open, each join counts. */
function questions(raw: DatabaseSync, scoped: boolean) {
  const from = (needed: string): string => `FROM problems p ${scoped && needed !== ofTake ? ofItem : needed}`
  const where = `WHERE p.closed_at IS NULL AND ${isThere} AND ${isOpen} ${scoped ? `AND (${theirs})` : ''}`
  return {
    causes: raw.prepare(`
      SELECT p.cause, sum(p.count) AS count, min(p.opened_at) AS since, min(p.id) AS first, p.connection
      ${from('')} ${where} AND (:connection IS NULL OR p.connection = :connection) GROUP BY p.cause ORDER BY count DESC, first`),
    kinds: raw.prepare(`
      SELECT s.entity, sum(p.count) AS count
      ${from(ofSource)} ${where} AND p.cause = :cause AND s.entity IS NOT NULL AND ${isRow} GROUP BY s.entity ORDER BY count DESC, s.entity`),
    concerned: raw.prepare(`
      SELECT p.record, r.key, s.entity, coalesce(p.item_type, l.item_type) AS type, coalesce(p.item_id, l.item_id) AS item, i.project,
        coalesce(f.name, tf.name) AS file, coalesce(p.line, r.line) AS line, p.params
      ${from(ofTake)} ${where} AND p.cause = :cause AND ${isRow} ORDER BY p.id LIMIT ${listedAtMost}`),
    // “state <> 5” lets the index of a record's open changes be used; what is being sent waits no more.
    waiting: raw.prepare(`
      SELECT count(*) AS n ${from('')} JOIN outbox o ON o.record = p.record AND o.state <> 5 AND o.state <> 1 AND o.problem = p.id
      ${where} AND p.cause = :cause`),
  }
}
