/**
 * The rhythm of exports, learned from when they came: nightly Monday to Friday, hourly while the office works, weekly, at month end.
 * Pure. What shows no habit has no rhythm, so nothing is ever called old by its age alone.
 */
import { leastDays, nextDay } from './export-days.ts'
import { type WallClock, wallClock, type Zone } from './wall-clock.ts'

/** When the next one is due, and how much later than that it may come as things have been. */
export type Expected = { expected: number; graceMs: number }

/** Files of one export lie seconds apart; so do second tries of a person. */
const togetherMs = 5 * 60_000
const minuteMs = 60_000
/** Least grace, minutes: of what comes by the day, and of what comes through the day. */
const grace = { day: 30, step: 15 }

/** The exports of one day; `minutes` since its midnight, rising. What comes around midnight counts to the evening. */
type Day = { day: number; minutes: number[] }

/** When an export is due next after the newest of `times` (ms, any order), in the ERP's zone; null while no rhythm shows. */
export function rhythmOf(times: readonly number[], zone: Zone): Expected | null {
  const apart = spaced(times)
  if (apart.length < leastDays) return null
  const clock = wallClock(zone)
  const days = byDay(apart, clock)
  if (days.length < leastDays) return null
  const moved = clocksMoved(apart.at(-1) ?? 0, apart, clock) / minuteMs
  const found = throughTheDay(days, moved) ?? byTheDay(days, moved)
  if (!found) return null
  const expected = clock.moment(found.day, found.minute)
  return { expected, graceMs: found.grace * minuteMs + clocksMoved(expected, apart, clock) }
}

type Due = { day: number; minute: number; grace: number }

/** Rising, one for each export. */
function spaced(times: readonly number[]): number[] {
  const kept: number[] = []
  for (const at of times.toSorted((a, b) => a - b)) if (at - (kept.at(-1) ?? Number.NEGATIVE_INFINITY) >= togetherMs) kept.push(at)
  return kept
}

function byDay(times: readonly number[], clock: WallClock): Day[] {
  const walls = times.map((at) => clock.at(at))
  const shift = nightShift(walls.map(({ minute }) => minute))
  const shifted = walls.map(({ day, minute }) => {
    const moved = minute + shift
    return { day: day + Math.floor(moved / 1440), minute: moved - Math.floor(moved / 1440) * 1440 - shift }
  })
  return [...Map.groupBy(shifted, ({ day }) => day)].map(([day, of]) => ({ day, minutes: of.map(({ minute }) => minute) }))
}

/** Exports just before and just after midnight are one night's: by how many minutes the day is to be cut elsewhere; mostly none. */
function nightShift(minutes: readonly number[]): number {
  const late = minutes.filter((minute) => minute >= 1440 - 180).length
  const early = minutes.filter((minute) => minute < 180).length
  const between = minutes.length - late - early
  return late > 0 && early > 0 && between === 0 ? -720 : 0
}

/** Several a day: the next is a step later, or the first of the next day. Null where most days have one. */
function throughTheDay(days: readonly Day[], moved: number): Due | null {
  if (median(days.map(({ minutes }) => minutes.length)) < 2) return null
  const steps = days.flatMap(({ minutes }) => minutes.slice(1).map((minute, n) => minute - (minutes[n] ?? 0)))
  const step = usual(steps, grace.step)
  const last = lastDay(days)
  const minute = (last.minutes.at(-1) ?? 0) + step.usual
  const alike = days.slice(0, -1).filter(({ day }) => (day - last.day) % 7 === 0)
  const ends = (alike.length > 1 ? alike : days.slice(0, -1)).map(({ minutes }) => minutes.at(-1) ?? 0).toSorted(rising)
  const open = ends[ends.length < 10 ? 0 : Math.floor(ends.length / 10)] ?? 0
  if (minute <= open + grace.step) return { day: last.day, minute, grace: Math.max(step.grace, step.usual / 2) }
  return byTheDay(days, moved)
}

/** The first of the next day there is one on; today still, where the newest came too early to be today's. */
function byTheDay(days: readonly Day[], moved: number): Due | null {
  const first = usual(
    days.map(({ minutes }) => minutes[0] ?? 0),
    grace.day,
  )
  const all = days.map(({ day }) => day)
  const last = lastDay(days)
  const early = (last.minutes.at(-1) ?? 0) < first.usual - first.grace - moved && nextDay(all.slice(0, -1)) === last.day
  const day = early ? last.day : nextDay(all)
  return day === null ? null : { day, minute: first.usual, grace: first.grace }
}

const lastDay = (days: readonly Day[]): Day => days.at(-1) ?? { day: 0, minutes: [] }

const rising = (a: number, b: number): number => a - b
const median = (values: readonly number[]): number => values.toSorted(rising)[Math.floor((values.length - 1) / 2)] ?? 0

/** The usual value, and twice as much grace as was needed so far; with ten values or more, the latest tenth is not the rule. */
function usual(values: readonly number[], least: number): { usual: number; grace: number } {
  const sorted = values.toSorted(rising)
  const late = sorted[sorted.length < 10 ? sorted.length - 1 : Math.floor(0.9 * (sorted.length - 1))] ?? 0
  const middle = median(values)
  return { usual: middle, grace: Math.max(least, 2 * (late - middle)) }
}

/** What is planned in UTC moves by an hour on the wall when clocks change; until that is learned, it may. */
function clocksMoved(at: number, times: readonly number[], clock: WallClock): number {
  const now = clock.offset(at)
  return Math.max(...times.slice(-60).map((one) => Math.abs(now - clock.offset(one))))
}
