import type { StatusAnswer, StatusItem } from '../../shared/api/status.ts'
import type { BodyOf } from '../../shared/api.ts'
import { type Entity, entityOfItem, type ItemRef, type ItemType, itemTypes } from '../../shared/item.ts'
import { linkStates } from '../../shared/link-state.ts'
import { isOfEnvironment } from '../../shared/pages/hosts.ts'
import { problem } from '../../shared/problem.ts'
import type { Difference } from '../ledger/reconcile.ts'
import type { Agent, Caller } from './agent.ts'
import type { Handler } from './call.ts'
import { maySee, requireOpen } from './guard.ts'
import { createOnScreen } from './on-screen.ts'
import { Refusal } from './refusal.ts'
import { iso, isoOrNull, storedProblem } from './says.ts'
import { type Connection, createServed, type Served, type Source } from './served.ts'
import { whileUnchanged } from './unchanged.ts'

/** Exports the figures of a record rest on besides its own (items/: partOf). */
const parts: Partial<Record<string, readonly Entity[]>> = { commitments: ['commitment-items'] }

const restsOn = (type: ItemType, entity: string): boolean => {
  const own = entityOfItem[type] ?? ''
  return own === entity || (parts[own]?.some((part) => part === entity) ?? false)
}

/** Where in the question, and columns of the badges table, in the order they are asked for. */
type Badge = [at: number, record: number, state: number, since: number, problem: number | null, source: number, key: string]
type SeenRow = { project: string | null; seen_at: number }
type ProblemRow = { code: string; params: string; line: number | null; column_name: string | null; file_name: string | null }
type Times = { project: string | null; readAt: number | null; touchedAt: number | null; list: string; text: string | null }
type Found = { served: Served; connections: readonly Connection[]; byId: Map<number, Connection> }

/** When Procore was last asked for one list, by connection and project. */
type Asked = Map<number, Map<string, Times>>

export type Status = ReturnType<typeof createStatus>

/**
 * Answers what a badge needs, for up to 500 items at once: one statement finds all linked ones, what belongs to a connection or a
 * project is read once per answer. Prepared statements on the read-only connection.
 */
export function createStatus(agent: Pick<Agent, 'reader' | 'nextRun' | 'listOf' | 'lateSince' | 'now'>) {
  const { raw } = agent.reader
  const served = createServed(agent)
  const badgesOf = raw.prepare(`
    SELECT j.key, b.record, b.state, b.since, b.problem, b.source, b.key
    FROM json_each(?) j CROSS JOIN badges b ON b.item_type = ? AND b.item_id = j.value`)
  badgesOf.setReturnArrays(true)
  const seenOf = raw.prepare('SELECT project, seen_at FROM items WHERE connection = ? AND type = ? AND id = ?')
  const archivedOf = raw.prepare('SELECT at FROM archived_items WHERE connection = ? AND type = ? AND id = ?')
  const askedOf = raw.prepare('SELECT project, read_at, touched_at FROM polls WHERE connection = ? AND list = ?')
  const problemOf = raw.prepare(`
    SELECT p.code, p.params, p.line, p.column_name, f.name AS file_name
    FROM problems p LEFT JOIN export_files f ON f.id = p.file WHERE p.id = ? AND p.closed_at IS NULL`)
  const differenceOf = raw.prepare('SELECT differs FROM links WHERE record = ?')
  const lastEvent = raw.prepare('SELECT max(n) AS n FROM events')
  const begin = raw.prepare('BEGIN')
  const end = raw.prepare('COMMIT')

  const seen = (connection: number, { type, id }: ItemRef) => seenOf.get(connection, itemTypes.indexOf(type), id) as SeenRow | undefined

  /** When Procore was last asked for each list; kept until something is committed. */
  const known = whileUnchanged(agent.reader, () => new Map<string, Asked>())

  /** The same for the list items of this type stand in. */
  const askedFor = (type: ItemType, connections: readonly Connection[]): Asked => {
    const list = agent.listOf(type)
    if (list === null) return new Map()
    const lists = known()
    const asked = lists.get(list) ?? new Map<number, Map<string, Times>>()
    lists.set(list, asked)
    for (const { id } of connections) if (!asked.has(id)) asked.set(id, new Map(askedOf.all(id, list).map((row) => timesOf(list, row))))
    return asked
  }

  /** What either side of an item should have had by now. */
  const oldOf = ({ type, project }: ItemRef, connection: Connection | undefined, askedAt: Asked): StatusItem['old'] => {
    if (!connection) return undefined
    const source = connection.sources.find(({ entity, missed }) => missed !== null && restsOn(type, entity))
    if (source) return { expected: source.missed, entity: source.entity }
    const asked = askedAt.get(connection.id)?.get(project ?? '')
    const late = asked ? agent.lateSince(asked) : null
    return asked && late !== null ? { expected: iso(late), entity: asked.list, side: 'procore' } : undefined
  }

  const linked = (ref: ItemRef, badge: Badge, source: Source, found: Found, askedAt: Asked): StatusItem => {
    const [, record, state, since, problem, , key] = badge
    const { connection } = source
    const item: StatusItem = {
      type: ref.type,
      id: ref.id,
      link: String(record),
      state: linkStates[state] ?? 'not-linked',
      since: iso(since),
      erpKey: key,
      connection: String(connection),
      erpAsOf: source.asOfText,
      procoreAsOf: askedAt.get(connection)?.get(ref.project ?? '')?.text ?? isoOrNull(seen(connection, ref)?.seen_at),
    }
    const old = oldOf(ref, found.byId.get(connection), askedAt)
    if (old) item.old = old
    const trouble = problem === null ? undefined : (problemOf.get(problem) as ProblemRow | undefined)
    if (trouble) item.problem = storedProblem(trouble)
    if (item.state.startsWith('changed-in-')) Object.assign(item, differing(differenceOf.get(record)?.['differs']))
    return item
  }

  /** Nothing in the ERP is tied to the item: who would know, and as of when. */
  const unlinked = (ref: ItemRef, { connections }: Found, askedAt: Asked): StatusItem => {
    const found = connections.map(({ id }) => seen(id, ref))
    const at = found.findIndex((row) => row !== undefined)
    const connection = connections[at] ?? (connections.length === 1 ? connections[0] : undefined)
    const source = connection?.sources.find(({ entity }) => entity === entityOfItem[ref.type])
    const asked = connection && found[at] ? askedAt.get(connection.id)?.get(ref.project ?? '')?.text : null
    const old = oldOf(ref, connection, askedAt)
    const archived = found[at] && connection ? archivedOf.get(connection.id, itemTypes.indexOf(ref.type), ref.id)?.['at'] : undefined
    return {
      type: ref.type,
      id: ref.id,
      link: null,
      state: archived === undefined ? 'not-linked' : 'archived',
      since: isoOrNull(archived as number | undefined),
      erpKey: null,
      connection: connection ? String(connection.id) : null,
      erpAsOf: source?.asOfText ?? null,
      procoreAsOf: asked ?? isoOrNull(found[at]?.seen_at),
      ...(old ? { old } : {}),
    }
  }

  /** The linked ones among items of one type, at the same places; where two connections know an item, the one linked first. */
  const badgesFor = (items: readonly ItemRef[], type: ItemType, { served: { sources }, connections }: Found): (Badge | undefined)[] => {
    const badges = new Array<Badge | undefined>(items.length)
    const ids = JSON.stringify(items.map(({ id }) => id))
    for (const badge of badgesOf.all(ids, itemTypes.indexOf(type)) as unknown as Badge[]) {
      const connection = sources.get(badge[5])?.connection
      const first = badges[badge[0]]
      if ((first === undefined || badge[1] < first[1]) && connections.some(({ id }) => id === connection)) badges[badge[0]] = badge
    }
    return badges
  }

  const ofType = (items: readonly ItemRef[], type: ItemType, found: Found): StatusItem[] => {
    const badges = badgesFor(items, type, found)
    const askedAt = askedFor(type, found.connections)
    return items.map((ref, at) => {
      const badge = badges[at]
      const source = badge && found.served.sources.get(badge[5])
      return badge && source ? linked(ref, badge, source, found, askedAt) : unlinked(ref, found, askedAt)
    })
  }

  /** What Procore says of the item's project counts, never what the page says; an unknown item is where the page says it is. */
  const isVisible = (caller: Caller, ref: ItemRef, { connections, closed }: ReturnType<typeof servedTo>): boolean => {
    if (caller.scope === null && closed.length === 0) return true
    const known = connections.map(({ id }) => seen(id, ref)).find((row) => row !== undefined)
    // What a closed connection alone knows is left out: to say that nothing is tied to it would be untrue.
    if (known === undefined && closed.some(({ id }) => seen(id, ref) !== undefined)) return false
    return maySee(caller, known ? known.project : ref.project)
  }

  const answer = ({ company, items }: BodyOf<'status'>, caller: Caller): StatusAnswer => {
    const now = served.read()
    const asks = servedTo({ company, caller }, now)
    const { company: asked, connections } = asks
    const visible = items.filter((ref) => isVisible(caller, ref, asks))
    const byId = new Map(connections.map((connection) => [connection.id, connection]))
    const found = { served: now, connections, byId }
    return {
      company: asked,
      connections: Object.fromEntries(connections.map((connection) => [connection.id, served.spoken(caller, connection)])),
      items: [...Map.groupBy(visible, (ref) => ref.type)].flatMap(([type, of]) => ofType(of, type, found)),
      event: (lastEvent.get() as { n: number | null }).n ?? 0,
    }
  }

  return {
    served,
    /**
     * Items of other people's projects are left out, not answered as if nothing were known. One snapshot for all of it, so that
     * following events from `event` misses nothing. Throws `wrong-company`.
     */
    of(ask: BodyOf<'status'>, caller: Caller): StatusAnswer {
      begin.run()
      try {
        return answer(ask, caller)
      } finally {
        end.run()
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

/**
 * The connections a call is about: of its company, of the Procore its page shows, and open to whoever calls. Throws `wrong-company`,
 * `wrong-environment`, or `connection-closed`.
 */
export function servedTo(
  { company: named, caller }: { company: string | null; caller: Caller },
  served: Served,
): { company: string; connections: Connection[]; closed: Connection[] } {
  const company = companyOf(named, served)
  const { environment, shut } = caller
  const [open, closed] = partition(
    served.connections.filter((one) => one.company === company && isOfEnvironment(one.environment, environment)),
    ({ id }) => !shut.has(id),
  )
  if (open.length > 0) return { company, connections: open, closed }
  for (const { id } of closed) requireOpen(caller, id)
  throw new Refusal(409, problem('wrong-environment', { environment: environment ?? '?' }))
}

const partition = <T>(all: readonly T[], is: (one: T) => boolean): [T[], T[]] => [all.filter(is), all.filter((one) => !is(one))]

function timesOf(list: string, { project, read_at, touched_at }: Record<string, unknown>): [string, Times] {
  const [readAt, touchedAt] = [read_at as number | null, touched_at as number | null]
  return [String(project), { project: String(project) || null, readAt, touchedAt, list, text: isoOrNull(readAt) }]
}

/** What differs, as the ledger keeps it. */
export function differing(kept: unknown): Pick<StatusItem, 'fields' | 'neverAgreed'> {
  if (typeof kept !== 'string') return { fields: [] }
  const { fields, neverAgreed } = JSON.parse(kept) as Difference
  return { fields, ...(neverAgreed ? { neverAgreed } : {}) }
}

export function statusHandler(status: Status, agent: Pick<Agent, 'onScreen' | 'now'>): Handler<'status'> {
  const onScreen = createOnScreen(agent)
  return ({ body, caller }) => {
    const answer = status.of(body, caller)
    onScreen(body.items)
    return answer
  }
}
