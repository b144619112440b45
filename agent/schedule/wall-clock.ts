/**
 * Moments as a clock on the wall shows them, and back. Only Intl knows when a zone changes its clocks; days are counted, never hours of 24.
 */

/** Whole days since 1-1-1970 on that wall, and minutes since its midnight. */
type Wall = { day: number; minute: number }

export type WallClock = {
  at(ms: number): Wall
  /** The moment of a day and minute; minutes may run over. An hour that does not exist is the one after, of an hour that comes twice the second. */
  moment(day: number, minute: number): number
  /** How far this wall is ahead of UTC, ms. */
  offset(ms: number): number
}

const minuteMs = 60_000
const dayMs = 1_440 * minuteMs

export function wallClock(timeZone: string): WallClock {
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const
  const format = new Intl.DateTimeFormat('en-US', { ...parts, timeZone, hourCycle: 'h23', calendar: 'gregory' })
  const asked = (ms: number): number => {
    const shown = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)])) as Record<string, number>
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000
  }
  /** By days, since Intl is slow: a day that begins as it ends has one offset, null stands for a day of change. */
  const known = new Map<number, number | null>()
  const offset = (ms: number): number => {
    const day = Math.floor(ms / dayMs)
    if (!known.has(day)) {
      const first = asked(day * dayMs)
      known.set(day, first === asked((day + 1) * dayMs) ? first : null)
    }
    return known.get(day) ?? asked(ms)
  }
  return {
    offset,
    at(ms) {
      const local = ms + offset(ms)
      const day = Math.floor(local / dayMs)
      return { day, minute: Math.floor((local - day * dayMs) / minuteMs) }
    },
    moment(day, minute) {
      const local = day * dayMs + minute * minuteMs
      const [before, after] = [offset(local - dayMs), offset(local + dayMs)]
      const fitting = [local - before, local - after].filter((ms) => ms + offset(ms) === local)
      return fitting.length === 0 ? local - before : Math.max(...fitting)
    },
  }
}

/** 0 is Sunday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7
export const isWeekend = (day: number): boolean => weekdayOf(day) % 6 === 0
