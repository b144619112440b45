import type { BodyOf, StatusAnswer, StatusItem } from '../../shared/api.ts'
import { type Entity, type ItemRef, type ItemType, itemTypes } from '../../shared/item.ts'
import { linkStates } from '../../shared/link-state.ts'
import { problem } from '../../shared/problem.ts'
import type { Agent, Caller } from './agent.ts'
import type { Handler } from './call.ts'
import { maySee } from './guard.ts'
import { Refusal } from './refusal.ts'
import { iso, storedProblem } from './says.ts'
import { type Connection, createServed, type Served, type Source } from './served.ts'

/** Which export speaks of an item of this type: tells how old a “not linked” is. */
export const entityOfItem: Partial<Record<ItemType, Entity>> = {
  vendor: 'vendors',
  project: 'jobs',
  'work-order-contract': 'commitments',
  'purchase-order-contract': 'commitments',
  'direct-cost': 'jc-transactions',
}

type LinkRow = { record: number; state: number; since: number; problem: number | null; key: string; source: number }
type SeenRow = { project: string | null; seen_at: number }
type ProblemRow = { code: string; params: string; line: number | null; column_name: string | null; file_name: string | null }
type Item = StatusItem & { project?: string | null }

export type Status = ReturnType<typeof createStatus>

/**
 * Answers what a badge needs, for up to 500 items at once. Prepared statements on the read-only connection; what belongs to a
 * connection is read once per answer, so that each item costs two look-ups by key.
 */
export function createStatus(agent: Pick<Agent, 'reader' | 'nextRun'>) {
  const { raw } = agent.reader
  const served = createServed(agent)
  const linkOf = raw.prepare(`
    SELECT l.record, l.state, l.since, l.problem, r.key, r.source
    FROM links l JOIN records r ON r.id = l.record JOIN takes t ON t.id = r.take
    WHERE l.item_type = ? AND l.item_id = ? AND t.sealed_at IS NOT NULL`)
  const seenOf = raw.prepare('SELECT project, seen_at FROM items WHERE connection = ? AND type = ? AND id = ?')
  const problemOf = raw.prepare(`
    SELECT p.code, p.params, p.line, p.column_name, f.name AS file_name
    FROM problems p LEFT JOIN export_files f ON f.id = p.file WHERE p.id = ? AND p.closed_at IS NULL`)
  const lastMove = raw.prepare('SELECT data FROM history WHERE record = ? ORDER BY id DESC LIMIT 1')
  const lastEvent = raw.prepare('SELECT max(n) AS n FROM events')

  const linked = (ref: ItemRef, row: LinkRow, source: Source): Item => {
    const seen = seenOf.get(source.connection, itemTypes.indexOf(ref.type), ref.id) as SeenRow | undefined
    const item: Item = {
      type: ref.type,
      id: ref.id,
      link: String(row.record),
      state: linkStates[row.state] ?? 'not-linked',
      since: iso(row.since),
      erpKey: row.key,
      connection: String(source.connection),
      erpAsOf: source.asOfText,
      procoreAsOf: seen ? iso(seen.seen_at) : null,
      project: seen?.project ?? ref.project ?? null,
    }
    const trouble = row.problem === null ? undefined : (problemOf.get(row.problem) as ProblemRow | undefined)
    if (trouble) item.problem = storedProblem(trouble)
    if (item.state.startsWith('changed-in-')) item.fields = fieldsIn(lastMove.get(row.record)?.['data'])
    return item
  }

  /** Nothing in the ERP is tied to the item: who would know, and as of when. */
  const unlinked = (ref: ItemRef, connections: readonly Connection[]): Item => {
    const type = itemTypes.indexOf(ref.type)
    const found = connections.map(({ id }) => seenOf.get(id, type, ref.id) as SeenRow | undefined)
    const at = found.findIndex((seen) => seen !== undefined)
    const connection = connections[at] ?? (connections.length === 1 ? connections[0] : undefined)
    const source = connection?.sources.find(({ entity }) => entity === entityOfItem[ref.type])
    return {
      type: ref.type,
      id: ref.id,
      link: null,
      state: 'not-linked',
      since: null,
      erpKey: null,
      connection: connection ? String(connection.id) : null,
      erpAsOf: source?.asOfText ?? null,
      procoreAsOf: found[at] ? iso(found[at].seen_at) : null,
      project: found[at] ? found[at].project : (ref.project ?? null),
    }
  }

  const one = (ref: ItemRef, { sources }: Served, connections: readonly Connection[]): Item => {
    const row = linkOf.get(itemTypes.indexOf(ref.type), ref.id) as LinkRow | undefined
    const source = row && sources.get(row.source)
    return row && source && connections.some(({ id }) => id === source.connection) ? linked(ref, row, source) : unlinked(ref, connections)
  }

  return {
    served,
    /** Items of other people's projects are left out, not answered as if nothing were known. Throws `wrong-company`. */
    of({ company, items }: BodyOf<'status'>, caller: Caller): StatusAnswer {
      const now = served.read()
      const asked = companyOf(company, now)
      const connections = now.connections.filter((connection) => connection.company === asked)
      const seen = items.map((ref) => one(ref, now, connections)).filter((item) => maySee(caller, item.project))
      for (const item of seen) delete item.project
      return {
        company: asked,
        connections: Object.fromEntries(connections.map((connection) => [connection.id, served.spoken(caller, connection)])),
        items: seen,
        event: (lastEvent.get() as { n: number | null }).n ?? 0,
      }
    },
  }
}

/** The company a page shows must be one served here; a page that cannot know its company is fine while there is only one. */
function companyOf(company: string | null, { companies, connections }: Served): string {
  const only = companies.length === 1 ? companies[0] : undefined
  if (company === null && only !== undefined) return only
  if (company !== null && companies.includes(company)) return company
  const names = [...new Set(connections.map(({ companyName }) => companyName))].join(', ')
  throw new Refusal(409, problem('wrong-company', { agent: names, page: company ?? '?' }))
}

/** The fields that made the state what it is, as its last move told them. */
const fieldsIn = (data: unknown): string[] => (JSON.parse(String(data ?? '{}')) as { fields?: string[] }).fields ?? []

export const statusHandler =
  (status: Status, { onScreen }: Pick<Agent, 'onScreen'>): Handler<'status'> =>
  ({ body, caller }) => {
    const answer = status.of(body, caller)
    onScreen(body.items)
    return answer
  }
