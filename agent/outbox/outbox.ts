/** ⑤ Changes waiting their turn, to Procore or to the ERP; strict order per record, and a failure holds back those behind it. */
import type { Entity } from '../../shared/item.ts'
import type { Problem } from '../../shared/problem.ts'
import type { ErpRecord, ProcoreItem } from '../items/kind.ts'

/** Append, never change: stored by position. */
export const outboxOps = ['create', 'update', 'link', 'unlink'] as const
export type OutboxOp = (typeof outboxOps)[number]

/** `look` = sent, no answer: read back before anything else. `held` = waits for a parent, a person or switched-off writing. */
export const outboxStates = ['waiting', 'sending', 'look', 'failed', 'held', 'done'] as const
export type OutboxState = (typeof outboxStates)[number]

/** One change as the worker gets it, with everything it needs to build the body. */
export type Delivery = {
  id: number
  op: OutboxOp
  state: OutboxState
  attempts: number
  entity: Entity
  record: ErpRecord
  originId: string
  item: ProcoreItem | null
  /** Body of the last attempt, if it was sent before. */
  sent: Record<string, unknown> | null
}

/** What became of one delivery. */
export type DeliveryResult =
  | { id: number; outcome: 'confirmed'; item: ProcoreItem; sent: Record<string, unknown> }
  | { id: number; outcome: 'unconfirmed'; sent: Record<string, unknown>; problem: Problem; retryAt: number }
  | { id: number; outcome: 'again'; problem: Problem; retryAt: number }
  | { id: number; outcome: 'failed'; problem: Problem }
  | { id: number; outcome: 'held'; problem: Problem; retryAt: number }
