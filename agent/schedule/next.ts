/** When runs are due. Pure but for croner, which knows daylight saving. */
import { Cron } from 'croner'
import type { When } from '../../shared/schedule.ts'

/** First run after `after` (ms), given when the last one began; null where only an export decides. Throws on a cron text that is none. */
export function nextRun(when: When, last: number | null, after: number, timeZone?: string): number | null {
  if (when.kind === 'on-export') return null
  if (when.kind === 'cron') return cron(when.text, timeZone).nextRun(new Date(after))?.getTime() ?? null
  const every = when.minutes * 60_000
  if (last === null) return after
  return Math.max(last + every, after)
}

/** How many runs should have begun since the last one and did not; the one that is due now counts. */
export function missedRuns(when: When, last: number | null, now: number, timeZone?: string): number {
  if (when.kind === 'on-export' || last === null) return 0
  if (when.kind === 'every') return Math.floor((now - last) / (when.minutes * 60_000))
  let missed = 0
  for (let at = cron(when.text, timeZone).nextRun(new Date(last)); at && at.getTime() <= now && missed < 1000; missed += 1) {
    at = cron(when.text, timeZone).nextRun(at)
  }
  return missed
}

/** Whether a cron text can be used. */
export function isCron(text: string): boolean {
  try {
    return cron(text).nextRun() !== null
  } catch {
    return false // croner throws on what it cannot read
  }
}

const cron = (text: string, timezone?: string): Cron => new Cron(text, { paused: true, ...(timezone ? { timezone } : {}) })
