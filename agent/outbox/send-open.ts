/** Sends changes of items that a filled origin_id does not freeze: read back, check the owner, one sync call per thousand. */
import { type Problem, problem } from '../../shared/problem.ts'
import type { ProcoreItem } from '../items/kind.ts'
import { differing, movedSince } from './differing.ts'
import type { Delivery, DeliveryResult, Sent } from './outbox.ts'
import { mayWrite, nameOf } from './ownership.ts'
import { findByOrigin, readNow } from './read-back.ts'
import { afterProblem, unknown } from './retry.ts'
import type { SendParts } from './send.ts'
import { mostRows, type RowResult, type SyncRow, syncCall } from './sync-call.ts'

/** A delivery that is to be sent: its row, what is stored of it, and what it looked like just before. */
type Going = { delivery: Delivery; row: SyncRow; sent: Sent; before: ProcoreItem | null }

/** Settles every delivery through `parts.settle`, a call's worth at a time. Throws only before anything of a call was sent. */
export async function sendOpen(parts: SendParts, deliveries: readonly Delivery[]): Promise<void> {
  const { going, settled } = await lookAndCheck(parts, deliveries)
  if (settled.length > 0) await parts.settle(settled)
  const atOnce = parts.list.one ? 1 : mostRows
  for (let from = 0; from < going.length; from += atOnce) {
    if (parts.signal.aborted) throw parts.signal.reason
    const some = going.slice(from, from + atOnce)
    await parts.progress(some.map(({ delivery, sent }) => ({ id: delivery.id, sent })))
    const answers = await syncCall(
      parts.client,
      parts.list,
      parts.where,
      some.map((one) => one.row),
    )
    await parts.settle(some.map((one, n) => resultOf(parts, one, answers[n] as RowResult)))
  }
}

async function lookAndCheck(parts: SendParts, deliveries: readonly Delivery[]): Promise<{ going: Going[]; settled: DeliveryResult[] }> {
  const { client, list, where, signal } = parts
  const lost = deliveries.filter((one) => one.op === 'create' && one.state === 'look')
  const byOrigin = lost.length > 0 ? await findByOrigin(client, list, where, lost, signal) : new Map<string, ProcoreItem>()
  const ids = deliveries.flatMap((one) => idOf(one) ?? [])
  const byId = await readNow(client, list, where, [...new Set(ids)], signal)
  const going: Going[] = []
  const settled: DeliveryResult[] = []
  for (const delivery of deliveries) {
    const now = delivery.op === 'create' ? (byOrigin.get(delivery.originId) ?? null) : (byId.get(idOf(delivery) ?? '') ?? null)
    const next = nextOf(delivery, now)
    if ('row' in next) going.push(next)
    else settled.push(next)
  }
  return { going, settled }
}

const idOf = ({ item, sent }: Delivery): string | undefined => item?.id ?? sent?.item

/** What is to be done with one delivery, now that Procore's side is known. Pure. */
function nextOf(delivery: Delivery, now: ProcoreItem | null): Going | DeliveryResult {
  const { id, op, originId, body } = delivery
  if (op === 'create') {
    if (now) return { id, outcome: 'confirmed', item: now, sent: { body, item: now.id } }
    return going(delivery, { originId, origin: originId, fields: body }, { body }, null)
  }
  const refused = mayWrite(delivery, now)
  if (refused || now === null) return failed(delivery, refused ?? problem('procore-not-found', { item: nameOf(delivery) }), now)
  if (op === 'link')
    return now.originId === originId
      ? done(delivery, now)
      : going(delivery, { id: now.id, origin: originId, fields: {} }, { body: {}, item: now.id }, now)
  if (delivery.state !== 'look' && delivery.item && movedSince(body, delivery.item.content, now.content))
    return { id, outcome: 'moved', item: now }
  const fields = differing(body, now.content)
  if (Object.keys(fields).length === 0) return done(delivery, now)
  return going(delivery, { id: now.id, fields }, { body: fields, item: now.id }, now)
}

const done = ({ id, body }: Delivery, item: ProcoreItem): DeliveryResult => ({
  id,
  outcome: 'confirmed',
  item,
  sent: { body, item: item.id },
})

/** A person has to look: nothing more is tried, and what Procore holds now is handed on. */
const failed = ({ id }: Delivery, what: Problem, item: ProcoreItem | null): DeliveryResult => ({
  ...{ id, outcome: 'failed', problem: what },
  ...(item ? { item } : {}),
})

const going = (delivery: Delivery, row: Omit<SyncRow, 'called'>, sent: Sent, before: ProcoreItem | null): Going => ({
  ...{ delivery, sent, before },
  row: { ...row, called: nameOf(delivery), held: before?.content },
})

function resultOf({ clock }: SendParts, { delivery, sent, before }: Going, answer: RowResult): DeliveryResult {
  const now = clock.now()
  if ('notDone' in answer) return afterProblem(delivery, answer.notDone, now, answer.retryAt)
  if ('refused' in answer) return afterProblem(delivery, answer.refused, now)
  if ('unknown' in answer) return unknown(delivery, sent, answer.unknown, now)
  if ('silent' in answer) return unknown(delivery, sent, problem('send-unconfirmed', { reason: 'no-row' }), now)
  return confirmed(delivery, sent, answer.item, before)
}

/** An item came back; only its own origin_id says whether what was meant has happened. */
function confirmed(delivery: Delivery, sent: Sent, item: ProcoreItem, before: ProcoreItem | null): DeliveryResult {
  const expected = delivery.op === 'update' ? (before?.originId ?? null) : delivery.originId
  const full = { ...item, project: item.project ?? delivery.project }
  if (item.originId === expected) return { id: delivery.id, outcome: 'confirmed', item: full, sent: { ...sent, item: item.id } }
  if (delivery.op === 'update')
    return failed(delivery, mayWrite({ ...delivery, tied: true }, item) ?? problem('owner-lost', { item: nameOf(delivery) }), full)
  return failed(delivery, problem('link-unchanged', { item: nameOf(delivery) }), full)
}
