/** Reads a sync answer (procore-api.md 5.1): always 200, entities in no promised order, errors beside them. Pure. */
import { type Problem, problem } from '../../shared/problem.ts'
import type { ProcoreItem } from '../items/kind.ts'
import { rowProblem } from '../procore/errors.ts'
import { isRaw, type Raw, text } from '../procore/reading.ts'

/** How a row was named when it was sent. */
export type Named = { id?: string | undefined; originId?: string | undefined; called: string }

/** What the answer says about one row: an item, a refusal, or nothing (then the outcome is unknown). */
export type RowAnswer = { item: ProcoreItem } | { refused: Problem } | { silent: true }

export type SyncAnswer = { of(named: Named): RowAnswer }

/** Null when the body is no sync answer at all. */
export function syncAnswer(body: unknown, parse: (raw: unknown) => ProcoreItem | null): SyncAnswer | null {
  if (!isRaw(body) || !Array.isArray(body['entities'])) return null
  const errors = (Array.isArray(body['errors']) ? body['errors'] : []).filter(isRaw)
  const items = body['entities'].flatMap((raw) => parse(raw) ?? [])
  const [byId, byOrigin] = [new Map(items.map((item) => [item.id, item])), byOriginOf(items)]
  const [errorById, errorByOrigin] = [keyed(errors, 'id'), keyed(errors, 'origin_id')]
  return {
    of({ id, originId, called }) {
      const refused = id !== undefined ? errorById.get(id) : errorByOrigin.get(originId ?? '')
      if (refused) return { refused: rowProblem(refused, called) }
      const item = id !== undefined ? byId.get(id) : byOrigin.get(originId ?? '')
      return item ? { item } : { silent: true }
    },
  }
}

const byOriginOf = (items: readonly ProcoreItem[]): Map<string, ProcoreItem> =>
  new Map(items.flatMap((item) => (item.originId === null ? [] : [[item.originId, item] as const])))

const keyed = (rows: readonly Raw[], name: string): Map<string, Raw> =>
  new Map(
    rows.flatMap((row) => {
      const key = text(row[name])
      return key === null ? [] : [[key, row] as const]
    }),
  )

export const silent = (): Problem => problem('send-unconfirmed', { reason: 'no-row' })
