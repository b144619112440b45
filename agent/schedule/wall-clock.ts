/** Moments as a clock on the wall shows them, and back. Days are counted, never hours of 24: a zone may change its clocks. */

/** How far the walls of a zone are ahead of UTC at a moment; both in ms. */
export type Zone = (ms: number) => number

/** This computer's own zone. By Date, not by Intl, whose formats hold nine megabytes for the same answer (measured 2026-11). */
export const here: Zone = (ms) => -new Date(ms).getTimezoneOffset() * minuteMs

/** Whole days since 1-1-1970 on that wall, and minutes since its midnight. */
type Wall = { day: number; minute: number }

export type WallClock = {
  at(ms: number): Wall
  /** The moment of a day and minute; minutes may run over. An hour that does not exist is the one after, of an hour that comes twice the second. */
  moment(day: number, minute: number): number
  offset: Zone
}

const minuteMs = 60_000
const dayMs = 1_440 * minuteMs

export function wallClock(offset: Zone): WallClock {
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
