/** One group of deliveries – same connection, entity, op, type and project – brought to Procore and settled row by row. */
import type { Client } from '../procore/client.ts'
import { listFor } from '../procore/index.ts'
import type { ProcoreList, Where } from '../procore/list.ts'
import type { Clock } from '../procore/rate-limit.ts'
import type { Delivery, DeliveryResult, Sent } from './outbox.ts'
import { sendFrozen } from './send-frozen.ts'
import { sendOpen } from './send-open.ts'
import { sendRelink } from './send-relink.ts'
import { sendUnlink } from './send-unlink.ts'

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
  if (!list?.sync && !list?.one) throw new TypeError(`${first.type} is not written`)
  const whole: SendParts = { ...parts, list, where: { project: first.project, contracts: contractsOf(list, group) } }
  if (first.op === 'unlink') return sendUnlink(whole, group)
  if (first.op === 'relink') return sendRelink(whole, group)
  if (!isFrozen(list, first)) return sendOpen(whole, group)
  for (const some of list.one ? group.map((delivery) => [delivery]) : [group]) await sendFrozen(whole, some)
}

/** Whether a filled origin_id stands in the way: of a change, or of lines that come after the header. */
const isFrozen = ({ sync, one }: ProcoreList, { op }: Delivery): boolean =>
  sync ? sync.locked : op === 'update' && one !== undefined && Object.keys(one.fields).some((field) => !one.locked.includes(field))

/** Contracts these records belong under: where Procore lists by contract only, these are read. */
export function contractsOf({ one }: ProcoreList, group: readonly Delivery[]): string[] {
  const parent = one?.parent
  if (!parent) return []
  return [...new Set(group.flatMap(({ body, sent, item }) => String(body[parent] ?? sent?.body[parent] ?? item?.content[parent] ?? [])))]
}
