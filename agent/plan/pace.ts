/** How fast something goes and when it is probably done, by what was really done. Pure; times in ms. */

/** Fewer say nothing of those to come. */
const fewest = 5
/** So long it must have been under way. */
const longEnoughMs = 10_000
/** What was done longer ago says little of now. */
const windowMs = 5 * 60_000

/** `doneAt`: when each was done. Null where it is not known: too little was done so far, or nothing lately. */
export function paceOf(
  doneAt: readonly number[],
  left: number,
  since: number,
  now: number,
): { perMinute: number | null; etaMs: number | null } {
  const from = Math.max(since, now - windowMs)
  const lately = doneAt.filter((at) => at >= from).length
  if (lately < fewest || now - from < longEnoughMs) return { perMinute: null, etaMs: null }
  const perMs = lately / (now - from)
  return { perMinute: Math.round(perMs * 60_000 * 10) / 10, etaMs: Math.round(left / perMs) }
}
