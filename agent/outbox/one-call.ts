/** Writes record by record where Procore has no sync action (procore-api.md 5.2): one call each, in order, and none more once Procore asked to wait. */
import { problem } from '../../shared/problem.ts'
import type { Client } from '../procore/client.ts'
import type { OneByOne, ProcoreList, Where } from '../procore/list.ts'
import { toRow } from '../procore/writing.ts'
import { asHeld, numbered, type RowResult, type SyncRow, whatIsMeant } from './sync-call.ts'

/** Answers one result per row, in the order of `rows`. */
export async function oneCallEach(client: Client, list: ProcoreList, where: Where, rows: readonly SyncRow[]): Promise<RowResult[]> {
  const { one } = list
  if (!one) throw new TypeError(`${list.id} is not written record by record`)
  const results: RowResult[] = []
  let wait: RowResult | null = null
  for (const row of rows) {
    const result: RowResult = wait ?? (await oneCall(client, list, one, where, row))
    if ('notDone' in result && result.retryAt !== undefined) wait = result
    results.push(result)
  }
  return results
}

async function oneCall(client: Client, list: ProcoreList, one: OneByOne, where: Where, row: SyncRow): Promise<RowResult> {
  const made = toRow(one.fields, row.fields, one.parent === null ? [] : [one.parent])
  if (!made.ok) return { notDone: made.problem }
  const parent = parentOf(one, row)
  const call = row.id === undefined ? one.create?.(where, parent) : one.change(where, row.id, parent)
  if (!call) return { notDone: problem('procore-refused', { item: row.called, text: 'no-call' }) }
  const { scope, bodyKey, ...ask } = call
  const body = { ...numbered(scope), [bodyKey]: { ...(row.origin === undefined ? {} : { origin_id: row.origin }), ...made.row } }
  const about = { item: row.called, ...(where.project ? { project: where.project } : {}) }
  const written = await client.write({ ...ask, body: JSON.stringify(body), priority: 'write', about })
  if (written.outcome !== 'answered') return whatIsMeant(written, row)
  const item = list.parse(written.answer.body, where.project)
  return item === null ? { unknown: problem('send-unconfirmed', { reason: 'no-record' }) } : asHeld({ item }, row)
}

/** The contract a record stands under goes into the address or beside the record, not into it. */
function parentOf({ parent }: OneByOne, { fields, held }: SyncRow): string | null {
  const id = parent === null ? null : (fields[parent] ?? held?.[parent])
  return id == null ? null : String(id)
}
