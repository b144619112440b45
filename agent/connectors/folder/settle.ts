/** Whole once size and times have rested: three equal looks spread over the quiet period. Pure; the watch does the looking. */

import type { Ending } from './ending.ts'

/** What a look at a file sees. ctime tells of content written under an old size and mtime. */
export type Seen = { size: number; mtimeMs: number; ctimeMs: number; ino: number }

/** How long a file has looked the same. */
export type Rest = { seen: Seen /** First and latest equal look, ms. */; since: number; until: number; looks: number }

export const sameSeen = (a: Seen, b: Seen): boolean =>
  a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.ino === b.ino

/** Another look at `now`: rests on, or starts over. */
export function look(rest: Rest | null, seen: Seen, now: number): Rest {
  if (rest === null || !sameSeen(rest.seen, seen)) return { seen, since: now, until: now, looks: 1 }
  return { ...rest, until: now, looks: rest.looks + 1 }
}

/** Three equal looks over at least the quiet period, and something in it: size 0 is an in-between state of a file being rewritten. */
export const isSettled = (rest: Rest, quietMs: number): boolean =>
  rest.seen.size > 0 && rest.looks >= 3 && rest.until - rest.since >= quietMs

/** How many times longer a file rests before it is believed, by how it ends: a writer may pause in the middle of a number, a copy for minutes. */
const patience: Record<Ending, number> = { whole: 1, open: 3, held: 10, zeros: 60 }

export const quietFor = (ending: Ending, quietMs: number): number => quietMs * patience[ending]

/** Time between two looks; a little more than half, for a timer that fires a millisecond early would cost a whole further look. */
export const lookEveryMs = (quietMs: number): number => quietMs / 2 + 5
