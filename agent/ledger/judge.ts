import { type LinkState, mayMove } from '../../shared/link-state.ts'
import { type Problem, problem } from '../../shared/problem.ts'
import { isCompared } from '../items/figures.ts'
import type { Figure } from '../items/kind.ts'
import type { OutboxOp, OutboxState } from '../outbox/outbox.ts'

/** Everything that decides a link's state, both sides as last seen. */
export type Sides = {
  previous: LinkState
  record: {
    key: string
    /** Complete exports proved it gone. */
    vanished: boolean
    /** Its whole job is gone or closed. */
    jobLeft: boolean
    /** It is not sent by itself. */
    leftOut: boolean
    /** A person has put it away. */
    archived: boolean
    /** It may be unlinked although the ERP has it. */
    free: boolean
  }
  /** `ours` also where Procore's own connector owns the links: then no owner is foreign. */
  item: { name: string; origin: string | null; ownership: 'none' | 'ours' | 'foreign'; deleted: boolean } | null
  /** Procore once confirmed our origin_id on the item. */
  tied: boolean
  /** Both sides compared; null where there is no item. */
  figures: readonly Figure[] | null
  confirmed: { record: string | null; item: string | null }
  /** Hashes of both sides' figures now. */
  now: { record: string; item: string }
  /** The change that waits or failed, if any. */
  outbox: { op: OutboxOp; state: OutboxState } | null
}

export type Verdict = {
  state: LinkState
  /** Fields that differ, for changed-in-*. */
  fields: string[]
  /** True when both sides agree now: what they are is to be remembered. */
  agreed: boolean
  /** True where they differ and never agreed since they were tied: nobody can say which side moved. */
  neverAgreed: boolean
  problem: Problem | null
}

const verdict = (state: LinkState, more: Partial<Verdict> = {}): Verdict => ({
  state,
  fields: [],
  agreed: false,
  neverAgreed: false,
  problem: null,
  ...more,
})

/** States only a person's or the outbox's own step may end; a new look at both sides leaves them alone. */
const kept: readonly LinkState[] = ['unlinked', 'rejected', 'written']

/** While its unlink is open. One that nobody has sent yet is over once the record is back in the ERP: what a person saw no longer holds. */
const isUnlinking = ({ previous, record, outbox }: Sides): boolean =>
  previous === 'unlinking' &&
  outbox?.op === 'unlink' &&
  (record.vanished || record.free || outbox.state === 'sending' || outbox.state === 'look')

/** An unlink that went on from one half done was dropped: the item itself had lost its link before, and nothing gives it one by itself. */
const isFreeAlready = ({ previous, tied, item }: Sides): boolean =>
  previous === 'unlinking' && !tied && item !== null && !item.deleted && item.ownership === 'none'

/** A person put it away after it was unlinked, or after Procore lost its item. One that is linked all the same shows as what it is. */
const isPutAway = ({ record, item }: Sides): boolean => record.archived && item !== null && (item.deleted || item.ownership !== 'ours')

/** Says what a link's state is from both sides. Pure: the same sides give the same state. */
export function judge(sides: Sides): Verdict {
  if (isPutAway(sides)) return verdict('archived')
  if (kept.includes(sides.previous) || isUnlinking(sides)) return verdict(sides.previous)
  if (isFreeAlready(sides)) return verdict('unlinked')
  return sides.item === null ? judgeAlone(sides) : judgePair(sides, sides.item)
}

/** A record nothing in Procore is tied to. */
function judgeAlone({ record, outbox }: Sides): Verdict {
  const inFlight = outbox?.op === 'create' ? outbox.state : null
  if (inFlight === 'sending' || inFlight === 'look') return verdict('sent')
  if (record.vanished || record.leftOut || record.archived) return verdict('archived')
  if (inFlight === 'failed') return verdict('failed')
  return verdict(inFlight === 'waiting' || inFlight === 'held' ? 'ready-to-send' : 'not-linked')
}

function judgePair(sides: Sides, item: NonNullable<Sides['item']>): Verdict {
  const { record, tied, outbox } = sides
  if (item.deleted) return verdict('orphan')
  const ownerLost = problem('owner-lost', { item: item.name, key: record.key })
  if (item.ownership === 'foreign') return verdict('foreign', tied ? { problem: ownerLost } : {})
  // A frozen item is changed by taking our origin_id off for a moment (outbox/free-and-change.ts): the outbox itself notices when it is lost.
  const underWay = outbox?.op === 'update' && (outbox.state === 'sending' || outbox.state === 'look')
  if (tied && item.ownership === 'none' && !underWay) return verdict('failed', { problem: ownerLost })
  if (record.vanished) return verdict(record.jobLeft ? 'left-with-job' : 'gone-from-erp')
  if (outbox?.state === 'failed') return verdict('failed')
  if (underWay) return verdict('sent')
  return judgeFigures(sides)
}

/**
 * Agreement decides; where they differ, the side that moved since both last agreed. Without such a time nobody can say which. Where nothing could be
 * compared neither is claimed, and nothing is remembered as agreed.
 */
function judgeFigures({ figures, confirmed, now }: Sides): Verdict {
  const fields = (figures ?? []).filter(({ agrees }) => agrees === false).map(({ field }) => field)
  if (fields.length === 0) return isCompared(figures ?? []) ? verdict('synced', { agreed: true }) : verdict('not-compared')
  const erpMoved = confirmed.record !== now.record
  const procoreMoved = confirmed.item !== now.item
  if (erpMoved && !procoreMoved) return verdict('changed-in-erp', { fields })
  if (procoreMoved && !erpMoved) return verdict('changed-in-procore', { fields })
  return verdict('changed-in-both', { fields, neverAgreed: confirmed.record === null && confirmed.item === null })
}

/** The moves from one state to another: none, one, or two where the table allows no direct one. Throws where there is no way at all. */
export function movesBetween(from: LinkState, to: LinkState): LinkState[] {
  if (from === to) return []
  if (mayMove(from, to)) return [to]
  const via = (['not-linked', 'synced', 'failed'] as const).find((between) => mayMove(from, between) && mayMove(between, to))
  if (via === undefined) throw new Error(`A link cannot go from ${from} to ${to}.`)
  return [via, to]
}

/** What would be sent for a link as it stands, writing switched on; null when nothing. */
export type Wanted = {
  owner: string
  delivery: 'match' | 'update' | 'create'
  /** The tie stays in the ledger: no origin_id is ever set. */
  ties?: 'ledger' | undefined
  creating: boolean
  verdict: Verdict
  sides: Pick<Sides, 'record' | 'item' | 'tied' | 'outbox'>
  /** An unlinked Procore item shares a natural key: a person decides first. */
  lookalike: boolean
}

/** The one next change for a link. Owner procore: never any. A pair whose item has no owner yet is linked before anything else is sent. */
export function nextOp({
  owner,
  delivery,
  ties,
  creating,
  verdict: { state },
  sides: { record, item, tied, outbox },
  lookalike,
}: Wanted): OutboxOp | null {
  if (state === 'unlinking') return 'unlink'
  if (state === 'unlinked') return outbox?.op === 'relink' ? 'relink' : null // a person's word: nothing links it again by itself
  if (state === 'archived') return null // a person's word too
  if (outbox?.op === 'relink') return 'relink' // what an unlink took off in part is put back
  if (owner !== 'tieback' || ties === 'ledger' || record.vanished || record.leftOut) return null
  if (item === null)
    return delivery === 'create' && creating && !lookalike && ['not-linked', 'ready-to-send', 'failed'].includes(state) ? 'create' : null
  if (item.deleted || item.ownership === 'foreign') return null
  if (item.ownership === 'none') return tied ? null : 'link'
  return state === 'changed-in-erp' && delivery !== 'match' ? 'update' : null
}
