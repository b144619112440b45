import { here, wallClock, type Zone } from './wall-clock.ts'

/** The first moment after `after` (ms) at which a clock on the wall shows this time (HH:MM); where it is skipped that day, the hour after. Pure. */
export function nextDaily(time: string, after: number, zone: Zone = here): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const wall = wallClock(zone)
  const { day } = wall.at(after)
  const moments = [0, 1, 2].map((days) => wall.moment(day + days, hours * 60 + minutes))
  return moments.find((moment) => moment > after) ?? Number.POSITIVE_INFINITY
}
