/** What a link wants as it stands, were writing on, and the mark by which it is known later whether that is still so. */
import { hash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Problem } from '../../shared/problem.ts'
import type { Context } from '../items/kind.ts'
import type { OutboxOp } from '../outbox/outbox.ts'
import { judge, nextOp, type Verdict } from './judge.ts'
import type { Looked } from './look.ts'

/** `verdict` as if nothing waited to be sent; `op` null where nothing would be. */
export type Wanted = { verdict: Verdict; op: OutboxOp | null; lookalike: boolean }

export function wanted(raw: DatabaseSync, { connection, kind, sides, record }: Looked, creating = true): Wanted {
  const lookalike =
    raw.prepare("select 1 from problems where record = ? and closed_at is null and code like 'match-%'").get(record.id) !== undefined
  const verdict = judge({ ...sides, outbox: null })
  const op = nextOp({
    ...{ owner: connection.owner, delivery: kind.delivery, ties: kind.ties, creating, verdict, lookalike },
    sides: { ...sides, outbox: null },
  })
  return { verdict, op, lookalike }
}

/** One change as it would be sent, or why it cannot be; `seen` is a hash of both sides, what is done, and the body. */
export type Planned = { op: OutboxOp; body: Record<string, unknown>; seen: string }

/** Null where nothing is wanted. */
export function planned(raw: DatabaseSync, looked: Looked, context: Context): Planned | Problem | null {
  const { kind, record, item } = looked
  const { op } = wanted(raw, looked, kind.mayCreate?.(record, context) ?? true)
  if (op === null || op === 'unlink' || op === 'relink') return null
  const body = op === 'link' ? {} : (kind.toBody?.(record, item, context) ?? {})
  return isProblem(body) ? body : { op, body, seen: seenOf(looked, op, body) }
}

export const isProblem = (body: object): body is Problem => 'code' in body && 'params' in body

/** Values of the record and of the whole item, in an order of their own: whatever moved on either side makes another mark. */
function seenOf({ record, item }: Looked, op: OutboxOp, body: Record<string, unknown>): string {
  const erp = sorted(record.fields)
  const procore = item && [item.type, item.id, item.project, item.originId, sorted(item.content)]
  return hash('sha256', JSON.stringify([op, erp, procore, body]), 'base64url')
}

const sorted = (values: Record<string, unknown>): [string, unknown][] => Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))
