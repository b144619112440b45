/** One group of deliveries – same connection, entity, op, type and project – brought to Procore and settled row by row. */
import type { Client } from '../procore/client.ts'
import { listFor } from '../procore/index.ts'
import type { ProcoreList, Where } from '../procore/list.ts'
import type { Clock } from '../procore/rate-limit.ts'
import type { Delivery, DeliveryResult, Sent } from './outbox.ts'
import { sendFrozen } from './send-frozen.ts'
import { sendOpen } from './send-open.ts'

export type SendParts = {
  client: Client
  list: ProcoreList
  where: Where
  clock: Clock
  signal: AbortSignal
  /** Stores how far each has come, before the call that goes further. */
  progress(rows: readonly { id: number; sent: Sent }[]): Promise<void>
  settle(results: readonly DeliveryResult[]): Promise<void>
}

/** Sends a group. Whatever is not settled when it throws was not sent by the call that failed. */
export async function send(parts: Omit<SendParts, 'list' | 'where'>, group: readonly Delivery[]): Promise<void> {
  const first = group[0]
  if (!first) return
  const list = listFor(first.type)
  if (!list?.sync) throw new TypeError(`${first.type} is not written`)
  const whole: SendParts = { ...parts, list, where: { project: first.project } }
  await (list.sync.locked ? sendFrozen(whole, group) : sendOpen(whole, group))
}
