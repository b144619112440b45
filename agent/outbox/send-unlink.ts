/**
 * Takes our link off an item and every line under it: the lines first, then the header, where Procore may still refuse; then the lines get
 * theirs back, so that nothing is left half done. Lines that a filled header freezes follow it; where Procore keeps those, all that was taken
 * off gets its link back, the header last. What carried a link is stored before the first call; it is kept where Procore refuses both ways.
 * That null clears a link is inferred (procore-api.md 5.3): a refusal, or an answer that still carries it, is a lock.
 */
import { problem } from '../../shared/problem.ts'
import type { ProcoreItem } from '../items/kind.ts'
import {
  carried,
  carrying,
  failed,
  freeing,
  isFree,
  isLock,
  type Lines,
  linesUnder,
  lockOf,
  quoting,
  refusalOf,
  through,
} from './carried.ts'
import type { Before, Carried, Delivery, DeliveryResult, Sent, Snapshot } from './outbox.ts'
import { mayWrite, nameOf } from './ownership.ts'
import { readNow } from './read-back.ts'
import { unknown } from './retry.ts'
import type { SendParts } from './send.ts'
import { type RowResult, syncCall } from './sync-call.ts'
import { undone } from './work.ts'

/** One item on its way; `off`: ids of lines whose link is off, an earlier attempt's included; `headless`: so is the item's own; `frozen`: those that must wait for it. */
type Unlinking = {
  delivery: Delivery
  item: ProcoreItem
  lines: Lines
  sent: Sent & { before: Before }
  off: string[]
  headless: boolean
  frozen: ProcoreItem[]
}

export async function sendUnlink(parts: SendParts, group: readonly Delivery[]): Promise<void> {
  const begun = await begin(parts, group)
  await parts.progress(begun.map(({ delivery, sent }) => ({ id: delivery.id, sent })))
  const lined = await through(parts, begun, (one) => freeLines(parts, one, one.lines.all.filter(isOurs(one.delivery))))
  const headed = await freeHeaders(parts, lined)
  const freed = await through(parts, headed, (one) => freeLines(parts, one, one.frozen))
  await confirm(parts, freed)
}

/** What is to be freed, as Procore holds it now; what is not ours, or not there, is settled here. */
async function begin(parts: SendParts, group: readonly Delivery[]): Promise<Unlinking[]> {
  const ids = group.flatMap(({ item }) => item?.id ?? [])
  const now = await readNow(parts.client, parts.list, parts.where, ids, parts.signal)
  const refused: DeliveryResult[] = []
  const good: { delivery: Delivery; item: ProcoreItem }[] = []
  for (const delivery of group) {
    const item = now.get(delivery.item?.id ?? '') ?? null
    const why = mayWrite(delivery, item)
    if (why || item === null) refused.push(failed(delivery, why ?? problem('procore-not-found', { item: nameOf(delivery) }), item))
    else good.push({ delivery, item })
  }
  if (refused.length > 0) await parts.settle(refused)
  const linesOf = await linesUnder(
    parts,
    good.map(({ item }) => item),
  )
  return good.map(({ delivery, item }) => {
    const lines = linesOf(item)
    const before = delivery.sent?.before ?? beforeOf(delivery, item, lines)
    const snapshot = delivery.sent?.snapshot ?? { header: kept(item), lines: lines.all.map(kept) }
    const free = new Set(lines.all.flatMap(({ id, originId }) => (originId === null ? [id] : [])))
    const off = before.lines.flatMap(({ id }) => (free.has(id) ? [id] : []))
    const headless = item.originId === null && before.header.originId !== null
    return { delivery, item, lines, sent: { body: {}, item: item.id, before, snapshot }, off, headless, frozen: [] }
  })
}

/** What carries the link; what an earlier unlink took off and could not put back is part of it. */
function beforeOf(delivery: Delivery, item: ProcoreItem, { all }: Lines): Before {
  const free = new Set(all.flatMap(({ id, originId }) => (originId === null ? [id] : [])))
  const earlier = (delivery.undo?.lines ?? []).filter(({ id }) => free.has(id))
  return { header: carried(item), lines: [...all.filter(isOurs(delivery)).map(carried), ...earlier] }
}

/** Tax numbers are never kept as they are (design §6). */
function kept(item: ProcoreItem): Snapshot['header'] {
  const { tax_id: _, ...content } = item.content
  return { ...item, content }
}

/** By the connection's key, the first part of every origin_id it ever set. */
const isOurs =
  ({ originId }: Delivery) =>
  (line: ProcoreItem): boolean =>
    line.originId?.startsWith(`${originId.split(':')[0]}:`) === true

/** Null once these lines are free or known to wait for their header. */
async function freeLines(parts: SendParts, work: Unlinking, lines: readonly ProcoreItem[]): Promise<DeliveryResult | null> {
  if (lines.length === 0) return null
  const { list, where } = work.lines
  const again = lines === work.frozen
  const answers = await syncCall(
    parts.client,
    list,
    where,
    lines.map((line) => freeing(list, line, work.delivery)),
  )
  let bad: RowResult | null = null
  lines.forEach((line, n) => {
    const answer = answers[n] as RowResult
    if (isFree(answer)) work.off.push(line.id)
    else if (!again && isLock(answer)) work.frozen.push(line)
    else bad = bad === null || 'unknown' in answer ? answer : bad
  })
  return bad === null ? null : giveUp(parts, work, bad)
}

async function freeHeaders(parts: SendParts, works: readonly Unlinking[]): Promise<Unlinking[]> {
  const { client, list, where } = parts
  const filled = works.filter(({ item }) => item.originId !== null)
  const answers =
    filled.length === 0
      ? []
      : await syncCall(
          client,
          list,
          where,
          filled.map(({ item, delivery }) => freeing(list, item, delivery)),
        )
  const good = works.filter(({ item }) => item.originId === null)
  for (const [n, work] of filled.entries()) {
    const answer = answers[n] as RowResult
    if (isFree(answer)) good.push({ ...work, headless: true })
    else await parts.settle([await giveUp(parts, work, answer)])
  }
  return good
}

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
    if (item?.originId === null)
      results.push({ id: delivery.id, outcome: 'confirmed', item: { ...item, project: item.project ?? delivery.project }, sent })
    else if (item) kept.push({ work, item })
    else results.push(unknown(delivery, sent, problem('send-unconfirmed', { reason: 'it could not be read back' }), parts.clock.now()))
  }
  await parts.settle(results)
  for (const { work, item } of kept) await parts.settle([await giveUp(parts, { ...work, headless: false }, { item })])
}

/** What became of an item that stays linked. Surely refused: what was freed gets its link back. Not known: it is looked up and taken on. */
async function giveUp(parts: SendParts, work: Unlinking, answer: RowResult): Promise<DeliveryResult> {
  const { delivery, item, sent } = work
  const text = lockOf(answer)
  if (text === null) return undone(delivery, sent, answer, parts.clock.now(), true)
  const back = await putBack(parts, work)
  const open = back.find((one) => !one.isBack && refusalOf(delivery, one.answer) === null)
  if (open) return undone(delivery, sent, open.answer, parts.clock.now(), true)
  const now = headerNow(work, back) ?? ('item' in answer && answer.item.id === item.id ? answer.item : null)
  if (back.every(({ isBack }) => isBack)) return failed(delivery, quoting('locked-in-procore', text, { item: nameOf(delivery) }), now)
  const half = quoting('unlink-half-done', text, { item: nameOf(delivery) })
  return { id: delivery.id, outcome: 'failed', problem: half, item: now ?? item, sent }
}

type Back = { isHeader: boolean; isBack: boolean; answer: RowResult }

/** Gives every freed line its link again, then the item: filled first, it might freeze them. */
async function putBack({ client, list, where }: SendParts, work: Unlinking): Promise<Back[]> {
  const { delivery, item, lines, off, headless, sent } = work
  const freed = new Set(off)
  const were = sent.before.lines.filter(({ id }) => freed.has(id))
  const rows = were.map((line) => carrying(lines.list, line, delivery))
  const lined = rows.length === 0 ? [] : await syncCall(client, lines.list, lines.where, rows)
  const headed = headless ? await syncCall(client, list, where, [carrying(list, sent.before.header, delivery, item)]) : []
  const backOf = (was: Carried, answer: RowResult, isHeader: boolean): Back => ({
    ...{ isHeader, answer },
    isBack: 'item' in answer && answer.item.originId === was.originId,
  })
  return [
    ...lined.map((answer, n) => backOf(were[n] as Carried, answer, false)),
    ...headed.map((answer) => backOf(sent.before.header, answer, true)),
  ]
}

/** The item without its link where it did not get it back, with it where it did; null where it never lost it. */
function headerNow({ item, headless }: Unlinking, back: readonly Back[]): ProcoreItem | null {
  if (!headless) return null
  const answer = back.find(({ isHeader }) => isHeader)?.answer
  if (answer && 'item' in answer) return answer.item
  const { originData: _, ...rest } = item
  return { ...rest, originId: null, originCode: null }
}
