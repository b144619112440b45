/** Looks at watches when something moved, when one is overdue, and now and then: Procore's own delay passes without anything moving. */
import type { Event, EventKind } from '../shared/event.ts'
import type { Reader } from './ledger/reader.ts'
import type { Writer } from './ledger/writer-proxy.ts'

export type WatchesParts = { reader: Reader; writer: Writer; now: () => number; onFault: (error: unknown, where: string) => void }

const lookMs = 30_000
/** Events after which a record may be gone, or a watch may do what it could not before. */
const moving: readonly string[] = ['link-changed', 'file-taken', 'connection-changed'] satisfies EventKind[]

export function createWatches({ reader, writer, now, onFault }: WatchesParts) {
  const any = reader.raw.prepare('select 1 from watches limit 1')
  const overdue = reader.raw.prepare('select 1 from watches where until <= ? limit 1')
  let lookedAt = Number.NEGATIVE_INFINITY
  let looking = false
  let again = false

  /** One look at a time; what moved meanwhile is looked at once more. */
  async function look(): Promise<void> {
    again = true
    if (looking) return
    looking = true
    try {
      while (again && any.get() !== undefined) {
        again = false
        lookedAt = now()
        await writer.call('lookAtWatches', {})
      }
    } catch (error) {
      onFault(error, 'watches')
    } finally {
      looking = false
    }
  }

  return {
    look,
    seen: (events: readonly Event[]): void => {
      if (events.some(({ kind }) => moving.includes(kind))) void look()
    },
    tick: (): void => {
      if (now() - lookedAt >= lookMs || overdue.get(now()) !== undefined) void look()
    },
  }
}
