/** On which days exports come: by weekday, else by their place in the month, else every so many days. Pure; days as wall-clock.ts counts them. */
import { isWeekend, weekdayOf } from './wall-clock.ts'

/** Weekdays are learned from so many days back: a habit of last year says nothing. */
const weekdaysFrom = 42
/** A weekday counts when it had its export so often; holidays and an agent that was off leave holes. */
const often = 0.75
/** Fewer say nothing. */
export const leastDays = 4

/** The next day an export is due after the last of these (rising, each once); null while no habit shows. */
export function nextDay(days: readonly number[]): number | null {
  if (days.length < leastDays) return null
  return byWeekday(days) ?? byMonth(days) ?? bySteps(days)
}

const lastOf = (days: readonly number[]): number => days.at(-1) ?? 0

function byWeekday(days: readonly number[]): number | null {
  const last = lastOf(days)
  const recent = days.filter((day) => day > last - weekdaysFrom)
  const due = dueWeekdays(recent)
  const explained = recent.filter((day) => due.has(weekdayOf(day)))
  if (recent.length < leastDays || explained.length < recent.length * often) return null
  return firstAfter(last, (day) => due.has(weekdayOf(day)))
}

function dueWeekdays(days: readonly number[]): Set<number> {
  const [first = 0, last] = [days[0], lastOf(days)]
  const came = new Set(days)
  const passed = Map.groupBy(
    Array.from({ length: last - first + 1 }, (_, n) => first + n),
    weekdayOf,
  )
  const due = new Set(
    [...passed].filter(([, all]) => all.filter((day) => came.has(day)).length >= all.length * often).map(([weekday]) => weekday),
  )
  const seenWorking = [...passed.keys()].filter(isWorking)
  // Less than a week is known: the working days not yet met are taken to be like those that were, weekends never.
  if (seenWorking.length > 1 && seenWorking.every((weekday) => due.has(weekday)))
    for (const weekday of [1, 2, 3, 4, 5]) if (!passed.has(weekday)) due.add(weekday)
  return due
}

const isWorking = (weekday: number): boolean => weekday > 0 && weekday < 6

function firstAfter(day: number, fits: (day: number) => boolean): number | null {
  for (let next = day + 1; next <= day + 7; next += 1) if (fits(next)) return next
  return null
}

const dateOf = (day: number): Date => new Date(day * 86_400_000)
const monthOf = (day: number): number => dateOf(day).getUTCFullYear() * 12 + dateOf(day).getUTCMonth()
const firstOf = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000
/** Days of a month, last first. */
const daysOf = (month: number): number[] =>
  Array.from({ length: firstOf(month + 1) - firstOf(month) }, (_, n) => firstOf(month + 1) - 1 - n)

/** Ways to say where in its month a day is, and by how much it may move: working days left, days left, days gone. */
const places: readonly { of: (day: number) => number; within: number; latest: (all: readonly number[]) => number }[] = [
  { of: (day) => daysOf(monthOf(day)).filter((other) => other > day && !isWeekend(other)).length, within: 1, latest: least },
  { of: (day) => firstOf(monthOf(day) + 1) - 1 - day, within: 1, latest: least },
  { of: (day) => day - firstOf(monthOf(day)), within: 3, latest: most },
]

function least(all: readonly number[]): number {
  return Math.min(...all)
}
function most(all: readonly number[]): number {
  return Math.max(...all)
}

/** One export in each of the last four months or more, always at the same place of it. */
function byMonth(days: readonly number[]): number | null {
  const months = [...Map.groupBy(days.slice(-24), monthOf)].reverse()
  const broken = months.findIndex(([month, all], n) => all.length > 1 || month !== (months[0]?.[0] ?? 0) - n)
  const run = months.slice(0, broken === -1 ? months.length : broken).flatMap(([, all]) => all)
  if (run.length < leastDays) return null
  const found = places
    .map((place) => ({ place, at: run.map(place.of) }))
    .map(({ place, at }) => ({ place, at, spread: most(at) - least(at) }))
    .filter(({ place, spread }) => spread <= place.within)
    .sort((a, b) => a.spread - b.spread)[0]
  if (!found) return null
  const due = found.place.latest(found.at)
  const free = run.some(isWeekend)
  const next = daysOf(monthOf(lastOf(days)) + 1)
  return next.find((day) => found.place.of(day) === due && (free || !isWeekend(day))) ?? next.find((day) => free || !isWeekend(day)) ?? null
}

/** Every so many days, give or take a day; never on a weekend where there never was one. */
function bySteps(days: readonly number[]): number | null {
  const recent = days.slice(-12)
  const gaps = recent.slice(1).map((day, n) => day - (recent[n] ?? 0))
  const [shortest, longest] = [least(gaps), most(gaps)]
  if (longest - shortest > Math.max(1, shortest * 0.25)) return null
  const due = lastOf(days) + longest
  return recent.some(isWeekend) ? due : firstAfter(due - 1, (day) => !isWeekend(day))
}
