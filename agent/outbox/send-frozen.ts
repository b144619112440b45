/**
 * Sends items that a filled origin_id freezes whole (direct cost; procore-api.md 5.3): create the header, then its lines; change by
 * taking our origin_id off, patching, and putting it back, as one step that can be taken up anywhere – Procore's own state and the
 * stored `freed` say how far it came. Never deleted and made again; where Procore refuses, a person is asked.
 */
import { problem } from '../../shared/problem.ts'
import type { ProcoreItem } from '../items/kind.ts'
import { differing, movedSince } from './differing.ts'
import { freeAndChange } from './free-and-change.ts'
import { headerIn, lineRows, readLines } from './lines.ts'
import type { Delivery } from './outbox.ts'
import { mayWrite, nameOf } from './ownership.ts'
import { findByOrigin, readNow, readSince } from './read-back.ts'
import { unknown } from './retry.ts'
import type { SendParts } from './send.ts'
import { sendOpen } from './send-open.ts'
import { type SyncRow, syncCall } from './sync-call.ts'
import { settleUndone, type Work } from './work.ts'

export async function sendFrozen(parts: SendParts, group: readonly Delivery[]): Promise<void> {
  const op = group[0]?.op
  if (op === 'link') return sendOpen(parts, group)
  const works = op === 'create' ? await created(parts, group) : await toChange(parts, group)
  const frozen = op === 'create' ? await addLines(parts, works) : works
  if (frozen.length > 0) await freeAndChange(parts, frozen)
}

/** Headers that are there now: found by a look, or made by one call. */
async function created(parts: SendParts, group: readonly Delivery[]): Promise<Work[]> {
  const { client, list, where, signal } = parts
  const lost = group.filter((one) => one.state === 'look')
  const byOrigin = lost.length > 0 ? await findByOrigin(client, list, where, lost, signal) : new Map<string, ProcoreItem>()
  const byId = await readNow(
    client,
    list,
    where,
    lost.flatMap((one) => (one.sent?.freed && one.sent.item ? [one.sent.item] : [])),
    signal,
  )
  const found = (one: Delivery): ProcoreItem | undefined => byOrigin.get(one.originId) ?? byId.get(one.sent?.item ?? '')
  const old = group.flatMap((delivery): Work[] => {
    const item = found(delivery)
    return item ? [workOf(parts, delivery, item, [], true)] : []
  })
  const held = await readLines(
    parts,
    old.map((one) => one.item.id),
  )
  const fresh = await makeHeaders(
    parts,
    group.filter((one) => !found(one)),
  )
  return [...old.map((one) => workOf(parts, one.delivery, one.item, held.get(one.item.id) ?? [], true)), ...fresh]
}

async function makeHeaders(parts: SendParts, group: readonly Delivery[]): Promise<Work[]> {
  if (group.length === 0) return []
  const rows = group.map(
    (one): SyncRow => ({ originId: one.originId, origin: one.originId, fields: headerIn(parts.list, one.body), called: nameOf(one) }),
  )
  await parts.progress(group.map(({ id, body }) => ({ id, sent: { body } })))
  const answers = await syncCall(parts.client, parts.list, parts.where, rows)
  const made: Work[] = []
  await settleUndone(
    parts,
    group.map((delivery, n) => ({ delivery, sent: { body: delivery.body }, answer: answers[n] })),
    (delivery, item) => made.push(workOf(parts, delivery, item, [])),
  )
  return made
}

/** Puts lines under new headers; those whose header is already frozen come back to be freed first. */
async function addLines(parts: SendParts, works: readonly Work[]): Promise<Work[]> {
  const open = works.filter((one) => one.item.originId !== null)
  const freed = works.filter((one) => one.item.originId === null)
  const rows = open.flatMap((work) => work.lines.map((row) => ({ work, row })))
  if (rows.length > 0) await parts.progress(open.map(({ delivery, sent }) => ({ id: delivery.id, sent })))
  const lineList = parts.list.sync?.lines?.list
  const answers =
    rows.length > 0 && lineList
      ? await syncCall(
          parts.client,
          lineList,
          parts.where,
          rows.map((one) => one.row),
        )
      : []
  const byWork = open.map((work) => ({ ...work, answers: rows.flatMap((one, n) => (one.work === work ? [answers[n]] : [])) }))
  const locked = byWork.filter((one) =>
    one.answers.some((answer) => answer && 'refused' in answer && answer.refused.code === 'locked-in-procore'),
  )
  const others = byWork.filter((one) => !locked.includes(one))
  const good: Work[] = []
  const judged = others.map((one) => ({
    ...one,
    answer: one.answers.find((answer) => !answer || !('item' in answer)) ?? { item: one.item },
  }))
  await settleUndone(parts, judged, (delivery) => good.push(others.find((one) => one.delivery === delivery) as Work), true)
  await confirmTotals(parts, good)
  return [...freed, ...locked]
}

/**
 * A header knows its total only after its lines: read once for all, and by name what did not move lately – lines may come long after their
 * header, when the hour's calls were spent. One that cannot be read is looked at again: what its header said is not what it holds.
 */
async function confirmTotals(parts: SendParts, works: readonly Work[]): Promise<void> {
  if (works.length === 0) return
  const { client, list, where, signal, clock } = parts
  const ids = works.map((one) => one.item.id)
  const lately =
    ids.length <= 3 ? new Map<string, ProcoreItem>() : await readSince(client, list, where, client.procoreNow() - 15 * 60_000, signal)
  const rest = ids.filter((id) => !lately.has(id))
  const now = new Map([...lately, ...(await readNow(client, list, where, rest, signal))])
  await parts.settle(
    works.map(({ delivery, item, sent }) => {
      const held = now.get(item.id)
      if (held) return { id: delivery.id, outcome: 'confirmed', item: held, sent }
      return unknown(delivery, sent, problem('send-unconfirmed', { reason: 'no-total' }), clock.now())
    }),
  )
}

/** What is to be changed, after the owner was checked; everything else is settled here. */
async function toChange(parts: SendParts, group: readonly Delivery[]): Promise<Work[]> {
  const ids = group.flatMap((one) => one.item?.id ?? [])
  const now = await readNow(parts.client, parts.list, parts.where, ids, parts.signal)
  const held = await readLines(
    parts,
    ids.filter((id) => now.has(id)),
  )
  const going: Work[] = []
  for (const delivery of group) {
    const item = now.get(delivery.item?.id ?? '') ?? null
    const refused = mayWrite(delivery, item) ?? (item ? null : problem('procore-not-found', { item: nameOf(delivery) }))
    if (refused || !item)
      await parts.settle([
        {
          id: delivery.id,
          outcome: 'failed',
          problem: refused ?? problem('procore-not-found', { item: nameOf(delivery) }),
          ...(item ? { item } : {}),
        },
      ])
    else if (
      delivery.state !== 'look' &&
      delivery.item &&
      movedSince(headerIn(parts.list, delivery.body), delivery.item.content, item.content)
    )
      await parts.settle([{ id: delivery.id, outcome: 'moved', item }])
    else {
      const work = workOf(parts, delivery, item, held.get(item.id) ?? [], true)
      const whole = Object.keys(work.header).length === 0 && work.lines.length === 0 && !(delivery.sent?.freed && item.originId === null)
      if (whole) await parts.settle([{ id: delivery.id, outcome: 'confirmed', item, sent: work.sent }])
      else going.push(work)
    }
  }
  return going
}

/** What one delivery still needs. `known`: the header was read, so only what differs is sent again. */
function workOf({ list }: SendParts, delivery: Delivery, item: ProcoreItem, held: readonly ProcoreItem[], known = false): Work {
  const header = headerIn(list, delivery.body)
  const freed = delivery.sent?.freed ? { freed: true } : {}
  return {
    ...{ delivery, item, sent: { body: delivery.body, item: item.id, ...freed } },
    header: known ? differing(header, item.content) : {},
    lines: lineRows(list, item.id, delivery.originId, delivery.body, held, nameOf(delivery)),
  }
}
