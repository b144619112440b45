import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { rhythmOf } from '../../../agent/schedule/rhythm.ts'
import { here, isWeekend, wallClock, weekdayOf } from '../../../agent/schedule/wall-clock.ts'
import { zoneOf } from '../../support/zone.ts'

const zones = ['Europe/Berlin', 'America/New_York', 'UTC'] as const
const minute = 60_000
const dayOf = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000
const daysFrom = (text: string, count: number): number[] => Array.from({ length: count }, (_, n) => dayOf(text) + n)
const working = (days: readonly number[]): number[] => days.filter((day) => !isWeekend(day))
function at(zone: string, days: readonly number[], ...minutes: number[]): number[] {
  const clock = wallClock(zoneOf(zone))
  return days.flatMap((day) => minutes.map((of) => clock.moment(day, of)))
}
const rhythm = (times: readonly number[], zone: string) => rhythmOf(times, zoneOf(zone))
const says = (times: readonly number[], zone: string): string | undefined => {
  const found = rhythm(times, zone)
  if (!found) return undefined
  const { day, minute: of } = wallClock(zoneOf(zone)).at(found.expected)
  const time = `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`
  return `${new Date(day * 86_400_000).toISOString().slice(0, 10)} ${time}`
}

describe('the next export', () => {
  it('of a nightly rhythm is due in the next night', () =>
    expect(says(at('Europe/Berlin', working(daysFrom('2026-11-02', 10)), 130), 'Europe/Berlin')).toBe('2026-11-12 02:10'))

  it('after a Friday is due on Monday where weekends never had one', () =>
    expect(says(at('Europe/Berlin', working(daysFrom('2026-11-02', 12)), 130), 'Europe/Berlin')).toBe('2026-11-16 02:10'))

  it('after a Friday is due on Saturday where every night had one', () =>
    expect(says(at('Europe/Berlin', daysFrom('2026-11-02', 12), 130), 'Europe/Berlin')).toBe('2026-11-14 02:10'))

  it('is not known of three, and known of four', () => {
    const nights = at('UTC', daysFrom('2026-11-02', 4), 130)
    expect(says(nights.slice(0, 3), 'UTC')).toBeUndefined()
    expect(says(nights, 'UTC')).toBe('2026-11-06 02:10')
    expect(says(at('UTC', daysFrom('2026-11-03', 4), 130), 'UTC')).toBe('2026-11-09 02:10')
  })

  it('of an hourly rhythm is due within the hour, and after the last of the day on the next morning', () => {
    const hours = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17].map((hour) => hour * 60 + 5)
    const week = at('Europe/Berlin', working(daysFrom('2026-11-02', 11)), ...hours)
    expect(says(week.slice(0, -4), 'Europe/Berlin')).toBe('2026-11-12 14:05')
    expect(says(week, 'Europe/Berlin')).toBe('2026-11-13 08:05')
  })

  it('of a weekly rhythm is due a week later', () => {
    const mondays = daysFrom('2026-10-05', 40).filter((day) => weekdayOf(day) === 1)
    expect(says(at('UTC', mondays, 420), 'UTC')).toBe('2026-11-16 07:00')
  })

  it('of every second week is due two weeks later', () =>
    expect(
      says(
        at(
          'UTC',
          [0, 14, 28, 42].map((n) => dayOf('2026-09-07') + n),
          420,
        ),
        'UTC',
      ),
    ).toBe('2026-11-02 07:00'))

  it.each([
    [['2026-07-31', '2026-08-31', '2026-09-30', '2026-10-30'], '2026-11-30'],
    [['2026-05-31', '2026-06-30', '2026-07-31', '2026-08-31', '2026-09-30', '2026-10-31'], '2026-11-30'],
    [['2026-07-01', '2026-08-03', '2026-09-01', '2026-10-01'], '2026-11-03'],
  ])('of a month is due at the same place of the next: %s', (days, due) =>
    expect(says(at('America/New_York', days.map(dayOf), 1200), 'America/New_York')).toBe(`${due} 20:00`),
  )

  it('around midnight is one night’s, whichever side it fell on', () => {
    const nights = working(daysFrom('2026-11-02', 12)).map((day, n) => wallClock(zoneOf('UTC')).moment(day, n % 2 ? 1435 : 1445))
    expect(says(nights, 'UTC')).toBe('2026-11-16 23:55')
  })

  it('is not known where no habit shows', () =>
    expect(
      says(
        at(
          'UTC',
          [0, 1, 5, 6, 13, 15, 22, 31, 33].map((n) => dayOf('2026-09-07') + n),
          600,
        ),
        'UTC',
      ),
    ).toBeUndefined())

  it('is not brought forward by a person’s own export in the afternoon, and one before the time stands for none', () => {
    const nights = at('UTC', daysFrom('2026-11-02', 11), 130)
    const afternoon = wallClock(zoneOf('UTC')).moment(dayOf('2026-11-12'), 900)
    expect(says([...nights, afternoon], 'UTC')).toBe('2026-11-13 02:10')
    expect(says([...nights, wallClock(zoneOf('UTC')).moment(dayOf('2026-11-13'), 10)], 'UTC')).toBe('2026-11-13 02:10')
  })
})

describe('when clocks change', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29', 60],
    ['Europe/Berlin', '2026-10-25', 120],
    ['America/New_York', '2026-03-08', 360],
    ['America/New_York', '2026-11-01', 360],
  ])('%s keeps its hour over %s', (zone, change) => {
    const nights = Array.from({ length: 12 }, (_, n) => dayOf(change) - 12 + n)
    expect(says(at(zone, nights, 260), zone)).toBe(`${change} 04:20`)
    expect(says(at(zone, [...nights, dayOf(change)], 260), zone)).toBe(
      `${new Date((dayOf(change) + 1) * 86_400_000).toISOString().slice(0, 10)} 04:20`,
    )
  })

  it('an hour that does not exist is the one after, one that comes twice the second', () => {
    const berlin = wallClock(zoneOf('Europe/Berlin'))
    expect(new Date(berlin.moment(dayOf('2026-03-29'), 130)).toISOString()).toBe('2026-03-29T01:10:00.000Z')
    expect(new Date(berlin.moment(dayOf('2026-10-25'), 130)).toISOString()).toBe('2026-10-25T01:10:00.000Z')
  })

  it.each(['Europe/Berlin', 'America/New_York'])('an export planned in UTC is not missed by the hour, %s', (zone) => {
    const nights = at('UTC', daysFrom('2026-10-10', 23), 430)
    for (let count = leastSeen; count < nights.length; count += 1) {
      const found = rhythm(nights.slice(0, count), zone)
      expect(found && found.expected + found.graceMs).toBeGreaterThanOrEqual(nights[count] ?? 0)
    }
  })
})

const leastSeen = 4

/** A habit: which days, at which minutes. */
const habits = [
  { name: 'every night', days: (day: number) => day >= 0, minutes: [130] },
  { name: 'every working night', days: (day: number) => !isWeekend(day), minutes: [130] },
  { name: 'Tuesday and Thursday', days: (day: number) => [2, 4].includes(weekdayOf(day)), minutes: [600] },
  { name: 'morning and evening', days: (day: number) => !isWeekend(day), minutes: [420, 1140] },
  { name: 'hourly at work', days: (day: number) => !isWeekend(day), minutes: [8, 9, 10, 11, 12, 13, 14, 15, 16].map((hour) => hour * 60) },
  { name: 'every two hours', days: (day: number) => day >= 0, minutes: Array.from({ length: 12 }, (_, n) => n * 120 + 10) },
] as const

describe.each(habits)('a rhythm: $name', ({ days, minutes }) => {
  const made = fc.record({
    zone: fc.constantFrom(...zones),
    start: fc.integer({ min: dayOf('2026-01-01'), max: dayOf('2027-12-31') }),
    length: fc.integer({ min: 35, max: 60 }),
    late: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 }),
  })
  const timesOf = ({ zone, start, length, late }: { zone: string; start: number; length: number; late: readonly number[] }): number[] =>
    at(zone, Array.from({ length }, (_, n) => start + n).filter(days), ...minutes)
      .map((time, n) => time + (late[n % late.length] ?? 0) * minute)
      .toSorted((a, b) => a - b)

  it('is never missed while it is kept', () =>
    fc.assert(
      fc.property(made, fc.double({ min: 0.6, max: 0.99, noNaN: true }), (of, part) => {
        const times = timesOf(of)
        const count = Math.floor(times.length * part)
        const found = rhythm(times.slice(0, count), of.zone)
        expect(found).not.toBeNull()
        expect((found?.expected ?? 0) + (found?.graceMs ?? 0)).toBeGreaterThanOrEqual(times[count] ?? 0)
        expect(found?.expected).toBeGreaterThan(times[count - 1] ?? 0)
      }),
      { numRuns: 30 },
    ))

  it('that stops is noticed before two more were due', () =>
    fc.assert(
      fc.property(made, (of) => {
        const times = timesOf(of)
        const found = rhythm(times.slice(0, -3), of.zone)
        expect((found?.expected ?? 0) + (found?.graceMs ?? 0)).toBeLessThan((times.at(-1) ?? 0) + 90 * minute)
      }),
      { numRuns: 30 },
    ))

  it('says the same whatever order the times come in, and however often', () =>
    fc.assert(
      fc.property(made, (of) => {
        const times = timesOf(of)
        expect(rhythm([...times, ...times].toReversed(), of.zone)).toEqual(rhythm(times, of.zone))
      }),
      { numRuns: 20 },
    ))
})

describe('this computer’s own zone', () => {
  afterEach(() => vi.unstubAllEnvs())

  it.each(zones)('is as far from UTC as Intl says, all the year, in %s', (zone) => {
    vi.stubEnv('TZ', zone)
    const hours = Array.from({ length: 365 * 24 }, (_, n) => dayOf('2026-01-01') * 86_400_000 + n * 3_600_000)
    expect(hours.filter((at) => here(at) !== zoneOf(zone)(at))).toEqual([])
  })
})
