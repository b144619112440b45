/** A change under way that takes several calls, and how answers in between are settled. */
import { problem } from '../../shared/problem.ts'
import type { ProcoreItem } from '../items/kind.ts'
import type { Delivery, DeliveryResult, Sent } from './outbox.ts'
import { afterProblem, unknown } from './retry.ts'
import type { SendParts } from './send.ts'
import type { RowResult, SyncRow } from './sync-call.ts'

/** What one item still needs: fields of its header, rows of its lines. */
export type Work = { delivery: Delivery; item: ProcoreItem; sent: Sent; header: Record<string, unknown>; lines: SyncRow[] }

type Judged = { delivery: Delivery; sent: Sent; answer: RowResult | undefined }

/** Hands on those whose row came back; the others are settled. `begun`: something of them is in Procore, so they are looked at again. */
export async function settleUndone(
  parts: SendParts,
  judged: readonly Judged[],
  good: (delivery: Delivery, item: ProcoreItem) => void,
  begun = false,
): Promise<void> {
  const results: DeliveryResult[] = []
  for (const { delivery, sent, answer } of judged) {
    if (answer && 'item' in answer) good(delivery, answer.item)
    else results.push(undone(delivery, sent, answer, parts.clock.now(), begun))
  }
  if (results.length > 0) await parts.settle(results)
}

/** What an answer without an item means. A change that was begun and must wait is looked at again, not started anew. */
export function undone(delivery: Delivery, sent: Sent, answer: RowResult | undefined, now: number, begun: boolean): DeliveryResult {
  if (answer && 'unknown' in answer) return unknown(delivery, sent, answer.unknown, now)
  if (answer && ('notDone' in answer || 'refused' in answer)) {
    const [what, retryAt] = 'notDone' in answer ? [answer.notDone, answer.retryAt] : [answer.refused, undefined]
    const result = afterProblem(delivery, what, now, retryAt)
    return begun && (result.outcome === 'again' || result.outcome === 'held')
      ? { id: delivery.id, outcome: 'unconfirmed', sent, problem: what, retryAt: result.retryAt }
      : result
  }
  return unknown(delivery, sent, problem('send-unconfirmed', { reason: 'no-row' }), now)
}
