/**
 * Brings what waits to Procore, group by group, and records what became of it. One worker per Procore company, whatever the number
 * of connections; it stops by the signal, after the call under way was answered and recorded.
 */
import { problem } from '../../shared/problem.ts'
import type { Client } from '../procore/client.ts'
import { ProcoreTrouble } from '../procore/errors.ts'
import { listFor } from '../procore/index.ts'
import type { Clock } from '../procore/rate-limit.ts'
import type { Claim, Claimed, Settle } from './commands.ts'
import type { Delivery, DeliveryResult, Sent } from './outbox.ts'
import { afterProblem, backOff, unknown } from './retry.ts'
import { contractsOf, send } from './send.ts'

/** What the worker asks of the ledger; the commands of commands.ts through the writer. */
export type OutboxCalls = {
  claim(input: Claim): Promise<Claimed>
  settle(input: Settle): Promise<void>
  progress(input: { rows: { id: number; sent: Sent }[] }): Promise<void>
  /** Looks again for unlinked items that share a natural key with what is about to be created; answers what may still go. */
  recheckCreates(input: { connection: number; ids: number[] }): Promise<number[]>
}

export type WorkerParts = {
  client: Client
  /** Connections of this company, in the order they take turns. */
  connections: () => readonly number[] | Promise<readonly number[]>
  calls: OutboxCalls
  /** Reads a list up to now and hands it to the ledger, right before something is created in it. */
  refresh: (connection: number, list: string, project: string | null, contracts?: readonly string[]) => Promise<void>
  clock: Clock
  signal: AbortSignal
  /** Trouble with the whole worker, told once each time it changes; null when it is over. */
  onTrouble?: (trouble: Error | null) => void
}

export type Worker = {
  /** Something may wait: look now instead of at the next turn. */
  wake(): void
  /** Ends when the worker has stopped. */
  stopped: Promise<void>
}

/** Looks by itself so often, for what became due. */
const idleMs = 2_000
/** One call takes a thousand; so many calls' worth share one read of the owners. */
const claimSize = 1_000
const claimsTogether = 10

/** Starts workers, at most one per company; a second one for the same company is refused. */
export function outboxWorkers(): { start(parts: WorkerParts): Worker } {
  const running = new Set<string>()
  return {
    start(parts) {
      const key = `${parts.client.apiBase} ${parts.client.company}`
      if (running.has(key)) throw new Error(`The outbox of company ${parts.client.company} is already being worked on.`)
      running.add(key)
      const waker = makeWaker(parts)
      const stopped = loop(parts, waker).finally(() => running.delete(key))
      return { wake: waker.wake, stopped }
    },
  }
}

type Waker = { wake(): void; rest(ms: number): Promise<void> }

function makeWaker({ clock, signal }: WorkerParts): Waker {
  let woken = false
  let wakeUp: (() => void) | null = null
  return {
    wake: () => {
      woken = true
      wakeUp?.()
    },
    async rest(ms) {
      if (!woken && !signal.aborted) {
        const early = new AbortController()
        wakeUp = () => early.abort()
        await clock.sleep(ms, AbortSignal.any([signal, early.signal])).catch(ended)
        wakeUp = null
      }
      woken = false
    },
  }
}

/** A sleep that was cut short ends like one that was not: AbortError is all it can reject with. */
const ended = (): void => undefined

async function loop(parts: WorkerParts, waker: Waker): Promise<void> {
  const recovered = new Set<number>()
  let troubles = 0
  while (!parts.signal.aborted) {
    let busy = false
    try {
      for (const connection of await parts.connections()) {
        busy = (await turn(parts, connection, !recovered.has(connection))) || busy
        recovered.add(connection)
        if (parts.signal.aborted) return
      }
      if (troubles > 0) parts.onTrouble?.(null)
      troubles = 0
    } catch (cause) {
      if (parts.signal.aborted) return
      troubles += 1
      recovered.clear() // what could not be written down is looked up, as after a crash
      parts.onTrouble?.(cause instanceof Error ? cause : new Error(String(cause)))
    }
    if (!busy) await waker.rest(troubles > 0 ? backOff(troubles) : idleMs)
  }
}

/** One group of one connection; answers whether anything was due. `recover` at the first turn: what a dead process was sending is looked up. */
export async function turn(parts: WorkerParts, connection: number, recover = false): Promise<boolean> {
  const { group, aside } = await claimGroup(parts, connection, recover)
  if (group.length === 0) return aside > 0
  const settled = new Set<number>()
  const stored = new Map<number, Sent>()
  const settle = async (results: readonly DeliveryResult[]): Promise<void> => {
    if (results.length === 0) return
    await parts.calls.settle({ connection, results: [...results] })
    for (const { id } of results) settled.add(id)
  }
  const progress = async (rows: readonly { id: number; sent: Sent }[]): Promise<void> => {
    for (const { id, sent } of rows) stored.set(id, sent)
    if (rows.length > 0) await parts.calls.progress({ rows: [...rows] })
  }
  try {
    await send(
      { client: parts.client, clock: parts.clock, signal: parts.signal, settle, progress },
      await stillCreatable(parts, connection, group),
    )
  } catch (cause) {
    const open = group.filter((one) => !settled.has(one.id))
    await settle(open.map((one) => interrupted(one, stored.get(one.id) ?? one.sent, cause, parts.clock.now())))
    if (!(cause instanceof ProcoreTrouble) && !parts.signal.aborted) throw cause
  }
  return true
}

async function claimGroup({ calls, signal }: WorkerParts, connection: number, recover: boolean): Promise<Claimed> {
  const all: Claimed = { group: [], aside: 0 }
  for (let n = 0; n < claimsTogether && !signal.aborted; n++) {
    const [first] = all.group
    const { group, aside } = await calls.claim({
      connection,
      limit: claimSize,
      recover: recover && n === 0,
      like: first ? { entity: first.entity, op: first.op, type: first.type, project: first.project } : null,
    })
    all.group.push(...group)
    all.aside += aside
    if (group.length < claimSize) break
  }
  return all
}

/** Creating is the one thing that cannot be taken back: the list is read up to now first, look-alikes wait for a person, and what is there already is tied. */
async function stillCreatable(parts: WorkerParts, connection: number, group: readonly Delivery[]): Promise<readonly Delivery[]> {
  // Claimed by a process that died before it sent anything, a create is as fresh as any: nobody has looked for it yet.
  const fresh = group.filter((one) => one.op === 'create' && one.sent === null && one.lookFirst)
  const [first] = fresh
  const list = first ? listFor(first.type) : undefined
  if (!first || !list) return group
  await parts.refresh(connection, list.id, first.project, list.byContract ? contractsOf(list, fresh) : undefined)
  const may = new Set(await parts.calls.recheckCreates({ connection, ids: fresh.map((one) => one.id) }))
  return group.filter((one) => !fresh.includes(one) || may.has(one.id))
}

/** A group that was cut short: what may have been sent is looked up, the rest is tried again. */
function interrupted(delivery: Delivery, sent: Sent | null, cause: unknown, now: number): DeliveryResult {
  const trouble = cause instanceof ProcoreTrouble ? cause : null
  const why =
    trouble?.problem ??
    problem('run-failed', {
      reason: cause instanceof Error ? cause.message : String(cause),
      when: new Date(now + backOff(delivery.attempts)).toISOString(),
    })
  if (sent) return { ...unknown(delivery, sent, why, now) }
  if (trouble) return afterProblem(delivery, why, now, trouble.retryAt ?? 0)
  return { id: delivery.id, outcome: 'again', problem: why, retryAt: now + backOff(delivery.attempts) }
}
