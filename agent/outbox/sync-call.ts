/** One sync call (or, where there is none, one call each): rows in, what became of each row out. Too large or malformed calls are halved until the row at fault stands alone. */
import { type Problem, problem } from '../../shared/problem.ts'
import type { ProcoreItem } from '../items/kind.ts'
import type { Client, Written } from '../procore/client.ts'
import { rawNumber } from '../procore/exact-json.ts'
import type { ProcoreList, Where } from '../procore/list.ts'
import { toRow } from '../procore/writing.ts'
import { type Named, type RowAnswer, type SyncAnswer, silent, syncAnswer } from './answers.ts'
import { oneCallEach } from './one-call.ts'

/**
 * A row to send: how it is named, and its fields. `origin` is sent as origin_id, null clears it, undefined leaves it out. `held` is what
 * Procore holds of it: a row that changes little still goes to the place it has (the sub job of a cost code).
 */
export type SyncRow = Named & {
  fields: Record<string, unknown>
  origin?: string | null | undefined
  held?: ProcoreItem['content'] | undefined
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
export async function syncCall(
  client: Client,
  list: ProcoreList,
  where: Where,
  rows: readonly SyncRow[],
  halved = 0,
): Promise<RowResult[]> {
  if (list.one) return oneCallEach(client, list, where, rows)
  if (rows.length > mostRows) return parted(client, list, where, rows)
  const places = new Set(rows.map((row) => JSON.stringify(placeOf(list, row))))
  if (places.size > 1) return byPlace(client, list, where, rows)
  const { sync } = list
  if (!sync) throw new TypeError(`${list.id} is not written`)
  const place = rows[0] ? placeOf(list, rows[0]) : { query: {}, scope: {} }
  const ids = { ...sync.scope(client, where), ...place.scope }
  const unknown = sync.rowScope?.find((name) => ids[name] === undefined)
  if (unknown !== undefined)
    return rows.map(() => ({ notDone: problem('value-unsendable', { field: unknown, text: '', why: 'not-known' }) }))
  const built = rows.map((row) => bodyOf(row, list))
  const good = built.filter((one) => one.ok)
  if (good.length === 0) return built.map((one) => (one.ok ? { unknown: silent() } : { notDone: one.problem }))
  const body = JSON.stringify({ ...numbered(ids), updates: good.map((one) => one.row) })
  const about = where.project ? { project: where.project } : {}
  const query = { ...sync.query?.(where), ...place.query }
  const written = await client.write({ method: 'PATCH', path: sync.path(where, client), query, body, priority: 'write', about })
  if (written.outcome === 'refused' && rows.length > 1 && divisible(written.status, halved))
    return halves(client, list, where, rows, halved + 1)
  const answer = written.outcome === 'answered' ? syncAnswer(written.answer.body, (raw) => list.parse(raw, where.project)) : null
  return built.map((one, n): RowResult => (one.ok ? resultOf(written, answer, rows[n] as SyncRow) : { notDone: one.problem }))
}

/** What became of a row that was in the call. */
function resultOf(written: Written, answer: SyncAnswer | null, row: SyncRow): RowResult {
  if (written.outcome !== 'answered') return whatIsMeant(written, row)
  return answer ? asHeld(answer.of(row), row) : { unknown: problem('send-unconfirmed', { reason: 'no-sync-answer' }) }
}

/** What a call that was not answered means for a row of it. */
export function whatIsMeant(written: Exclude<Written, { outcome: 'answered' }>, row: SyncRow): RowResult {
  if (written.outcome === 'later') return { notDone: written.problem, retryAt: written.retryAt }
  return written.outcome === 'refused' ? { notDone: calledSo(written.problem, row) } : { unknown: written.problem }
}

/** Ids as the numbers they are to Procore. */
export const numbered = (ids: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, rawNumber(id) ?? id]))

type Place = { query: Record<string, string>; scope: Record<string, string> }

/** Ids of a row that its call carries (list.rowQuery, list.rowScope): from the row itself, else from what Procore holds. */
function placeOf({ sync }: ProcoreList, { fields, held }: SyncRow): Place {
  const pick = (names: readonly string[] = []): Record<string, string> =>
    Object.fromEntries(
      names.flatMap((name) => {
        const id = Object.hasOwn(fields, name) ? fields[name] : held?.[name]
        return typeof id === 'string' && id !== '' ? [[name, id]] : []
      }),
    )
  return { query: pick(sync?.rowQuery), scope: pick(sync?.rowScope) }
}

/** Rows of several places: one call after the other, answers in the order of the rows. */
async function byPlace(client: Client, list: ProcoreList, where: Where, rows: readonly SyncRow[]): Promise<RowResult[]> {
  const answers = new Map<SyncRow, RowResult>()
  for (const some of Map.groupBy(rows, (row) => JSON.stringify(placeOf(list, row))).values()) {
    const results = await syncCall(client, list, where, some)
    for (const [n, row] of some.entries()) answers.set(row, results[n] as RowResult)
  }
  return rows.map((row) => answers.get(row) as RowResult)
}

/** What an answer does not speak of at all stays as it was known (the code of a cost code's sub job). */
export const asHeld = (answer: RowAnswer, { held }: SyncRow): RowAnswer =>
  'item' in answer && held ? { item: { ...answer.item, content: { ...held, ...answer.item.content } } } : answer

const divisible = (status: number, halved: number): boolean => status === 413 || ([400, 406, 422].includes(status) && halved < mostHalvings)

/** More rows than one call takes: one call after the other. */
async function parted(client: Client, list: ProcoreList, where: Where, rows: readonly SyncRow[]): Promise<RowResult[]> {
  const first = await syncCall(client, list, where, rows.slice(0, mostRows))
  return [...first, ...(await syncCall(client, list, where, rows.slice(mostRows)))]
}

async function halves(client: Client, list: ProcoreList, where: Where, rows: readonly SyncRow[], halved: number): Promise<RowResult[]> {
  const middle = rows.length >> 1
  const first = await syncCall(client, list, where, rows.slice(0, middle), halved)
  return [...first, ...(await syncCall(client, list, where, rows.slice(middle), halved))]
}

type Built = { ok: true; row: Record<string, unknown> } | { ok: false; problem: Problem }

function bodyOf({ id, origin, fields }: SyncRow, list: ProcoreList): Built {
  const { sync } = list
  const apart = [...(sync?.rowQuery ?? []), ...(sync?.rowScope ?? []), sync?.lines?.key ?? '']
  const made = toRow(sync?.fields ?? {}, fields, apart)
  if (!made.ok) return made
  const name = id === undefined ? {} : { id: rawNumber(id) ?? id }
  return { ok: true, row: { ...name, ...(origin === undefined ? {} : { origin_id: origin }), ...made.row } }
}

const calledSo = (what: Problem, { called }: SyncRow): Problem =>
  what.params?.['item'] === 'this' ? { ...what, params: { ...what.params, item: called } } : what
