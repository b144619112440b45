import type { BodyOf } from '../../shared/api.ts'
import { entityOfItem, type ItemType, itemTypes } from '../../shared/item.ts'
import { linkStates } from '../../shared/link-state.ts'
import { groupOf, type ListGroup } from '../../shared/list-group.ts'
import { type ListAnswer, type ListedItem, listedAtMost } from '../../shared/lists.ts'
import type { Agent, Caller } from './agent.ts'
import type { Handler } from './call.ts'
import { maySee } from './guard.ts'
import { namedOf } from './named.ts'
import { refuse } from './refusal.ts'
import { isoOrNull } from './says.ts'
import type { Connection, Served } from './served.ts'
import { differing, type Status, servedTo } from './status.ts'

type Row = Record<string, unknown>
/** Connections, item types, place and sources, as the statements below take them. */
type Bound = [connections: string, types: string, place: string | null, sources: string]

const stateAt = (position: unknown) => (position === null ? 'not-linked' : (linkStates[Number(position)] ?? 'not-linked'))

/** Positions of a group's states; an item without a record has none, and belongs to those not linked. */
const positionsOf = (group: ListGroup): number[] => linkStates.flatMap((state, at) => (groupOf[state] === group ? [at] : []))

/**
 * How a whole list stands: what the ledger holds of it, not what a page shows. States come from the badges table, so that the
 * counts say what the badges say; nothing is compared here (5,000 items of 400,000: 7 ms, and 22 with the items of a group, measured 2026-11).
 */
export function listsHandler(agent: Agent, { served }: Pick<Status, 'served'>): Handler<'lists'> {
  const { raw } = agent.reader
  // An item two connections know is one item, and the record tied first speaks for it, as on its badge.
  const listed = (place: string) => `
    FROM (SELECT type, id, min(project) AS project FROM items WHERE connection IN (SELECT value FROM json_each(?1))
            AND type IN (SELECT value FROM json_each(?2)) AND ${place} AND deleted_at IS NULL GROUP BY type, id) i
    LEFT JOIN badges b ON b.item_type = i.type AND b.item_id = i.id AND b.record =
      (SELECT min(m.record) FROM badges m WHERE m.item_type = i.type AND m.item_id = i.id AND m.source IN (SELECT value FROM json_each(?4)))`
  // What nothing is tied to has no badge; a person may have put it away.
  const state = `coalesce(b.state, (SELECT ${positionsOf('archived')[0]} FROM archived_items a
    WHERE a.type = i.type AND a.id = i.id AND a.connection IN (SELECT value FROM json_each(?1)) LIMIT 1))`
  const of = (place: string) => ({
    counted: raw.prepare(`SELECT ${state} AS state, count(*) AS n ${listed(place)} GROUP BY 1`),
    group: raw.prepare(`
    SELECT i.type, i.id, i.project, b.record, ${state} AS state, b.since, b.source, b.key ${listed(place)}
    WHERE ${state} IN (SELECT value FROM json_each(?5)) OR (?6 AND ${state} IS NULL) ORDER BY i.type, i.id`),
  })
  const inProject = of('project IS ?3')
  const everywhere = of('(?3 IS NULL OR project IS NULL OR project IN (SELECT value FROM json_each(?3)))')
  const itemOf = raw.prepare(
    'SELECT content FROM items WHERE type = ? AND id = ? AND connection IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL',
  )
  const differsOf = raw.prepare('SELECT differs FROM links WHERE record = ?')
  const readOf = raw.prepare('SELECT read_at FROM polls WHERE connection = ? AND list = ? AND project = ? AND full_at IS NOT NULL')
  const readEverywhere = raw.prepare(
    'SELECT CASE WHEN count(*) = count(full_at) THEN min(read_at) END AS read_at FROM polls WHERE connection = ? AND list = ?',
  )

  /** When each list was last asked; null where one of them was never read whole. */
  const readTimes = ({ id }: Connection, { types, ...where }: BodyOf<'lists'>): number[] | null => {
    const lists = new Set(types.map((type) => agent.listOf(type)))
    const read = (list: string): Row | undefined =>
      where.everywhere ? readEverywhere.get(id, list) : readOf.get(id, list, where.project ?? '')
    const times = [...lists].map((list) => (list === null ? undefined : read(list)?.['read_at']))
    return times.every((at) => typeof at === 'number') ? (times as number[]) : null
  }

  const itemFrom = (row: Row, connections: string, { sources }: Served): ListedItem => {
    const project = row['project'] === null ? null : String(row['project'])
    const type = itemTypes[Number(row['type'])] ?? ''
    const content = JSON.parse(String(itemOf.get(Number(row['type']), String(row['id']), connections)?.['content'] ?? '{}'))
    const state = stateAt(row['state'])
    const differs = state.startsWith('changed-in-') ? differing(differsOf.get(Number(row['record']))?.['differs']) : {}
    const source = row['source'] === null ? undefined : sources.get(Number(row['source']))
    return {
      ...{ type, id: String(row['id']), project, ...namedOf(content), state },
      ...{ erpKey: row['key'] === null ? null : String(row['key']), since: isoOrNull(row['since'] as number | null) },
      ...{ connection: source ? String(source.connection) : null, fields: [], ...differs },
    }
  }

  const itemsOf = (rows: readonly Row[], [connections]: Bound, now: Served): Pick<ListAnswer, 'items' | 'more'> => {
    return {
      items: rows.slice(0, listedAtMost).map((row) => itemFrom(row, connections, now)),
      more: Math.max(0, rows.length - listedAtMost),
    }
  }

  const answer = (ask: BodyOf<'lists'>, caller: Caller, now: Served): ListAnswer => {
    const { company, connections: ofCompany } = servedTo({ company: ask.company, caller }, now)
    const reading = ofCompany.flatMap((connection) => {
      const times = readTimes(connection, ask)
      return times ? [{ connection, times }] : []
    })
    const read = reading.map(({ connection }) => connection)
    const { counted, group } = ask.everywhere ? everywhere : inProject
    const bound = boundOf(ask, read, ofCompany, caller)
    const rows = read.length > 0 && ask.group ? group.all(...bound, ...inGroup(ask.group)) : []
    return {
      company,
      counts: read.length === 0 ? null : countsOf(counted.all(...bound)),
      erpAsOf: isoOrNull(oldest(read.flatMap((connection) => takenAt(connection, ask.types)))),
      procoreAsOf: isoOrNull(oldest(reading.flatMap(({ times }) => times))),
      connections: Object.fromEntries(read.map(({ id, name, erp, erpCompany }) => [id, { name, erp, erpCompany }])),
      ...itemsOf(rows, bound, now),
    }
  }

  return ({ body, caller }) => {
    if (!maySee(caller, body.project)) throw refuse(404, 'no-list') // as with its items: not there for them
    return answer(body, caller, served.read())
  }
}

const inGroup = (group: ListGroup): [positions: string, orNone: number] => [
  JSON.stringify(positionsOf(group)),
  group === 'not-linked' ? 1 : 0,
]

const boundOf = (
  { types, project, everywhere }: BodyOf<'lists'>,
  read: readonly Connection[],
  all: readonly Connection[],
  { scope }: Caller,
): Bound => [
  JSON.stringify(read.map(({ id }) => id)),
  JSON.stringify([...new Set(types)].map((type) => itemTypes.indexOf(type))),
  everywhere ? scope && JSON.stringify([...scope]) : project,
  JSON.stringify(all.flatMap(({ sources }) => sources.map(({ id }) => id))),
]

function countsOf(rows: readonly Row[]): Record<string, number> {
  const counts = new Map<ListGroup, number>()
  for (const row of rows) {
    const of = groupOf[stateAt(row['state'])]
    counts.set(of, (counts.get(of) ?? 0) + Number(row['n']))
  }
  return Object.fromEntries(counts)
}

/** When the exports that speak of these types were taken. */
const takenAt = ({ sources }: Connection, types: readonly ItemType[]): number[] => {
  const entities = new Set(types.map((type) => entityOfItem[type]))
  return sources.flatMap(({ entity, asOf }) => (asOf !== null && [...entities].some((one) => one === entity) ? [asOf] : []))
}

const oldest = (times: readonly number[]): number | null => (times.length === 0 ? null : Math.min(...times))
