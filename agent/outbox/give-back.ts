/**
 * Gives what an unlink took off its link again: where Procore refuses to go on, where somebody else has claimed the item meanwhile, or where
 * Procore no longer shows it. Nothing is written over another owner, nor where Procore does not show what stands there now; what did not get
 * its link back is handed on as half done, with all that carried it.
 */
import { type Problem, problem } from '../../shared/problem.ts'
import type { ProcoreItem } from '../items/kind.ts'
import { carrying, failed, type Lines, linesUnder, lockOf, quoting, refusalOf, took } from './carried.ts'
import type { Before, Carried, Delivery, DeliveryResult, Sent } from './outbox.ts'
import { nameOf } from './ownership.ts'
import type { SendParts } from './send.ts'
import { type RowResult, type SyncRow, syncCall } from './sync-call.ts'
import { undone } from './work.ts'

/** One item on its way; `off`: ids of lines whose link is off, an earlier attempt's included; `headless`: so is the item's own; `frozen`: those that must wait for it. */
export type Unlinking = {
  delivery: Delivery
  item: ProcoreItem
  lines: Lines
  sent: Sent & { before: Before }
  off: string[]
  headless: boolean
  frozen: ProcoreItem[]
}

/** What became of an item that stays linked. Surely refused: what was freed gets its link back. Not known, or only later: it is looked up and taken on. */
export async function giveUp(parts: SendParts, work: Unlinking, answer: RowResult): Promise<DeliveryResult> {
  const { delivery, item, sent, off, headless } = work
  const text = refusalOf(delivery, answer)
  const isBegun = delivery.sent !== null || off.length > 0 || headless
  if (text === null) return undone(delivery, sent, answer, parts.clock.now(), isBegun)
  const back = await putBack(parts, work)
  const open = openIn(delivery, back)
  if (open) return undone(delivery, sent, open.answer, parts.clock.now(), true)
  const now = headerNow(work, back) ?? ('item' in answer && answer.item.id === item.id ? answer.item : null)
  if (back.some(({ isBack }) => !isBack)) return halfDone(delivery, sent, text, now ?? item)
  return whole(delivery, whyOf(delivery, answer), now)
}

/** The reason of a lock, in Procore's own words; another reason as it was told. */
function whyOf(delivery: Delivery, answer: RowResult): Problem {
  const text = lockOf(answer)
  if (text !== null) return quoting('locked-in-procore', text, { item: nameOf(delivery) })
  return 'refused' in answer ? answer.refused : (answer as { notDone: Problem }).notDone
}

type Begun = { delivery: Delivery; sent: Sent & { before: Before }; item: ProcoreItem | null; why: Problem }

/** An unlink begun earlier that may not go on: the lines it freed get their link again, if nobody else has claimed them since. */
export async function takeBack(parts: SendParts, { delivery, sent, item, why }: Begun): Promise<DeliveryResult> {
  if (item === null || item.deletedAt !== null)
    return leftOff(delivery, sent, problem('unlink-half-hidden', { item: nameOf(delivery) }), item)
  const lines = (await linesUnder(parts, [item]))(item)
  const held = new Map(lines.all.map((line) => [line.id, line]))
  const off = sent.before.lines.flatMap(({ id }) => (held.get(id)?.originId === null ? [id] : []))
  const back = await putBack(parts, { delivery, item, lines, sent, off, headless: false })
  const open = openIn(delivery, back)
  if (open) return undone(delivery, sent, open.answer, parts.clock.now(), true)
  const stuck = back.find(({ isBack }) => !isBack)
  if (stuck) return halfDone(delivery, sent, refusalOf(delivery, stuck.answer) ?? '', item)
  const theirs = sent.before.lines.map((was) => claimOf(held.get(was.id), was)).find((origin) => origin !== null)
  return theirs === undefined ? whole(delivery, why, item) : halfDone(delivery, sent, theirs ?? '', item)
}

/** Whose a line is by now, where that is not what it was; null where it is free, as it was, or deleted. */
const claimOf = (now: ProcoreItem | undefined, was: Carried): string | null =>
  now === undefined || now.originId === was.originId ? null : now.originId

const whole = (delivery: Delivery, why: Problem, item: ProcoreItem | null): DeliveryResult => ({
  ...(failed(delivery, why, item) as Extract<DeliveryResult, { outcome: 'failed' }>),
  whole: true,
})

/** `item` as Procore holds it; null where it does not show it. */
const leftOff = (delivery: Delivery, sent: Sent, what: Problem, item: ProcoreItem | null): DeliveryResult => ({
  ...(failed(delivery, what, item) as Extract<DeliveryResult, { outcome: 'failed' }>),
  sent,
})

const halfDone = (delivery: Delivery, sent: Sent, text: string, item: ProcoreItem | null): DeliveryResult =>
  leftOff(delivery, sent, quoting('unlink-half-done', text, { item: nameOf(delivery) }), item)

type Back = { isHeader: boolean; isBack: boolean; answer: RowResult }

/** One of which nobody knows yet whether it carries its link again. */
const openIn = (delivery: Delivery, back: readonly Back[]): Back | undefined =>
  back.find(({ isBack, answer }) => !isBack && refusalOf(delivery, answer) === null)

/** Gives every freed line its link again, then the item: filled first, it might freeze them. */
async function putBack({ client, list, where }: SendParts, work: Omit<Unlinking, 'frozen'>): Promise<Back[]> {
  const { delivery, item, lines, off, headless, sent } = work
  const freed = new Set(off)
  const were = sent.before.lines.filter(({ id }) => freed.has(id))
  const rows = were.map((line) => carrying(lines.list, line, delivery))
  const lined = rows.length === 0 ? [] : await syncCall(client, lines.list, lines.where, rows)
  const head = carrying(list, sent.before.header, delivery, item)
  const headed = headless ? await syncCall(client, list, where, [head]) : []
  return [
    ...lined.map((answer, n) => ({ isHeader: false, answer, isBack: took(rows[n] as SyncRow, answer) })),
    ...headed.map((answer) => ({ isHeader: true, answer, isBack: took(head, answer) })),
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
