/**
 * Takes our link off an item and every line under it: the lines first, then the header, where Procore may still refuse; then the lines get
 * theirs back, so that nothing is left half done. Lines that a filled header freezes follow it. What carried a link is stored before the first
 * call. That null clears a link is inferred (procore-api.md 5.3): a refusal, or an answer that still carries it, is a lock.
 */
import { type Problem, problem } from '../../shared/problem.ts'
import type { ProcoreItem } from '../items/kind.ts'
import type { ProcoreList, Where } from '../procore/list.ts'
import { readLines } from './lines.ts'
import type { Carried, Delivery, DeliveryResult, Sent } from './outbox.ts'
import { mayWrite, nameOf } from './ownership.ts'
import { readNow } from './read-back.ts'
import { unknown } from './retry.ts'
import type { SendParts } from './send.ts'
import { type RowResult, type SyncRow, syncCall } from './sync-call.ts'
import { undone } from './work.ts'

/** Lines in one place of a list: those that carry our link, and the ids of those that carry none. */
type Rows = { list: ProcoreList; where: Where; items: readonly ProcoreItem[]; free: ReadonlySet<string> }
/** One item on its way; `off`: ids of lines whose link is off, an earlier attempt's included; `frozen`: those that must wait for the header. */
type Unlinking = { delivery: Delivery; item: ProcoreItem; lines: Rows; sent: Sent; off: string[]; frozen: ProcoreItem[] }

export async function sendUnlink(parts: SendParts, group: readonly Delivery[]): Promise<void> {
  const begun = await begin(parts, group)
  await parts.progress(begun.map(({ delivery, sent }) => ({ id: delivery.id, sent })))
  const lined = await through(parts, begun, (one) => freeLines(parts, one, one.lines.items))
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
  const under = await linesUnder(parts, good)
  return good.map(({ delivery, item }) => {
    const lines = under.get(delivery) ?? { list: parts.list, where: parts.where, items: [], free: new Set<string>() }
    const before = delivery.sent?.before ?? { header: carried(item), lines: lines.items.map(carried) }
    const off = before.lines.flatMap(({ id }) => (lines.free.has(id) ? [id] : []))
    return { delivery, item, lines, sent: { body: {}, item: item.id, before }, off, frozen: [] }
  })
}

const carried = ({ id, originId, originCode, originData }: ProcoreItem): Carried => ({
  ...{ id, originId, originCode },
  originData: originData ?? null,
})

/** Lines that carry a link of ours, by the change of the item they are under. */
async function linesUnder(parts: SendParts, works: readonly { delivery: Delivery; item: ProcoreItem }[]): Promise<Map<Delivery, Rows>> {
  const { client, list, where, signal } = parts
  const found = new Map<Delivery, Rows>()
  if (list.under)
    for (const { delivery, item } of works) {
      const at = { ...where, contracts: [item.id] }
      const all: ProcoreItem[] = []
      for await (const page of list.under.read(client, at, { priority: 'write', signal })) all.push(...page)
      found.set(delivery, rowsOf(delivery, { list: list.under, where: at }, all))
    }
  else if (list.sync?.lines) {
    const held = await readLines(
      parts,
      works.map(({ item }) => item.id),
    )
    for (const { delivery, item } of works)
      found.set(delivery, rowsOf(delivery, { list: list.sync.lines.list, where }, held.get(item.id) ?? []))
  }
  return found
}

const rowsOf = (delivery: Delivery, at: Pick<Rows, 'list' | 'where'>, all: readonly ProcoreItem[]): Rows => ({
  ...at,
  items: all.filter(isOurs(delivery)),
  free: new Set(all.flatMap(({ id, originId }) => (originId === null ? [id] : []))),
})

/** By the connection's key, the first part of every origin_id it ever set. */
const isOurs =
  ({ originId }: Delivery) =>
  (line: ProcoreItem): boolean =>
    line.originId?.startsWith(`${originId.split(':')[0]}:`) === true

/** Each by itself; what is settled on the way goes no further. */
async function through(
  parts: SendParts,
  works: readonly Unlinking[],
  step: (work: Unlinking) => Promise<DeliveryResult | null>,
): Promise<Unlinking[]> {
  const good: Unlinking[] = []
  for (const work of works) {
    const result = await step(work)
    if (result) await parts.settle([result])
    else good.push(work)
  }
  return good
}

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
    if (isFree(answer)) good.push(work)
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
  for (const { work, item } of kept) await parts.settle([await giveUp(parts, work, { item })])
}

/** Origin fields of a row, emptied where its list takes them; `origin` itself goes by its own name. */
const freeing = ({ sync, one }: ProcoreList, item: ProcoreItem, delivery: Delivery): SyncRow => {
  const known = sync?.fields ?? one?.fields ?? {}
  const fields = Object.fromEntries(['origin_code', 'origin_data'].flatMap((name) => (Object.hasOwn(known, name) ? [[name, null]] : [])))
  return { id: item.id, origin: null, fields, called: nameOf(delivery), held: item.content }
}

const isFree = (answer: RowResult): boolean => 'item' in answer && answer.item.originId === null
const isLock = (answer: RowResult): boolean => 'refused' in answer && answer.refused.code === 'locked-in-procore'

/** What became of an item that stays linked. Surely refused: its freed lines get their link back. Not known: it is looked up and taken on. */
async function giveUp(parts: SendParts, work: Unlinking, answer: RowResult): Promise<DeliveryResult> {
  const { delivery, sent } = work
  const locked = lockOf(answer)
  if (locked === null) return undone(delivery, sent, answer, parts.clock.now(), true)
  const back = await putBack(parts, work)
  if (back) return undone(delivery, sent, back, parts.clock.now(), true)
  return failed(delivery, problem('locked-in-procore', { item: nameOf(delivery), text: locked }), 'item' in answer ? answer.item : null)
}

/** Why Procore keeps the link, in its own words; null where that is not what the answer says. */
function lockOf(answer: RowResult): string | null {
  if ('item' in answer) return 'the link did not change'
  const said: Problem | null =
    'refused' in answer ? answer.refused : 'notDone' in answer && answer.retryAt === undefined ? answer.notDone : null
  return said && ['locked-in-procore', 'procore-refused'].includes(said.code) ? String(said.params?.['text'] ?? '') : null
}

/** Null when every freed line carries its link again. */
async function putBack({ client }: SendParts, { delivery, lines: { list, where }, off, sent }: Unlinking): Promise<RowResult | null> {
  const were = new Map(sent.before?.lines.map((line) => [line.id, line]))
  const known = list.sync?.fields ?? {}
  const rows = off.map((id): SyncRow => {
    const { originId = null, originCode = null, originData = null } = were.get(id) ?? {}
    const fields = Object.entries({ origin_code: originCode, origin_data: originData }).filter(([name]) => Object.hasOwn(known, name))
    return { id, origin: originId, fields: Object.fromEntries(fields), called: nameOf(delivery) }
  })
  const answers = rows.length === 0 ? [] : await syncCall(client, list, where, rows)
  return answers.find((answer, n) => !('item' in answer) || answer.item.originId !== rows[n]?.origin) ?? null
}

/** A person has to look; what Procore holds now is handed on. */
const failed = ({ id }: Delivery, what: Problem, item: ProcoreItem | null): DeliveryResult => ({
  ...{ id, outcome: 'failed', problem: what },
  ...(item ? { item } : {}),
})
