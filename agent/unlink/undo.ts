/** Whether an unlink can still be taken back, and why not. */
import type { DatabaseSync } from 'node:sqlite'
import type { LinkState } from '../../shared/link-state.ts'
import type { UndoRefusal, UndoShape } from '../../shared/undo.ts'
import type { Looked } from '../ledger/look.ts'
import { isHalfDone, lastUnlink, type Unlink } from '../ledger/unlinks.ts'

/** For so many days after Procore confirmed an unlink it can be taken back; what it found stays in the ledger afterwards, as history. */
const undoDays = 30

export const undoUntil = ({ at }: Unlink): number => at + undoDays * 86_400_000

/** Why this link cannot be put back now; null where nothing known stands in the way. Procore is asked again before anything is written. */
export function refusalOf({ item, state, sides, source, connection }: Looked, unlink: Unlink | null, now: number): UndoRefusal | null {
  if (connection.owner !== 'tieback') return 'not-ours'
  if (unlink === null || !isOff(state, unlink)) return 'nothing'
  if (unlink.type !== item?.type || unlink.item !== item.id) return 'nothing'
  if (now >= undoUntil(unlink)) return 'expired'
  if (sides.item?.deleted) return 'deleted'
  if (sides.outbox !== null && sides.outbox.op !== 'relink' && ['sending', 'look'].includes(sides.outbox.state)) return 'under-way'
  if (item.originId !== null && item.originId !== unlink.carried.header.originId) return 'claimed'
  return source.writing === 1 ? null : 'writing-off'
}

/** Off, or in part: then the item itself may still be linked, whatever else is said of it. */
const isOff = (state: LinkState, unlink: Unlink): boolean =>
  isHalfDone(unlink) ? state !== 'unlinking' && state !== 'archived' : state === 'unlinked' && unlink.relinkedAt === null

/** What a link says of its undo; null where there is nothing to take back, or no longer. */
export function undoOf(raw: DatabaseSync, looked: Looked, now: number): UndoShape | null {
  const unlink = lastUnlink(raw, looked.record.id)
  const refused = refusalOf(looked, unlink, now)
  if (unlink === null || refused === 'nothing' || refused === 'expired' || refused === 'not-ours') return null
  return {
    ...{ until: iso(undoUntil(unlink)), unlinkedAt: iso(unlink.at), person: unlink.by },
    ...{ refused, underWay: looked.sides.outbox?.op === 'relink' },
  }
}

const iso = (ms: number): string => new Date(ms).toISOString()
