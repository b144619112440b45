/** One sync call (or, where there is none, one call each): rows in, what became of each row out. Too large or malformed calls are halved until the row at fault stands alone. */
import { type Problem, problem } from '../../shared/problem.ts'
import type { Client, Written } from '../procore/client.ts'
import { rawNumber } from '../procore/exact-json.ts'
import type { ProcoreList, Where } from '../procore/list.ts'
import { toRow } from '../procore/writing.ts'
import { type Named, type RowAnswer, silent, syncAnswer } from './answers.ts'
import { oneCallEach } from './one-call.ts'

/**
 * A row to send: how it is named, and its fields. `origin` is sent as origin_id, null clears it, undefined leaves it out. `place` holds what goes
 * beside the rows (a sub job, a list, the contract above it): rows of different places go by calls of their own.
 */
export type SyncRow = Named & {
  fields: Record<string, unknown>
  origin?: string | null | undefined
  place?: Readonly<Record<string, string>>
}

export type RowResult =
  | RowAnswer
  /** Surely not done; Procore's word on when to come back, if any. */
  | { notDone: Problem; retryAt?: number }
  /** May have been done. */
  | { unknown: Problem }

/** At most this many rows go into one call (procore-api.md 5.1). */
export const mostRows = 1_000
/** A refused call is halved so often: enough to find a bad row among sixteen parts, few enough for the budget. */
const mostHalvings = 4

/** Answers one result per row, in the order of `rows`. Throws only what happens before anything is sent. */
export async function syncCall(client: Client, list: ProcoreList, where: Where, rows: readonly SyncRow[]): Promise<RowResult[]> {
  if (list.one) return oneCallEach(client, list, where, rows)
  const results = new Map<SyncRow, RowResult>()
  for (const some of Map.groupBy(rows, ({ place }) => JSON.stringify(place ?? {})).values()) {
    const answers = await samePlace(client, list, where, some)
    for (const [n, row] of some.entries()) results.set(row, answers[n] as RowResult)
  }
  return rows.map((row) => results.get(row) as RowResult)
}

async function samePlace(client: Client, list: ProcoreList, where: Where, rows: readonly SyncRow[], halved = 0): Promise<RowResult[]> {
  if (rows.length > mostRows) return parted(client, list, where, rows)
  const { sync } = list
  if (!sync) throw new TypeError(`${list.id} is not written`)
  const built = rows.map((row) => bodyOf(row, list))
  const good = built.filter((one) => one.ok)
  if (good.length === 0) return built.map((one) => (one.ok ? { unknown: silent() } : { notDone: one.problem }))
  const { query, scope } = besides(client, list, where, rows[0]?.place)
  const body = JSON.stringify({ ...scope, updates: good.map((one) => one.row) })
  const about = where.project ? { project: where.project } : {}
  const written = await client.write({ method: 'PATCH', path: sync.path(where, client), query, body, priority: 'write', about })
  if (written.outcome === 'refused' && rows.length > 1 && divisible(written.status, halved))
    return halves(client, list, where, rows, halved + 1)
  const answer = written.outcome === 'answered' ? syncAnswer(written.answer.body, (raw) => list.parse(raw, where.project)) : null
  return built.map((one, n): RowResult => {
    const row = rows[n] as SyncRow
    if (!one.ok) return { notDone: one.problem }
    if (written.outcome !== 'answered') return whatIsMeant(written, row)
    return answer ? answer.of(row) : { unknown: problem('send-unconfirmed', { reason: 'the answer is not a sync answer' }) }
  })
}

/** What a call that was not answered means for a row of it. */
export function whatIsMeant(written: Exclude<Written, { outcome: 'answered' }>, row: SyncRow): RowResult {
  if (written.outcome === 'later') return { notDone: written.problem, retryAt: written.retryAt }
  return written.outcome === 'refused' ? { notDone: calledSo(written.problem, row) } : { unknown: written.problem }
}

/** Ids beside the rows: those of every call, and those of these rows' place. */
function besides(client: Client, { sync }: ProcoreList, where: Where, place: SyncRow['place'] = {}) {
  const of = (names: readonly string[] = []): Record<string, string> =>
    Object.fromEntries(names.flatMap((name) => (place[name] === undefined ? [] : [[name, place[name]]])))
  return {
    query: { ...sync?.query?.(where), ...of(sync?.rowQuery) },
    scope: numbered({ ...sync?.scope(client, where), ...of(sync?.rowScope) }),
  }
}

/** Ids as the numbers they are to Procore. */
export const numbered = (ids: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, rawNumber(id) ?? id]))

/** Fields of a body that stand beside it where it is sent. */
export const placeFields = ({ sync, one }: ProcoreList): readonly string[] => [
  ...(sync?.rowQuery ?? []),
  ...(sync?.rowScope ?? []),
  ...(one?.parent ? [one.parent] : []),
]

const divisible = (status: number, halved: number): boolean => status === 413 || ([400, 406, 422].includes(status) && halved < mostHalvings)

/** More rows than one call takes: one call after the other. */
async function parted(client: Client, list: ProcoreList, where: Where, rows: readonly SyncRow[]): Promise<RowResult[]> {
  const first = await samePlace(client, list, where, rows.slice(0, mostRows))
  return [...first, ...(await samePlace(client, list, where, rows.slice(mostRows)))]
}

async function halves(client: Client, list: ProcoreList, where: Where, rows: readonly SyncRow[], halved: number): Promise<RowResult[]> {
  const middle = rows.length >> 1
  const first = await samePlace(client, list, where, rows.slice(0, middle), halved)
  return [...first, ...(await samePlace(client, list, where, rows.slice(middle), halved))]
}

type Built = { ok: true; row: Record<string, unknown> } | { ok: false; problem: Problem }

function bodyOf({ id, origin, fields }: SyncRow, list: ProcoreList): Built {
  const made = toRow(list.sync?.fields ?? {}, fields, [...placeFields(list), list.sync?.lines?.key ?? ''])
  if (!made.ok) return made
  const name = id === undefined ? {} : { id: rawNumber(id) ?? id }
  return { ok: true, row: { ...name, ...(origin === undefined ? {} : { origin_id: origin }), ...made.row } }
}

const calledSo = (what: Problem, { called }: SyncRow): Problem =>
  what.params?.['item'] === 'this' ? { ...what, params: { ...what.params, item: called } } : what
