/** Lines under an item: which of a body's lines Procore already holds, and what is still to be sent. */
import type { ProcoreItem } from '../items/kind.ts'
import type { ProcoreList } from '../procore/list.ts'
import { differing } from './differing.ts'
import type { SendParts } from './send.ts'
import type { SyncRow } from './sync-call.ts'

/** Our key of the nth line: the record's own origin_id, so that it is ours and known before the first attempt. */
const lineOrigin = (originId: string, n: number): string => `${originId}#${n + 1}`

/** The lines of a body; a body without lines has none. */
function linesIn(list: ProcoreList, body: Record<string, unknown>): Record<string, unknown>[] {
  const lines = body[list.sync?.lines?.key ?? '']
  return Array.isArray(lines) ? (lines as Record<string, unknown>[]) : []
}

/** The body without its lines: what the header's own call carries. */
export function headerIn(list: ProcoreList, body: Record<string, unknown>): Record<string, unknown> {
  const key = list.sync?.lines?.key
  return Object.fromEntries(Object.entries(body).filter(([field]) => field !== key))
}

/** A few parents are asked for one by one; more by reading the project's lines. */
const fewParents = 5

/** Lines Procore holds now, by parent. Each is kept only under the parent it really names. */
export async function readLines(
  { client, list, where, signal }: SendParts,
  parents: readonly string[],
): Promise<Map<string, ProcoreItem[]>> {
  const lines = list.sync?.lines
  const found = new Map<string, ProcoreItem[]>(parents.map((id) => [id, []]))
  if (!lines || parents.length === 0) return found
  const asked = parents.length <= fewParents ? parents.map((id) => ({ [`filters[${lines.parent}]`]: id })) : [{}]
  for (const filters of asked)
    for await (const page of lines.list.read(client, where, { filters, priority: 'write', signal }))
      for (const line of page) keep(found, String(line.content[lines.parent]), line)
  return found
}

function keep(found: Map<string, ProcoreItem[]>, parent: string, line: ProcoreItem): void {
  const known = found.get(parent)
  if (known && !known.some((one) => one.id === line.id)) known.push(line)
}

/** Rows still to be sent under one parent: new lines by our key, changed ones by id with what differs. */
export function lineRows(
  list: ProcoreList,
  parent: string,
  originId: string,
  body: Record<string, unknown>,
  held: readonly ProcoreItem[],
  called: string,
): SyncRow[] {
  const wanted = linesIn(list, body)
  return wanted.flatMap((fields, n): SyncRow[] => {
    const origin = lineOrigin(originId, n)
    const known = held.find((line) => line.originId === origin) ?? (wanted.length === 1 && held.length === 1 ? held[0] : undefined)
    if (!known) return [{ originId: origin, origin, fields: { ...fields, [list.sync?.lines?.parent ?? '']: parent }, called }]
    const changed = differing(fields, known.content)
    return Object.keys(changed).length === 0 ? [] : [{ id: known.id, fields: changed, called }]
  })
}
