/** What carries a link: an item and the lines under it, and the rows that take a link off or put it back exactly as it was. */
import { type Problem, type ProblemCode, problem } from '../../shared/problem.ts'
import type { Beside, ProcoreItem } from '../items/kind.ts'
import type { ProcoreList, Where } from '../procore/list.ts'
import type { Carried, Delivery, DeliveryResult } from './outbox.ts'
import { nameOf } from './ownership.ts'
import { afterProblem } from './retry.ts'
import type { SendParts } from './send.ts'
import type { RowResult, SyncRow } from './sync-call.ts'

/** Lines under one item as Procore holds them now, and how they are written. */
export type Lines = { list: ProcoreList; where: Where; all: readonly ProcoreItem[] }

export const carried = ({ id, originId, originCode, originData, unsaid }: ProcoreItem): Carried => ({
  ...{ id, originId, originCode },
  originData: originData ?? null,
  ...(unsaid ? { unsaid } : {}),
})

/** Lines by the id of the item they are under; an item of a list without lines has none. */
export async function linesUnder(parts: SendParts, items: readonly ProcoreItem[]): Promise<(item: ProcoreItem) => Lines> {
  const { client, list, where, signal } = parts
  const found = new Map<string, Lines>()
  if (list.under)
    for (const { id } of items) {
      const at = { ...where, contracts: [id] }
      const all: ProcoreItem[] = []
      for await (const page of list.under.read(client, at, { priority: 'write', signal })) all.push(...page)
      found.set(id, { list: list.under, where: at, all })
    }
  return ({ id }) => found.get(id) ?? { list, where, all: [] }
}

/** Origin fields beside `origin_id` that a list takes, but for those that were never read. */
function besides(
  { sync, one }: ProcoreList,
  values: Record<Beside, string | null>,
  unsaid: readonly string[] = [],
): Record<string, unknown> {
  const known = sync?.fields ?? one?.fields ?? {}
  return Object.fromEntries(Object.entries(values).filter(([name]) => Object.hasOwn(known, name) && !unsaid.includes(name)))
}

/** The row that empties all that says so, and of which it was read what it says; `origin` itself goes by its own name. */
export const freeing = (list: ProcoreList, item: ProcoreItem, delivery: Delivery): SyncRow => ({
  ...{ id: item.id, origin: null, fields: besides(list, { origin_code: null, origin_data: null }, item.unsaid) },
  ...{ called: nameOf(delivery), held: item.content },
})

/** The row that puts back what an item carried. */
export const carrying = (list: ProcoreList, was: Carried, delivery: Delivery, held?: ProcoreItem): SyncRow => ({
  ...{ id: was.id, origin: was.originId, fields: besides(list, { origin_code: was.originCode, origin_data: was.originData }, was.unsaid) },
  ...{ called: nameOf(delivery), held: held?.content },
})

/** Whether an item carries what the row of an unlink or its undoing was to leave, all three fields of it; one the answer does not hold is not judged. */
export function isAsSent({ origin, fields }: SyncRow, item: ProcoreItem): boolean {
  const now: Record<Beside, string | null> = { origin_code: item.originCode, origin_data: item.originData ?? null }
  const isHeld = (name: Beside): boolean => item.unsaid?.includes(name) === true || (fields[name] || null) === now[name]
  return item.originId === origin && (['origin_code', 'origin_data'] as const).every((name) => !Object.hasOwn(fields, name) || isHeld(name))
}

export const took = (row: SyncRow, answer: RowResult): boolean => 'item' in answer && isAsSent(row, answer.item)
/** The link itself is off, or on, whatever became of what stands beside it. */
export const originOf = (answer: RowResult): string | null | undefined => ('item' in answer ? answer.item.originId : undefined)
export const isLock = (answer: RowResult): boolean => 'refused' in answer && answer.refused.code === 'locked-in-procore'

/** What quotes Procore; of the rest that ends a try, the codes that stand for it where Procore would be quoted. */
const inTheirWords: readonly ProblemCode[] = ['locked-in-procore', 'procore-refused']
const refusals: Partial<Record<ProblemCode, string>> = {
  'procore-not-found': 'not-found',
  'procore-answer': 'not-understood',
  'value-unsendable': 'not-sendable',
}

/** Why Procore leaves a link as it is, in its own words, '' where it has none; null where that is not what the answer says. */
export function lockOf(answer: RowResult): string | null {
  if ('item' in answer) return ''
  const said: Problem | null =
    'refused' in answer ? answer.refused : 'notDone' in answer && answer.retryAt === undefined ? answer.notDone : null
  return said && inTheirWords.includes(said.code) ? String(said.params?.['text'] ?? '') : null
}

/** Why Procore does not take a link back, in its own words or by the code that stands for them, '' where it has none; null where that is not what the answer says. */
export function refusalOf(delivery: Delivery, answer: RowResult): string | null {
  if ('item' in answer) return ''
  const said = 'refused' in answer ? answer.refused : 'notDone' in answer && answer.retryAt === undefined ? answer.notDone : null
  if (said === null || afterProblem(delivery, said, 0).outcome !== 'failed') return null
  return inTheirWords.includes(said.code) ? String(said.params?.['text'] ?? '') : (refusals[said.code] ?? 'no-reason')
}

/** A link that stayed as it was, and its wording where Procore gave no word of its own: none of ours stands in for it. */
const unchanged = {
  'locked-in-procore': 'link-unchanged',
  'undo-refused': 'undo-unchanged',
  'unlink-half-done': 'unlink-half-unchanged',
  'undo-half-done': 'undo-half-unchanged',
} as const satisfies Partial<Record<ProblemCode, ProblemCode>>

/** A problem that quotes Procore, or says that there is nothing to quote. */
export const quoting = (code: keyof typeof unchanged, text: string, params: NonNullable<Problem['params']>): Problem =>
  text === '' ? problem(unchanged[code], params) : problem(code, { ...params, text })

/** Each by itself; what is settled on the way goes no further. */
export async function through<T>(parts: SendParts, works: readonly T[], step: (work: T) => Promise<DeliveryResult | null>): Promise<T[]> {
  const good: T[] = []
  for (const work of works) {
    const result = await step(work)
    if (result) await parts.settle([result])
    else good.push(work)
  }
  return good
}

/** A person has to look; what Procore holds now is handed on. */
export const failed = ({ id }: Delivery, what: Problem, item: ProcoreItem | null): DeliveryResult => ({
  ...{ id, outcome: 'failed', problem: what },
  ...(item ? { item } : {}),
})
