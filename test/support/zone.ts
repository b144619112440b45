import type { Zone } from '../../agent/schedule/wall-clock.ts'

const zones = new Map<string, Zone>()

/** Any zone of the world, by Intl, which alone knows those other than the computer's own. */
export function zoneOf(timeZone: string): Zone {
  const zone = zones.get(timeZone) ?? zoneByIntl(timeZone)
  zones.set(timeZone, zone)
  return zone
}

/** Days that change nothing are asked once: Intl is slow. */
function zoneByIntl(timeZone: string): Zone {
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const
  const format = new Intl.DateTimeFormat('en-US', { ...parts, timeZone, hourCycle: 'h23', calendar: 'gregory' })
  const asked = (ms: number): number => {
    const shown = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)])) as Record<string, number>
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000
  }
  const known = new Map<number, number | null>()
  return (ms) => {
    const day = Math.floor(ms / dayMs)
    if (!known.has(day)) {
      const first = asked(day * dayMs)
      known.set(day, first === asked((day + 1) * dayMs) ? first : null)
    }
    return known.get(day) ?? asked(ms)
  }
}

const dayMs = 86_400_000
