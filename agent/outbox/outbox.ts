/** ⑤ Changes waiting their turn, to Procore or to the ERP; strict order per record, and a failure holds back those behind it. */
import type { Entity, ItemType } from '../../shared/item.ts'
import type { Problem } from '../../shared/problem.ts'
import type { Beside, ErpRecord, ProcoreItem } from '../items/kind.ts'

/** Append, never change: stored by position. */
export const outboxOps = ['create', 'update', 'link', 'unlink', 'relink'] as const
export type OutboxOp = (typeof outboxOps)[number]

/** `look` = sent, no answer: read back before anything else. `held` = waits for a parent, a person or switched-off writing. */
export const outboxStates = ['waiting', 'sending', 'look', 'failed', 'held', 'done'] as const
export type OutboxState = (typeof outboxStates)[number]

/** An item or line that carries a link, and all that says so: enough to put it back exactly. */
export type Carried = {
  id: string
  originId: string | null
  originCode: string | null
  originData: string | null
  /** What was never read of it, and is therefore neither emptied nor put back. */
  unsaid?: readonly Beside[]
}
/** Everything of an item that carried a link before it was taken off. */
export type Before = { header: Carried; lines: readonly Carried[] }
/** An item and its lines as Procore last gave them, tax numbers left out. */
export type Snapshot = { header: ProcoreItem; lines: readonly ProcoreItem[] }

/** Who asked for a change, from where; for an unlink also the forecast's code it rests on, and the reason given. */
export type Asked = { person: number | null; origin: string; key?: number | null; forecast?: string; reason?: string | null }

/**
 * What was last sent and how far a change of several calls has come; stored before each call, so that whoever comes after
 * a crash knows what to look for. Plain JSON.
 */
export type Sent = {
  body: Record<string, unknown>
  /** Procore's id, once known. */
  item?: string
  /** Our origin_id was, or is about to be, taken off a frozen item: an empty one is ours to fill again. */
  freed?: boolean
  /** What carried the link before an unlink began, and what all of it was. */
  before?: Before
  snapshot?: Snapshot
}

/** One change as the worker gets it, with everything it needs. All of one claim share connection, entity, op, type and project. */
export type Delivery = {
  id: number
  op: OutboxOp
  /** What it was when it was claimed: `look` is read back before anything is sent. */
  state: 'waiting' | 'look'
  attempts: number
  entity: Entity
  record: ErpRecord
  /** The origin_id this record's item carries or will carry. */
  originId: string
  /** Type of the item it is or becomes. */
  type: ItemType
  /** Project the item lies in; null for items of the company. */
  project: string | null
  /** Known partner as last seen; null for creates. */
  item: ProcoreItem | null
  /** Whether Procore confirmed our origin_id on it before. */
  tied: boolean
  /**
   * Whether its list is read up to now before it is created: where items are met by natural keys a look-alike may have come up, and in a list
   * that was never read whole (a ledger put back from a backup) the item itself may be there already.
   */
  lookFirst: boolean
  /** For a relink: what carried the link before it was taken off. For an unlink: what an earlier one took off and could not put back. */
  undo?: Before
  /** Fields as Kind.toBody gave them, under the API's names; empty for link, unlink and relink. */
  body: Record<string, unknown>
  sent: Sent | null
}

/** What became of one delivery. */
export type DeliveryResult =
  | { id: number; outcome: 'confirmed'; item: ProcoreItem; sent: Sent }
  | { id: number; outcome: 'unconfirmed'; sent: Sent; problem: Problem; retryAt: number }
  | { id: number; outcome: 'again'; problem: Problem; retryAt: number }
  /** Nothing was written: Procore's side is not what we knew. `item` is what it is now. */
  | { id: number; outcome: 'moved'; item: ProcoreItem }
  /** `retryAt`: what is missing may appear by itself, so it is built anew then; without, a person or a change of the record lets it go. */
  /** `sent`: an unlink that is half done, and what it was before; `item` is what Procore holds now, if it shows it. */
  /** `whole`: an unlink that surely left, or put back, all that carried the link. */
  | { id: number; outcome: 'failed'; problem: Problem; item?: ProcoreItem; retryAt?: number; sent?: Sent; whole?: true }
  | { id: number; outcome: 'held'; problem: Problem; retryAt: number }
