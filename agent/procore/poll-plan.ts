/**
 * When each list of Procore is read next, and what a first read costs. Pure; times in ms.
 * Lists are per project and the budget small, so they are read in tiers: what a person looks at within a minute, projects touched
 * within a day every 20 minutes, the rest twice a day (design, Procore limits; budget of procore-api.md 3).
 */
const onScreenMs = 60_000
const touchedMs = 20 * 60_000
const restMs = 12 * 3_600_000
const dayMs = 24 * 3_600_000
/** A page that said it is on screen counts as such for so long. */
const screenMs = 2 * 60_000
/** Lists with an updated_at filter are compared whole once a day all the same: what was deleted says nothing. */
const fullEveryMs = dayMs
/** Asked again so far back: a write may show late (procore-api.md 8.4). */
const overlapMs = 5 * 60_000

/** One list of one place, and how far it has been read. */
export type Polled = {
  connection: number
  list: string
  /** Null for lists of the company. */
  project: string | null
  /** How long a list may go without being compared whole: 0 where it is never asked for less. */
  wholeMs: number
  readAt: number | null
  fullAt: number | null
  readTo: string | null
  touchedAt: number | null
  /** When a page last said that it shows something of this list. */
  seenAt: number | null
  /** Not before this, after trouble. */
  notBefore: number
}

export type Poll = { polled: Polled; full: boolean; dueAt: number }

/** How old a list may get. Lists of the company carry what everything else refers to, and are few. */
function everyMs({ seenAt, touchedAt, project }: Pick<Polled, 'seenAt' | 'touchedAt' | 'project'>, now: number): number {
  if (seenAt !== null && now - seenAt <= screenMs) return onScreenMs
  if (project === null || (touchedAt !== null && now - touchedAt <= dayMs)) return touchedMs
  return restMs
}

/** When a list is due; at once when it was never read. */
export const dueAt = (polled: Polled, now: number): number =>
  Math.max(polled.notBefore, polled.readAt === null ? 0 : polled.readAt + everyMs(polled, now))

/**
 * Since when a list is late: it should have been read again then, and a whole period more has passed, since calls wait their turn. Null
 * while the plan is kept. What is on a screen is read more often, but is not old because one minute was missed.
 */
export function lateSince(polled: Pick<Polled, 'project' | 'readAt' | 'touchedAt'>, now: number): number | null {
  if (polled.readAt === null) return null
  const every = everyMs({ ...polled, seenAt: null }, now)
  return now > polled.readAt + 2 * every ? polled.readAt + every : null
}

/** Whether the whole list is read: where no filter exists, the first time, and now and then. */
export const isFull = ({ wholeMs, readTo, fullAt }: Polled, now: number): boolean =>
  readTo === null || fullAt === null || now - fullAt >= wholeMs

/** How often a list is compared whole. */
export const wholeMsOf = ({ updatedFilter, byContract }: { updatedFilter: boolean; byContract?: true }): number =>
  byContract ? 7 * dayMs : updatedFilter ? fullEveryMs : 0

/** What is due now, most wanted first: what is on screen, then what was never read, then what waits longest. */
export function nextPolls(state: readonly Polled[], now: number): Poll[] {
  return state
    .map((polled) => ({ polled, full: isFull(polled, now), dueAt: dueAt(polled, now) }))
    .filter((poll) => poll.dueAt <= now)
    .sort((a, b) => everyMs(a.polled, now) - everyMs(b.polled, now) || a.dueAt - b.dueAt)
}

/** When to look again. */
export const nextDue = (state: readonly Polled[], now: number): number =>
  state.reduce((first, polled) => Math.min(first, dueAt(polled, now)), now + touchedMs)

/** Where the next read begins: before the newest known change, by the overlap. */
export const sinceOf = (readTo: string): string => new Date(Date.parse(readTo) - overlapMs).toISOString().replace(/\.\d+Z$/, 'Z')

export type FirstRead = { calls: number; ms: number }

/** Calls a second while the hour's budget lasts (procore-api.md 3: 25 in 10 s, of which 20 are spent). */
const callsPerSecond = 2

/** How many calls a first read takes, and how long that lasts within the budget. `rows` by list, where known; else one page each. */
export function planFirstRead(
  lists: readonly { id: string; scope: 'company' | 'project'; perPage: number }[],
  projects: number,
  perHour: number,
  rows: Readonly<Record<string, number>> = {},
): FirstRead {
  const calls = lists.reduce((sum, { id, scope, perPage }) => {
    const pages = Math.max(1, Math.ceil((rows[id] ?? 0) / perPage))
    return sum + (scope === 'company' ? pages : Math.max(projects, pages))
  }, 0)
  const laterHours = Math.max(0, calls - perHour) / Math.max(1, perHour)
  return { calls, ms: Math.max((calls / callsPerSecond) * 1_000, laterHours * 3_600_000) }
}
