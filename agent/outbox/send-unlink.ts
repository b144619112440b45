/**
 * Takes our link off an item and every line under it: the lines first, then the header, where Procore may still refuse; then the lines get
 * theirs back, so that nothing is left half done. Lines that a filled header freezes follow it; where Procore keeps those, all that was taken
 * off gets its link back, the header last. What carried a link is stored before the first call; it is kept where Procore refuses both ways.
 * That null clears a link is inferred (procore-api.md 5.3): a refusal, or an answer that still carries it or what stood beside it, is a lock.
 */
import { problem } from '../../shared/problem.ts'
import type { ProcoreItem } from '../items/kind.ts'
import type { ProcoreList } from '../procore/list.ts'
import { carried, failed, freeing, isAsSent, isLock, type Lines, linesUnder, originOf, through, took } from './carried.ts'
import { giveUp, takeBack, type Unlinking } from './give-back.ts'
import type { Before, Carried, Delivery, DeliveryResult, Snapshot } from './outbox.ts'
import { mayWrite, nameOf } from './ownership.ts'
import { readNow, readShown } from './read-back.ts'
import { unknown } from './retry.ts'
import type { SendParts } from './send.ts'
import { type RowResult, type SyncRow, syncCall } from './sync-call.ts'

export async function sendUnlink(parts: SendParts, group: readonly Delivery[]): Promise<void> {
  const begun = await begin(parts, group)
  await parts.progress(begun.map(({ delivery, sent }) => ({ id: delivery.id, sent })))
  const lined = await through(parts, begun, (one) => freeLines(parts, one, one.lines.all.filter(isLinked(one))))
  const headed = await freeHeaders(parts, lined)
  const freed = await through(parts, headed, (one) => freeLines(parts, one, one.frozen))
  await confirm(parts, freed)
}

/** What is to be freed, as Procore holds it now; what is not ours, or not there, is settled here: where it was begun, what it took off goes back first. */
async function begin(parts: SendParts, group: readonly Delivery[]): Promise<Unlinking[]> {
  const ids = group.flatMap(({ item }) => item?.id ?? [])
  const { now, hidden } = await readShown(parts.client, parts.list, parts.where, ids, parts.signal)
  const refused: DeliveryResult[] = []
  const begun: Parameters<typeof takeBack>[1][] = []
  const good: { delivery: Delivery; item: ProcoreItem }[] = []
  for (const delivery of group) {
    const item = now.get(delivery.item?.id ?? '') ?? null
    const why = hidden ?? mayWrite(delivery, item) ?? (item === null ? problem('procore-not-found', { item: nameOf(delivery) }) : null)
    const { sent } = delivery
    if (why === null && item !== null) good.push({ delivery, item })
    else if (why !== null && sent?.before) begun.push({ delivery, sent: { ...sent, before: sent.before }, item, why })
    else if (why !== null) refused.push(failed(delivery, why, item))
  }
  if (refused.length > 0) await parts.settle(refused)
  await through(parts, begun, (one) => takeBack(parts, one))
  const linesOf = await linesUnder(
    parts,
    good.map(({ item }) => item),
  )
  return good.map(({ delivery, item }) => {
    const lines = linesOf(item)
    const before = delivery.sent?.before ?? beforeOf(delivery, item, lines)
    const snapshot = delivery.sent?.snapshot ?? snapshotOf(item, lines, before)
    const free = new Set(lines.all.flatMap(({ id, originId }) => (originId === null ? [id] : [])))
    const off = before.lines.flatMap(({ id }) => (free.has(id) ? [id] : []))
    const headless = item.originId === null && before.header.originId !== null
    return { delivery, item, lines, sent: { body: {}, item: item.id, before, snapshot }, off, headless, frozen: [] }
  })
}

/** What carries the link; what an earlier unlink took off and could not put back is part of it, the item's own included. */
function beforeOf(delivery: Delivery, item: ProcoreItem, { all }: Lines): Before {
  const free = new Set(all.flatMap(({ id, originId }) => (originId === null ? [id] : [])))
  const earlier = (delivery.undo?.lines ?? []).filter(({ id }) => free.has(id))
  const header = item.originId === null && delivery.undo?.header.id === item.id ? delivery.undo.header : carried(item)
  return { header, lines: [...all.filter(isOurs(delivery)).map(carried), ...earlier] }
}

/** All of it as it was while it carried its link, whoever took that off. */
function snapshotOf(item: ProcoreItem, { all }: Lines, { header, lines }: Before): Snapshot {
  const were = new Map(lines.map((line) => [line.id, line]))
  return { header: kept(item, header), lines: all.map((line) => kept(line, were.get(line.id))) }
}

/** Tax numbers are never kept as they are (design §6). */
function kept(item: ProcoreItem, was?: Carried): Snapshot['header'] {
  const { tax_id: _, ...content } = item.content
  if (item.originId !== null || !was) return { ...item, content }
  const { originId, originCode, originData } = was
  return { ...item, originId, originCode, ...(originData === null ? {} : { originData }), content }
}

/** By the connection's key, the first part of every origin_id it ever set. */
const isOurs =
  ({ originId }: Delivery) =>
  (line: ProcoreItem): boolean =>
    line.originId?.startsWith(`${originId.split(':')[0]}:`) === true

/** Ours, or still with what stood beside the link an earlier attempt took off. */
function isLinked({ delivery, lines, sent }: Unlinking): (line: ProcoreItem) => boolean {
  const were = new Set(sent.before.lines.map(({ id }) => id))
  const isRest = (line: ProcoreItem): boolean =>
    line.originId === null && were.has(line.id) && !isAsSent(freeing(lines.list, line, delivery), line)
  return (line) => isOurs(delivery)(line) || isRest(line)
}

/** Null once these lines are free or known to wait for their header. */
async function freeLines(parts: SendParts, work: Unlinking, lines: readonly ProcoreItem[]): Promise<DeliveryResult | null> {
  if (lines.length === 0) return null
  const { list, where } = work.lines
  const again = lines === work.frozen
  const rows = lines.map((line) => freeing(list, line, work.delivery))
  const answers = await syncCall(parts.client, list, where, rows)
  let bad: RowResult | null = null
  lines.forEach((line, n) => {
    const answer = answers[n] as RowResult
    if (originOf(answer) === null && !work.off.includes(line.id)) work.off.push(line.id)
    if (took(rows[n] as SyncRow, answer)) return
    if (!again && isLock(answer)) work.frozen.push(line)
    else bad = bad === null || 'unknown' in answer ? answer : bad
  })
  return bad === null ? null : giveUp(parts, work, bad)
}

async function freeHeaders(parts: SendParts, works: readonly Unlinking[]): Promise<Unlinking[]> {
  const { client, list, where } = parts
  const good = works.filter((work) => isHeadFree(list, work, work.item))
  const filled = works.filter((work) => !good.includes(work))
  const rows = filled.map(({ item, delivery }) => freeing(list, item, delivery))
  const answers = rows.length === 0 ? [] : await syncCall(client, list, where, rows)
  for (const [n, work] of filled.entries()) {
    const answer = answers[n] as RowResult
    const headless = work.headless || originOf(answer) === null
    if (took(rows[n] as SyncRow, answer)) good.push({ ...work, headless })
    else await parts.settle([await giveUp(parts, { ...work, headless }, answer)])
  }
  return good
}

/** Nothing of our link is on it; what stands beside none of ours is its own. */
const isHeadFree = (list: ProcoreList, { delivery, item, sent }: Unlinking, now: ProcoreItem): boolean =>
  now.originId === null && (sent.before.header.originId === null || isAsSent(freeing(list, item, delivery), now))

/** Read back by itself: only an item that no longer carries the link is unlinked. What is sure is settled at once, however many there are. */
async function confirm(parts: SendParts, works: readonly Unlinking[]): Promise<void> {
  if (works.length === 0) return
  const ids = works.map(({ item }) => item.id)
  const now = await readNow(parts.client, parts.list, parts.where, ids, parts.signal)
  const results: DeliveryResult[] = []
  const kept: { work: Unlinking; item: ProcoreItem }[] = []
  for (const work of works) {
    const { delivery, sent } = work
    const item = now.get(work.item.id)
    if (item && isHeadFree(parts.list, work, item))
      results.push({ id: delivery.id, outcome: 'confirmed', item: { ...item, project: item.project ?? delivery.project }, sent })
    else if (item) kept.push({ work, item })
    else results.push(unknown(delivery, sent, problem('send-unconfirmed', { reason: 'not-read-back' }), parts.clock.now()))
  }
  await parts.settle(results)
  for (const { work, item } of kept) await parts.settle([await giveUp(parts, { ...work, headless: item.originId === null }, { item })])
}
