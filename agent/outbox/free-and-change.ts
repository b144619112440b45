/** Our origin_id off, header and lines changed, origin_id back on: five calls for up to a thousand frozen items, each step stored before it is taken. */
import { type Problem, problem } from '../../shared/problem.ts'
import type { ProcoreItem } from '../items/kind.ts'
import { quoting } from './carried.ts'
import type { DeliveryResult, Sent } from './outbox.ts'
import { nameOf } from './ownership.ts'
import { afterProblem } from './retry.ts'
import type { SendParts } from './send.ts'
import { type RowResult, type SyncRow, syncCall } from './sync-call.ts'
import { undone, type Work } from './work.ts'

/** One item on its way; `trouble` is why its change failed: its link is put back all the same, so that nothing is left stranded. */
type Freed = Work & { trouble: Problem | null }

export async function freeAndChange(parts: SendParts, works: readonly Work[]): Promise<void> {
  const freed = await free(parts, works)
  const patched = await patch(parts, freed)
  const lined = await changeLines(parts, patched)
  await own(parts, lined)
}

const freedSent = (work: Work): Sent => ({ ...work.sent, freed: true })

/** Takes our origin_id off. The reference does not say that null clears it: a refusal, or an answer that still carries it, asks a person. */
async function free(parts: SendParts, works: readonly Work[]): Promise<Freed[]> {
  const filled = works.filter((one) => one.item.originId !== null)
  await parts.progress(works.map((work) => ({ id: work.delivery.id, sent: freedSent(work) })))
  const answers = await call(parts, filled, (work) => ({ id: work.item.id, origin: null, fields: {}, called: nameOf(work.delivery) }))
  const settled: DeliveryResult[] = []
  const going: Freed[] = works.filter((one) => one.item.originId === null).map(begun)
  filled.forEach((work, n) => {
    const answer = answers[n] as RowResult
    if ('item' in answer && answer.item.originId === null) going.push(begun({ ...work, item: answer.item }))
    else settled.push(stillFrozen(parts, work, answer))
  })
  if (settled.length > 0) await parts.settle(settled)
  return going
}

const begun = (work: Work): Freed => ({ ...work, sent: freedSent(work), trouble: null })

function stillFrozen(parts: SendParts, work: Work, answer: RowResult): DeliveryResult {
  const { delivery } = work
  const locked = (text: string): DeliveryResult => ({
    id: delivery.id,
    outcome: 'failed',
    problem: quoting('locked-in-procore', text, { item: nameOf(delivery) }),
  })
  if ('item' in answer) return locked('')
  if ('refused' in answer) return locked(String(answer.refused.params?.['text'] ?? answer.refused.code))
  if ('notDone' in answer && answer.retryAt === undefined && afterProblem(delivery, answer.notDone, 0).outcome === 'failed')
    return locked(String(answer.notDone.params?.['text'] ?? answer.notDone.code))
  return undone(delivery, freedSent(work), answer, parts.clock.now(), true)
}

/** Changes headers that differ. A refusal is remembered; an unknown outcome ends here and is looked up. */
async function patch(parts: SendParts, freed: readonly Freed[]): Promise<Freed[]> {
  const differs = freed.filter((one) => Object.keys(one.header).length > 0)
  const answers = await call(parts, differs, (work) => ({ id: work.item.id, fields: work.header, called: nameOf(work.delivery) }))
  const judged = await judge(
    parts,
    differs,
    differs.map((_, n) => [answers[n] as RowResult]),
  )
  return [...freed.filter((one) => !differs.includes(one)), ...judged]
}

async function changeLines(parts: SendParts, freed: readonly Freed[]): Promise<Freed[]> {
  const lineList = parts.list.sync?.lines?.list
  const rows = freed.flatMap((work) => (work.trouble ? [] : work.lines.map((row) => ({ work, row }))))
  if (rows.length === 0 || !lineList) return [...freed]
  const answers = await syncCall(
    parts.client,
    lineList,
    parts.where,
    rows.map((one) => one.row),
  )
  const touched = freed.filter((work) => rows.some((one) => one.work === work))
  const judged = await judge(
    parts,
    touched,
    touched.map((work) => rows.flatMap((one, n) => (one.work === work ? [answers[n] as RowResult] : []))),
  )
  return [...freed.filter((one) => !touched.includes(one)), ...judged]
}

/** Those that may go on: done, or surely refused (to be put back). The rest waits for a look. */
async function judge(parts: SendParts, works: readonly Freed[], answers: readonly (readonly RowResult[])[]): Promise<Freed[]> {
  const settled: DeliveryResult[] = []
  const going: Freed[] = []
  for (const [n, work] of works.entries()) {
    const bad = worst(answers[n] ?? [])
    const result = bad ? undone(work.delivery, work.sent, bad, parts.clock.now(), true) : null
    if (result && result.outcome !== 'failed') settled.push(result)
    else going.push(result ? { ...work, trouble: result.problem } : work)
  }
  if (settled.length > 0) await parts.settle(settled)
  return going
}

/** An unknown outcome outweighs a refusal: what may have happened is looked up before anything is put back. */
const worst = (answers: readonly RowResult[]): RowResult | undefined => {
  const bad = answers.filter((answer) => !('item' in answer))
  return bad.find((answer) => 'unknown' in answer || 'silent' in answer) ?? bad[0]
}

/** Puts our origin_id back and settles. An item somebody else took in between is theirs now. */
async function own(parts: SendParts, freed: readonly Freed[]): Promise<void> {
  if (freed.length === 0) return
  const answers = await call(parts, freed, ({ item, delivery }) => ({
    id: item.id,
    origin: delivery.originId,
    fields: {},
    called: nameOf(delivery),
  }))
  await parts.settle(freed.map((work, n) => owned(parts, work, answers[n] as RowResult)))
}

function owned(parts: SendParts, work: Freed, answer: RowResult): DeliveryResult {
  const { delivery, sent, trouble } = work
  if (!('item' in answer)) return undone(delivery, sent, answer, parts.clock.now(), true)
  const item: ProcoreItem = { ...answer.item, project: answer.item.project ?? delivery.project }
  if (item.originId !== delivery.originId)
    return { id: delivery.id, outcome: 'failed', problem: problem('owner-lost', { item: nameOf(delivery) }), item }
  if (trouble) return { id: delivery.id, outcome: 'failed', problem: trouble, item }
  return { id: delivery.id, outcome: 'confirmed', item, sent: { body: sent.body, item: item.id } }
}

const call = async (parts: SendParts, works: readonly Work[], rowOf: (work: Work) => SyncRow): Promise<RowResult[]> =>
  works.length === 0
    ? []
    : syncCall(
        parts.client,
        parts.list,
        parts.where,
        works.map((work) => ({ ...rowOf(work), held: work.item.content })),
      )
