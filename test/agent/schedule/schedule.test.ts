import { describe, expect, it } from 'vitest'
import { isCron, missedRuns, nextRun } from '../../../agent/schedule/next.ts'
import { createSchedule, type LastRun, type ScheduleParts } from '../../../agent/schedule/schedule.ts'
import { defaultEntries, readWhen, sayWhen } from '../../../shared/schedule.ts'

const at = (text: string) => Date.parse(text)
const every = (minutes: number) => ({ kind: 'every', minutes }) as const
const cron = (text: string) => ({ kind: 'cron', text }) as const

describe('when', () => {
  it.each(['on-export', '120', '0 6 * * 1-5'])('%s is read and said again', (text) => {
    const when = readWhen(text)
    expect(when && sayWhen(when)).toBe(text)
  })
  it.each(['', '0', '-5', 'soon', '99999'])('“%s” is refused', (text) => expect(readWhen(text)).toBeNull())
  it('a cron text that is none is told', () => expect([isCron('0 6 * * 1-5'), isCron('0 99 * * *')]).toEqual([true, false]))
})

describe('the next run', () => {
  it('is so many minutes after the last', () =>
    expect(nextRun(every(60), at('2026-11-20T10:00Z'), at('2026-11-20T10:20Z'))).toBe(at('2026-11-20T11:00Z')))
  it('is now when it was missed', () =>
    expect(nextRun(every(60), at('2026-11-20T08:00Z'), at('2026-11-20T10:20Z'))).toBe(at('2026-11-20T10:20Z')))
  it('of a file is when one arrives', () => expect(nextRun({ kind: 'on-export' }, null, 0)).toBeNull())
  it('keeps its hour when the clocks change', () => {
    expect(nextRun(cron('0 6 * * *'), null, at('2026-10-31T20:00Z'), 'America/Chicago')).toBe(at('2026-11-01T12:00Z'))
    expect(nextRun(cron('0 6 * * *'), null, at('2026-10-30T20:00Z'), 'America/Chicago')).toBe(at('2026-10-31T11:00Z'))
  })
})

describe('missed runs', () => {
  it('are counted', () => {
    expect(missedRuns(every(60), at('2026-11-20T08:00Z'), at('2026-11-20T10:20Z'))).toBe(2)
    expect(missedRuns(cron('0 6 * * *'), at('2026-11-17T06:00Z'), at('2026-11-20T10:00Z'), 'UTC')).toBe(3)
    expect(missedRuns(every(60), null, at('2026-11-20T10:20Z'))).toBe(0)
  })
})

function made(last: LastRun | null = null) {
  const clock = { ms: at('2026-11-20T10:00Z') }
  const started: { id: string; end: () => void }[] = []
  const faults: unknown[] = []
  const stop = new AbortController()
  const parts: ScheduleParts = {
    now: () => clock.ms,
    entries: () => defaultEntries(1),
    lastRun: () => last,
    run: (entry, _by, began) => {
      began(String(started.length + 1))
      return new Promise((end) => started.push({ id: entry.id, end }))
    },
    onFault: (error) => faults.push(error),
    signal: stop.signal,
  }
  return { schedule: createSchedule(parts), parts, clock, started, faults, stop }
}

describe('a schedule', () => {
  it('starts what never ran, and a file entry never by itself', () => {
    const { schedule, started } = made()
    schedule.tick()
    expect(started.map(({ id }) => id)).toEqual(['1:procore'])
  })
  it('never runs one entry twice at once: who asks joins the run that is going', async () => {
    const { schedule, started } = made()
    schedule.tick()
    schedule.tick()
    const entry = schedule.find('1:procore')
    expect(entry && (await schedule.start(entry, 5))).toBe('1')
    expect(started).toHaveLength(1)
    expect(schedule.list()[1]).toMatchObject({ running: true, next: null })
    started[0]?.end()
    await schedule.idle()
    expect(schedule.list()[1]).toMatchObject({ running: false, next: '2026-11-20T12:00:00.000Z' })
  })
  it('makes up once for what was missed while it was off', async () => {
    const { schedule, started } = made({ run: '3', at: at('2026-11-19T10:00Z'), state: 'done' })
    schedule.tick()
    started[0]?.end()
    await schedule.idle()
    schedule.tick()
    expect(started).toHaveLength(1)
  })
  it('does not start again at once what failed', async () => {
    const { parts, clock } = made()
    let runs = 0
    const faults: unknown[] = []
    const failing = createSchedule({
      ...parts,
      run: async () => {
        runs += 1
        throw new Error('no')
      },
      onFault: (error) => faults.push(error),
    })
    failing.tick()
    await failing.idle()
    failing.tick()
    expect([runs, faults.length]).toEqual([1, 1])
    clock.ms += 7_200_000
    failing.tick()
    expect(runs).toBe(2)
  })
  it('starts nothing after it was stopped', () => {
    const { schedule, started, stop } = made()
    stop.abort()
    schedule.tick()
    expect(started).toEqual([])
  })
  it('knows the next run of a connection', () => {
    const { schedule } = made({ run: '3', at: at('2026-11-20T09:00Z'), state: 'done' })
    expect(schedule.nextOf(1)).toBe(at('2026-11-20T11:00Z'))
    expect(schedule.nextOf(2)).toBeNull()
  })
})
