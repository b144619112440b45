/**
 * When the next call may be made, worked out from what was sent and what Procore's headers said. Pure.
 * Two limits hold at once, hourly and per 10 s; the headers describe whichever is nearer (procore-api.md 3, docs of 2026-03-03).
 * Numbers come from the headers; until one was seen we plan with 600 an hour and 25 in 10 s, of which 20 are spent.
 */
export const hourMs = 3_600_000
export const spikeMs = 10_000
/** While answers are awaited, the plan is looked at again after this at the latest. */
const lookMs = 250

/** Writes first, pages of lists next, single calls last. The lower two leave a share of the hour to those above. */
export const priorities = ['write', 'page', 'single'] as const
export type Priority = (typeof priorities)[number]
const keepsFree: Record<Priority, number> = { write: 0, page: 0.05, single: 0.1 }

/** Share of a limit we spend: clocks and answers in flight never line up exactly. */
const spends = { hour: 0.98, spike: 0.8 }

export type RateState = {
  limits: { hour: number; spike: number }
  /** Calls on their way: Procore counts each when it arrives, which may be any time until it is answered. */
  underWay: number
  /** When calls of the last hour were answered (or lost), ms, oldest first: from then on they count for one more window. */
  ended: readonly number[]
  /** No call before this, whatever the windows say (429, 503). */
  blockedUntil: number
  /** What Procore last said is left, per window, until its end. Others may spend from the same budget. */
  said: { hour: Said | null; spike: Said | null }
}
type Said = { left: number; at: number; until: number }

export const freshRate: RateState = {
  limits: { hour: 600, spike: 25 },
  underWay: 0,
  ended: [],
  blockedUntil: 0,
  said: { hour: null, spike: null },
}

/** A call leaves. */
export const sending = (state: RateState): RateState => ({ ...state, underWay: state.underWay + 1 })

/** It was answered, or never will be. */
export const ended = (state: RateState, now: number): RateState => ({
  ...{ ...state, underWay: Math.max(0, state.underWay - 1) },
  ended: [...after(state.ended, now - hourMs), now],
})

/** Index of the first time later than `from` by halving: the list is sorted. */
function firstAfter(times: readonly number[], from: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] as number) > from) high = middle
    else low = middle + 1
  }
  return low
}
const after = (times: readonly number[], from: number): number[] => times.slice(firstAfter(times, from))

export type RateHeaders = { limit: number; left: number; resetAt: number }

/** Takes what an answer's headers said; the call they came with has ended. Calls that end later are not counted in `left`. */
export function heard(state: RateState, headers: RateHeaders, now: number): RateState {
  const window = windowOf(state, headers, now)
  const until = Math.min(headers.resetAt, now + (window === 'hour' ? hourMs : spikeMs))
  const limits = headers.limit > 0 ? { ...state.limits, [window]: headers.limit } : state.limits
  return { ...state, limits, said: { ...state.said, [window]: { left: headers.left, at: now, until } } }
}

/** A reset further than 10 s away (and a second for rounding) can only be the hour's; near the hour's end its own limit gives it away. */
function windowOf(state: RateState, { limit, resetAt }: RateHeaders, now: number): 'hour' | 'spike' {
  if (resetAt - now > spikeMs + 1_500) return 'hour'
  return limit === state.limits.hour && limit !== state.limits.spike ? 'hour' : 'spike'
}

/** The later of both stands; asking again earlier never helps. */
export const blocked = (state: RateState, until: number): RateState => ({ ...state, blockedUntil: Math.max(state.blockedUntil, until) })

/** Calls of this priority that could be made now, per window. */
export function callsLeft(state: RateState, now: number, priority: Priority = 'write'): { hour: number; spike: number } {
  if (now < state.blockedUntil) return { hour: 0, spike: 0 }
  return { hour: left(state, 'hour', hourMs, now, priority), spike: left(state, 'spike', spikeMs, now, priority) }
}

function left(state: RateState, window: 'hour' | 'spike', ms: number, now: number, priority: Priority): number {
  const limit = state.limits[window]
  const allowed = allowance(limit, window, priority)
  const mine = allowed - state.underWay - after(state.ended, now - ms).length
  const said = state.said[window]
  if (!said || now >= said.until) return Math.max(0, mine)
  return Math.max(0, Math.min(mine, leftAsSaid(state, said) - (limit - allowed)))
}

const leftAsSaid = (state: RateState, said: Said): number => said.left - state.underWay - after(state.ended, said.at).length

/** Never below one: a limit of 1 is slow, not dead. */
const allowance = (limit: number, window: 'hour' | 'spike', priority: Priority): number =>
  Math.max(1, Math.floor(limit * spends[window]) - (window === 'hour' ? Math.ceil(limit * keepsFree[priority]) : 0))

/** Earliest time (ms) a call of this priority may be made, as far as is known now. */
export function nextFreeAt(state: RateState, now: number, priority: Priority = 'write'): number {
  const free = callsLeft(state, Math.max(now, state.blockedUntil), priority)
  if (free.hour > 0 && free.spike > 0) return Math.max(now, state.blockedUntil)
  const waits = [state.blockedUntil]
  if (free.spike === 0) waits.push(opensAt(state, 'spike', spikeMs, now, priority))
  if (free.hour === 0) waits.push(opensAt(state, 'hour', hourMs, now, priority))
  return Math.max(now + 1, ...waits)
}

function opensAt(state: RateState, window: 'hour' | 'spike', ms: number, now: number, priority: Priority): number {
  const allowed = allowance(state.limits[window], window, priority)
  const inWindow = after(state.ended, now - ms)
  const over = inWindow.length + state.underWay - allowed
  // With everything on its way nobody knows: whoever waits looks again when an answer comes, or after a moment.
  const ours = over < 0 ? now : over < inWindow.length ? (inWindow[over] as number) + ms + 1 : now + lookMs
  const said = state.said[window]
  const spent = said !== null && now < said.until && leftAsSaid(state, said) <= state.limits[window] - allowed
  return spent ? Math.max(ours, state.underWay > 0 ? now + lookMs : said.until + 1) : ours
}
