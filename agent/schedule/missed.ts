/** Which exports should have come and did not: by the rhythm of each file, and of all files of an entity together. Pure. */
import { rhythmOf } from './rhythm.ts'
import type { Zone } from './wall-clock.ts'

/** An export that was taken: when the ERP made it, and when it was seen here. Times in ms. */
export type ExportSeen = { path: string; name: string; asOf: number; seenAt: number }

/** What is waited for: missed once `dueBy` has passed. `asOf` is the newest there is. */
export type Awaited = { file: string; asOf: number; expected: number; dueBy: number }

/** What the exports of one entity let expect; nothing while they keep no rhythm. Files first, all together last. */
export function awaited(seen: readonly ExportSeen[], zone: Zone): Awaited[] {
  const files = [...Map.groupBy(seen, ({ path }) => path).values()]
  // Another name took over once one was seen last: a renamed export, or one with the date in its name.
  const youngest = Math.max(...files.map((file) => Math.min(...file.map(({ asOf }) => asOf))))
  const alone = files.length === 1 ? [] : files.filter((file) => file.some(({ asOf }) => asOf >= youngest))
  return [...alone, seen].flatMap((of) => {
    const newest = of.reduce<ExportSeen | null>((best, one) => (best && best.asOf >= one.asOf ? best : one), null)
    const due = rhythmOf(
      of.map(({ asOf }) => asOf),
      zone,
    )
    if (!due || !newest) return []
    return [{ file: newest.name, asOf: newest.asOf, expected: due.expected, dueBy: due.expected + due.graceMs + wayHere(of) }]
  })
}

/** The first that was missed, as of now. */
export const missedOf = (all: readonly Awaited[], now: number): Awaited | null =>
  all.filter(({ dueBy }) => dueBy < now).toSorted((a, b) => a.expected - b.expected)[0] ?? null

/** What took longer lay there before the agent looked: it was off, or came later than the file. */
const longestWayMs = 6 * 3_600_000

/** How long an export is under way from the ERP to here, as a rule. */
function wayHere(seen: readonly ExportSeen[]): number {
  const ways = seen
    .map(({ asOf, seenAt }) => Math.max(0, seenAt - asOf))
    .filter((ms) => ms <= longestWayMs)
    .toSorted((a, b) => a - b)
  return ways[Math.floor(ways.length / 2)] ?? 0
}
