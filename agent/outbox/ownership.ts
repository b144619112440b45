/** Whose an item is, asked right before it is written. Pure. Owner cleared or stolen: no write, one problem. */
import { type Problem, problem } from '../../shared/problem.ts'
import type { ProcoreItem } from '../items/kind.ts'
import type { Delivery } from './outbox.ts'

/** Null when the write may go; else why not. `now` is the item as just read, null when Procore does not show it. */
export function mayWrite(delivery: Delivery, now: ProcoreItem | null): Problem | null {
  if (now === null || now.deletedAt !== null) return problem('procore-not-found', { item: nameOf(delivery) })
  const free = now.originId === null
  const ours = now.originId === delivery.originId
  if (!free && !ours) return stolen(delivery, now.originId ?? '')
  // Unlinking what is free already is done; linking fills what is free.
  const mayBeFree = delivery.op === 'link' || delivery.op === 'unlink' || delivery.sent?.freed === true
  if (free && delivery.tied && !mayBeFree) return problem('owner-lost', { item: nameOf(delivery, now) })
  return null
}

const stolen = (delivery: Delivery, origin: string): Problem => problem('foreign-owner', { item: nameOf(delivery), origin })

/** How a sentence calls the item: the ERP key is what people know. */
export const nameOf = ({ record, item }: Pick<Delivery, 'record' | 'item'>, now: ProcoreItem | null = item): string =>
  String(now?.content['number'] ?? now?.content['name'] ?? record.key)
