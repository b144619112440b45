/**
 * All the ledger knows of what happened to one link or item, on one line of time. What was never kept is not made up: of a record's contents the
 * ledger holds the present one and where it came from, of an item what Procore last said.
 */
import type { DatabaseSync } from 'node:sqlite'
import { browserSaid } from '../../shared/act-file.ts'
import { itemTypes } from '../../shared/item.ts'
import type { LinkState } from '../../shared/link-state.ts'
import type { Archived } from './archive.ts'
import { stateOf } from './links.ts'
import { movedSide } from './was.ts'

/** Both sides of a field that came to differ, and what the side that moved said before; undefined values are not known. */
type FieldThen = { field: string; procore?: string | null; erp?: string | null; procoreWas?: string | null; erpWas?: string | null }

export type Entry = {
  /** Place on the line: time, kind and number, the same with every look. */
  at: number
  rank: number
  id: number
  code: EntryCode
  person: string | null
  run: { id: number; kind: string } | null
  file: { name: string; sha256: string; line: number | null } | null
  from: LinkState | null
  to: LinkState | null
  fields: FieldThen[]
  /** Texts by name: why, act, reason, forecast, asOf, problem … */
  params: Record<string, string>
}

/** In the order in which they are told when they happened at once: what follows from a thing before the thing. Words: `story.<code>`. */
export const entryCodes = [
  ...(['moved', 'act', 'agreed', 'record-gone', 'record-missing', 'record-changed', 'record-first'] as const),
  ...(['item-deleted', 'item-changed', 'problem-closed', 'problem-opened'] as const),
] as const
type EntryCode = (typeof entryCodes)[number]

type Row = Record<string, unknown>

const entry = (code: EntryCode, at: unknown, id: unknown, more: Partial<Entry> = {}): Entry => ({
  ...{ at: Number(at), rank: entryCodes.indexOf(code), id: Number(id), code, person: null, run: null, file: null },
  ...{ from: null, to: null, fields: [], params: {}, ...more },
})

/** Newest first. */
export function historyOf(raw: DatabaseSync, of: Archived): Entry[] {
  const told = 'record' in of ? ofRecord(raw, of.record) : ofItem(raw, of.connection, itemTypes.indexOf(of.item.type), of.item.id)
  return told.toSorted((a, b) => b.at - a.at || a.rank - b.rank || b.id - a.id)
}

function ofRecord(raw: DatabaseSync, record: number): Entry[] {
  const link = raw
    .prepare(
      `select r.*, l.item_type, l.item_id, l.confirmed_at, s.connection from records r join sources s on s.id = r.source
         left join links l on l.record = r.id where r.id = ?`,
    )
    .get(record)
  if (!link) return []
  const item = link['item_id'] === null ? [] : ofItem(raw, Number(link['connection']), Number(link['item_type']), String(link['item_id']))
  const agreed = link['confirmed_at'] === null ? [] : [entry('agreed', link['confirmed_at'], 0)]
  return [...moves(raw, record), ...acts(raw, `link:${record}`), ...contents(raw, link), ...problemsOf(raw, record), ...agreed, ...item]
}

function ofItem(raw: DatabaseSync, connection: number, type: number, id: string): Entry[] {
  const item = raw
    .prepare('select updated_at, deleted_at from items where connection = ? and type = ? and id = ?')
    .get(connection, type, id)
  const times = [
    ['item-changed', item?.['updated_at']],
    ['item-deleted', item?.['deleted_at']],
  ] as const
  const known = times.flatMap(([code, at]) =>
    typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? [entry(code, Date.parse(at), 0)] : [],
  )
  return [...known, ...acts(raw, `item:${itemTypes[type]}:${id}`)]
}

/** A line is known only of the take that brought the present content. */
function moves(raw: DatabaseSync, record: number): Entry[] {
  const rows = raw.prepare(`
    select h.*, p.name as by_name, u.kind as run_kind, f.name as file_name, f.sha256,
      case when t.run = h.run then r.line end as line
    from history h left join people p on p.id = h.person left join runs u on u.id = h.run left join export_files f on f.id = u.file
      left join records r on r.id = h.record left join takes t on t.id = coalesce(r.changed, r.take)
    where h.record = ?`)
  return rows.all(record).map((row) => {
    const data = read(row['data']) as Differed
    const fields = Array.isArray(data.fields) ? data.fields.map(String) : []
    const to = stateOf(row['to_state'])
    return entry('moved', row['at'], row['id'], {
      ...{ person: textOr(row['by_name']), run: runOf(row), file: fileOf(row) },
      ...{ from: row['from_state'] === null ? null : stateOf(row['from_state']), to },
      fields: fields.map((field) => ({ ...thenOf(field, data.values?.[field]), ...wasOf(to, data.was?.[field]) })),
      params: {
        ...textsOf(data, ['reason', 'forecast']),
        ...textsOf({ why: row['code'] }, ['why']),
        ...flags(data, ['override', 'neverAgreed']),
      },
    })
  })
}

const thenOf = (field: string, values: [string | null, string | null] | undefined): FieldThen =>
  values === undefined ? { field } : { field, procore: values[0], erp: values[1] }

/** Moves of an older Tieback have fields without values, or no `was`. */
type Differed = {
  fields?: unknown
  values?: Record<string, [string | null, string | null]>
  was?: Record<string, string | null>
  [name: string]: unknown
}

const wasOf = (to: LinkState, was: string | null | undefined): Partial<FieldThen> => {
  const side = movedSide(to)
  return side === null || was === undefined ? {} : { [`${side}Was`]: was }
}

function acts(raw: DatabaseSync, subject: string): Entry[] {
  const rows = raw.prepare('select a.*, p.name as by_name from audit a left join people p on p.id = a.person where a.subject = ?')
  return rows.all(subject).map((row) => {
    const after = read(row['after'])
    const forecast = after['forecast'] as { code?: unknown } | undefined
    const params = { ...textsOf(after, ['reason', 'score', 'type', 'id', 'name']), ...textsOf({ forecast: forecast?.code }, ['forecast']) }
    return entry('act', row['at'], row['id'], {
      person: textOr(row['by_name']),
      params: {
        ...params,
        act: String(row['act']),
        origin: String(row['origin']),
        ...textsOf({ browser: browserSaid(row['browser']) }, ['browser']),
      },
    })
  })
}

/** When it was first read, when its present content came, since when it is missing, when it was gone. */
function contents(raw: DatabaseSync, record: Row): Entry[] {
  const take = raw.prepare(
    'select t.id, coalesce(t.sealed_at, t.started_at) as at, f.name as file_name, f.sha256, f.as_of from takes t join export_files f on f.id = t.file where t.id = ?',
  )
  const file = raw.prepare('select id, seen_at as at, name as file_name, sha256, as_of from export_files where id = ?')
  const came = (code: EntryCode, row: Row | undefined, line: unknown): Entry[] =>
    row ? [entry(code, row['at'], row['id'], { file: fileOf({ ...row, line }), params: { asOf: iso(row['as_of']) } })] : []
  const { line, changed } = record
  return [
    ...came('record-first', take.get(Number(record['take'])), changed === null ? line : null),
    ...(changed === null ? [] : came('record-changed', take.get(Number(changed)), line)),
    ...(record['absent_since'] === null ? [] : came('record-missing', file.get(Number(record['absent_since'])), null)),
    ...(record['vanished_at'] === null ? [] : [entry('record-gone', record['vanished_at'], 0)]),
  ]
}

function problemsOf(raw: DatabaseSync, record: number): Entry[] {
  const rows = raw.prepare('select id, code, params, opened_at, closed_at from problems where record = ?').all(record)
  return rows.flatMap((row) => {
    const params = { problem: String(row['code']), params: String(row['params']) }
    const opened = entry('problem-opened', row['opened_at'], row['id'], { params })
    return row['closed_at'] === null ? [opened] : [opened, entry('problem-closed', row['closed_at'], row['id'], { params })]
  })
}

const textOr = (value: unknown): string | null => (value === null || value === undefined ? null : String(value))
const iso = (ms: unknown): string => new Date(Number(ms)).toISOString()
const runOf = (row: Row): Entry['run'] =>
  row['run'] === null || row['run_kind'] === null ? null : { id: Number(row['run']), kind: String(row['run_kind']) }
const fileOf = (row: Row): Entry['file'] =>
  row['file_name'] === null
    ? null
    : { name: String(row['file_name']), sha256: String(row['sha256']), line: row['line'] === null ? null : Number(row['line']) }

/** Data as it was stored; what another program made unreadable says nothing (the chain of acts tells of it). */
function read(text: unknown): Record<string, unknown> {
  try {
    const value: unknown = typeof text === 'string' ? JSON.parse(text) : null
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

const textsOf = (data: Record<string, unknown>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => (typeof data[name] === 'string' || typeof data[name] === 'number' ? [[name, String(data[name])]] : [])),
  )
const flags = (data: Record<string, unknown>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (data[name] === true ? [[name, 'true']] : [])))
