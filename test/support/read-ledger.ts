import type { DatabaseSync } from 'node:sqlite'
import { openReading } from '../../agent/ledger/open.ts'
import { outboxOps, outboxStates } from '../../agent/outbox/outbox.ts'
import { procoreLists } from '../../agent/procore/index.ts'
import { pollState } from '../../agent/procore/poll-state.ts'
import { type Entity, itemTypes } from '../../shared/item.ts'
import { type LinkState, linkStates } from '../../shared/link-state.ts'

type Row = Record<string, unknown>
type LinkSeen = { record: number; key: string; state: LinkState; type: string | null; item: string | null; leftOut: number }
type ChangeSeen = { key: string; entity: string; op: string; state: string; attempts: number }
type ProblemSeen = { code: string; cause: string; params: Record<string, string | number>; count: number; key: string | null }

/** The ledger as a test reads it: beside the agent, without disturbing it. */
export type LedgerReading = {
  raw: DatabaseSync
  rows(sql: string, ...values: (string | number | null)[]): Row[]
  links(entity: Entity): LinkSeen[]
  link(entity: Entity, key: string): LinkSeen | undefined
  /** How many links of an entity are in each state. */
  states(entity: Entity): Partial<Record<LinkState, number>>
  /** Changes not yet confirmed. */
  outbox(): ChangeSeen[]
  problems(): ProblemSeen[]
  /** A file of jobs stands here twice: once for the contracts in its rows. */
  files(): { name: string; state: string; counts: Record<string, number | string> }[]
  /** Why the agent is not at rest, in words; null when nothing is under way, due, or still to be read. */
  unrest(): string | null
  close(): void
}

export function readLedger(path: string, connection = 1): LedgerReading {
  const raw = openReading(path)
  const rows: LedgerReading['rows'] = (sql, ...values) => raw.prepare(sql).all(...values) as Row[]
  const links: LedgerReading['links'] = (entity) =>
    rows(
      `select r.id, r.key, r.left_out, l.state, l.item_type, l.item_id from links l join records r on r.id = l.record
         join sources s on s.id = r.source where s.connection = ? and s.entity = ? order by r.key`,
      ...[connection, entity],
    ).map((row) => ({
      ...{ record: Number(row['id']), key: String(row['key']), leftOut: Number(row['left_out']) },
      ...{ state: linkStates[Number(row['state'])] ?? 'not-linked', item: row['item_id'] as string | null },
      type: row['item_type'] === null ? null : (itemTypes[Number(row['item_type'])] ?? null),
    }))
  return {
    ...{ raw, rows, links, close: () => raw.isOpen && raw.close() },
    link: (entity, key) => links(entity).find((one) => one.key === key),
    states: (entity) => counted(links(entity).map(({ state }) => state)),
    outbox: () => rows(changes).map(changeOf),
    problems: () => rows(openProblems).map(problemOf),
    files: () => rows('select name, state, counts from export_files order by id').map(fileOf),
    unrest: () => unrestOf(raw, rows, connection),
  }
}

const counted = <T extends string>(all: readonly T[]): Partial<Record<T, number>> =>
  Object.fromEntries([...Map.groupBy(all, (one) => one)].map(([one, these]) => [one, these.length])) as Partial<Record<T, number>>

const changes = `select r.key, s.entity, o.op, o.state, o.attempts from outbox o join records r on r.id = o.record
  join sources s on s.id = r.source where o.state <> 5 order by o.id`
const changeOf = (row: Row): ChangeSeen => ({
  ...{ key: String(row['key']), entity: String(row['entity']), attempts: Number(row['attempts']) },
  ...{ op: outboxOps[Number(row['op'])] ?? '?', state: outboxStates[Number(row['state'])] ?? '?' },
})

const openProblems = `select p.code, p.cause, p.params, p.count, r.key from problems p left join records r on r.id = p.record
  where p.closed_at is null order by p.id`
const problemOf = (row: Row): ProblemSeen => ({
  ...{ code: String(row['code']), cause: String(row['cause']), params: JSON.parse(String(row['params'])) },
  ...{ count: Number(row['count']), key: row['key'] as string | null },
})

const fileOf = (row: Row) => ({
  ...{ name: String(row['name']), state: String(row['state']) },
  counts: JSON.parse(String(row['counts'] ?? '{}')) as Record<string, number | string>,
})

function unrestOf(raw: DatabaseSync, rows: LedgerReading['rows'], connection: number): string | null {
  if (rows('select 1 from takes where sealed_at is null').length > 0) return 'a file is being taken'
  if (rows("select 1 from runs where state = 'running'").length > 0) return 'a run is under way'
  const due = rows(
    `select 1 from outbox o join records r on r.id = o.record join sources s on s.id = r.source
       where (o.state in (0, 1, 2) or o.not_before <= ?) and o.state <> 5 and s.writing = 1 and (o.op <> 0 or s.creating = 1) limit 1`,
    Date.now(),
  )
  if (due.length > 0) return 'changes wait to be sent'
  const unread = pollState(raw, connection, procoreLists).polled.find(({ readAt }) => readAt === null)
  return unread ? `list ${unread.list} of ${unread.project ?? 'the company'} was never read` : null
}
