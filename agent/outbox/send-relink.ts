/**
 * Puts back the link an unlink took off, header and lines exactly as they carried it: the lines first, because a filled header may freeze
 * them, then the header. Nothing is written unless Procore has just shown each of them free, or carrying what it is to carry; where Procore
 * refuses half way, the lines are freed again. What was sent and not answered is looked at before it goes on.
 */
import { type Problem, problem } from '../../shared/problem.ts'
import type { ProcoreItem } from '../items/kind.ts'
import { carrying, failed, freeing, isAsSent, type Lines, linesUnder, originOf, quoting, refusalOf, through, took } from './carried.ts'
import type { Before, Carried, Delivery, DeliveryResult, Sent } from './outbox.ts'
import { nameOf } from './ownership.ts'
import { readNow, readShown } from './read-back.ts'
import { unknown } from './retry.ts'
import type { SendParts } from './send.ts'
import { type RowResult, type SyncRow, syncCall } from './sync-call.ts'
import { undone } from './work.ts'

/** One item on its way; `on`: lines that carry their link again by this relink, an earlier attempt's included; `headed`: the item carries its own, but not all of it. */
type Relinking = { delivery: Delivery; was: Before; item: ProcoreItem; lines: Lines; sent: Sent; on: ProcoreItem[]; headed: boolean }

export async function sendRelink(parts: SendParts, group: readonly Delivery[]): Promise<void> {
  const begun = await begin(parts, group)
  const open = await through(parts, begun, (one) => mayGo(parts, one))
  await parts.progress(open.map(({ delivery, sent }) => ({ id: delivery.id, sent })))
  const lined = await through(parts, open, (one) => fillLines(parts, one))
  const headed = await through(parts, lined, (one) => fillHeader(parts, one))
  await confirm(parts, headed)
}

/** Header and lines as Procore holds them now; what is not there any more is settled here. */
async function begin(parts: SendParts, group: readonly Delivery[]): Promise<Relinking[]> {
  const ids = group.flatMap(({ item }) => item?.id ?? [])
  const { now, hidden } = await readShown(parts.client, parts.list, parts.where, ids, parts.signal)
  const there = await through(
    parts,
    group.map((delivery) => ({ delivery, item: now.get(delivery.item?.id ?? '') ?? null })),
    async ({ delivery, item }) =>
      item?.deletedAt === null ? null : failed(delivery, hidden ?? problem('procore-not-found', { item: nameOf(delivery) }), null),
  )
  const good = there.flatMap(({ delivery, item }) => (item && delivery.undo ? [{ delivery, item, was: delivery.undo }] : []))
  const linesOf = await linesUnder(
    parts,
    good.map(({ item }) => item),
  )
  return good.map((one) => {
    const lines = linesOf(one.item)
    const were = new Map(one.was.lines.map((line) => [line.id, line]))
    const on = lines.all.filter(({ id, originId }) => originId !== null && originId === were.get(id)?.originId)
    return { ...one, lines, on, sent: { body: {}, item: one.item.id }, headed: false }
  })
}

/** Null where nobody else has claimed it since. An earlier attempt's lines are freed again before it is refused. */
async function mayGo(parts: SendParts, work: Relinking): Promise<DeliveryResult | null> {
  const why = claimed(work) ?? lineGone(work)
  if (why === null) return null
  return work.delivery.sent === null ? failed(work.delivery, why, work.item) : takeBack(parts, work, why)
}

const isClaimed = (now: ProcoreItem | undefined, was: Carried): boolean =>
  now !== undefined && now.originId !== null && now.originId !== was.originId

function claimed({ delivery, was, item, lines }: Relinking): Problem | null {
  const held = new Map(lines.all.map((line) => [line.id, line]))
  const theirs = isClaimed(item, was.header)
    ? item
    : was.lines.map((line) => held.get(line.id)).find((line, n) => isClaimed(line, was.lines[n] as Carried))
  return theirs ? problem('undo-claimed', { item: nameOf(delivery), origin: theirs.originId ?? '' }) : null
}

function lineGone({ delivery, was, lines }: Relinking): Problem | null {
  const held = new Set(lines.all.map(({ id }) => id))
  const gone = was.lines.filter(({ id }) => !held.has(id)).length
  return gone > 0 ? problem('undo-line-gone', { item: nameOf(delivery), count: gone }) : null
}

/** Null once every line that carried a link carries it again. */
async function fillLines(parts: SendParts, work: Relinking): Promise<DeliveryResult | null> {
  const { delivery, was, lines, on } = work
  const held = new Map(lines.all.map((line) => [line.id, line]))
  const all = was.lines.map((line) => ({ line, now: held.get(line.id), row: carrying(lines.list, line, delivery, held.get(line.id)) }))
  const missing = all.filter(({ now, row }) => now === undefined || !isAsSent(row, now))
  const rows = missing.map(({ row }) => row)
  const answers = rows.length === 0 ? [] : await syncCall(parts.client, lines.list, lines.where, rows)
  const bad = answers.filter((answer, n) => !took(rows[n] as SyncRow, answer))
  const already = new Set(on.map(({ id }) => id))
  for (const [n, { line }] of missing.entries()) {
    const answer = answers[n] as RowResult
    if ('item' in answer && originOf(answer) === line.originId && !already.has(line.id)) on.push(answer.item)
  }
  const worst = bad.find((answer) => refusalOf(delivery, answer) === null) ?? bad[0]
  return worst ? giveUp(parts, work, worst) : null
}

async function fillHeader(parts: SendParts, work: Relinking): Promise<DeliveryResult | null> {
  const { delivery, was, item } = work
  const row = carrying(parts.list, was.header, delivery, item)
  if (was.header.originId === null || isAsSent(row, item)) return null
  const [answer] = (await syncCall(parts.client, parts.list, parts.where, [row])) as [RowResult]
  return took(row, answer) ? null : giveUp(parts, { ...work, headed: originOf(answer) === was.header.originId }, answer)
}

/** Read back by itself: only an item that carries its link again is relinked. */
async function confirm(parts: SendParts, works: readonly Relinking[]): Promise<void> {
  const ids = works.map(({ item }) => item.id)
  const now = await readNow(parts.client, parts.list, parts.where, ids, parts.signal)
  for (const work of works) {
    const { delivery, sent, was } = work
    const item = now.get(work.item.id)
    if (item && (was.header.originId === null || isAsSent(carrying(parts.list, was.header, delivery), item)))
      await parts.settle([{ id: delivery.id, outcome: 'confirmed', item: { ...item, project: item.project ?? delivery.project }, sent }])
    else if (item) await parts.settle([await giveUp(parts, { ...work, headed: item.originId === was.header.originId }, { item })])
    else await parts.settle([unknown(delivery, sent, problem('send-unconfirmed', { reason: 'not-read-back' }), parts.clock.now())])
  }
}

/** Surely refused: the lines are freed again, and a person is told why. Not known, or only later: it is looked at and taken on. */
async function giveUp(parts: SendParts, work: Relinking, answer: RowResult): Promise<DeliveryResult> {
  const { delivery, sent } = work
  const text = refusalOf(delivery, answer)
  if (text === null) return undone(delivery, sent, answer, parts.clock.now(), true)
  return takeBack(parts, work, quoting('undo-refused', text, { item: nameOf(delivery) }))
}

/**
 * Frees the item (filled it might freeze them) and its lines again, so that nothing is left half done; where Procore refuses that too, it is said.
 * Under an item that carried its link all along they stay: each that is back is one less.
 */
async function takeBack(
  parts: SendParts,
  { delivery, was, item, lines, on, sent, headed }: Relinking,
  why: Problem,
): Promise<DeliveryResult> {
  const text = String(why.params?.['text'] ?? why.params?.['origin'] ?? '')
  if (was.header.originId !== null && item.originId === was.header.originId)
    return failed(delivery, quoting('unlink-half-done', text, { item: nameOf(delivery) }), item)
  const heads = headed ? [freeing(parts.list, item, delivery)] : []
  const rows = on.map((line) => freeing(lines.list, line, delivery))
  const headAnswers = heads.length === 0 ? [] : await syncCall(parts.client, parts.list, parts.where, heads)
  const answers = rows.length === 0 ? [] : await syncCall(parts.client, lines.list, lines.where, rows)
  const stuck = [...headAnswers, ...answers].filter((answer, n) => !took([...heads, ...rows][n] as SyncRow, answer))
  const open = stuck.find((answer) => refusalOf(delivery, answer) === null)
  if (open) return undone(delivery, sent, open, parts.clock.now(), true)
  if (stuck.length === 0) return failed(delivery, why, item)
  return failed(delivery, quoting('undo-half-done', text, { item: nameOf(delivery), count: stuck.length }), item)
}
