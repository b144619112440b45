import { describe, expect, it } from 'vitest'
import type { BackupTry } from '../../../agent/ledger/backups-made.ts'
import { nextDaily } from '../../../agent/schedule/daily.ts'
import { choose, levelAt } from '../../../agent/status/log-level.ts'
import { backupDue } from '../../../agent/upkeep/when.ts'
import { zoneOf } from '../../support/zone.ts'

const at = (text: string): number => Date.parse(text)
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())
const chicago = zoneOf('America/Chicago')

describe('a time of every day', () => {
  it.each([
    ['of today, while it is still to come', '2026-11-24T07:00:00Z', '2026-11-24T08:00:00.000Z'],
    ['of tomorrow, from that very moment on', '2026-11-24T08:00:00Z', '2026-11-25T08:00:00.000Z'],
    ['an hour later, where clocks skip it', '2026-03-08T07:00:00Z', '2026-03-08T08:00:00.000Z'],
    ['once, where clocks show it twice', '2026-11-01T06:30:00Z', '2026-11-01T08:00:00.000Z'],
  ])('is that %s', (_, after, next) => expect(iso(nextDaily('02:00', at(after), chicago))).toBe(next))
})

describe('a daily backup', () => {
  const set = { daily: { at: '02:00', keep: 3 }, since: at('2026-11-20T12:00:00Z') }
  const tried = (beganAt: string, reason: string | null = null): BackupTry => ({
    ...{ beganAt: at(beganAt), endedAt: at(beganAt) + 60_000, daily: true, file: null, bytes: null, reason },
  })

  it('is due at its next hour since it was set', () => expect(iso(backupDue(set, null, chicago))).toBe('2026-11-21T08:00:00.000Z'))
  it('is due the day after the last one', () =>
    expect(iso(backupDue(set, tried('2026-11-23T08:00:01Z'), chicago))).toBe('2026-11-24T08:00:00.000Z'))
  it('is due at once where the agent was off at its hour: the moment is past', () =>
    expect(iso(backupDue(set, tried('2026-11-21T08:00:01Z'), chicago))).toBe('2026-11-22T08:00:00.000Z'))
  it('is tried again an hour after it failed', () =>
    expect(iso(backupDue(set, tried('2026-11-23T08:00:00Z', 'disk-full'), chicago))).toBe('2026-11-23T09:01:00.000Z'))
  it('owes nothing to what was set before', () =>
    expect(iso(backupDue(set, tried('2026-11-19T08:00:00Z', 'disk-full'), chicago))).toBe('2026-11-21T08:00:00.000Z'))
  it('is never due where none is wanted', () => {
    expect(backupDue({ daily: null, since: 0 }, tried('2026-11-19T08:00:00Z'), chicago)).toBeNull()
    expect(backupDue(null, null, chicago)).toBeNull()
  })
})

describe('the log level', () => {
  const now = at('2026-11-24T12:00:00Z')
  const hour = 3_600_000

  it('is that of tieback.json until somebody chooses', () => expect(levelAt(null, 'warn', now)).toBe('warn'))
  it('stays as chosen', () => expect(levelAt(choose('error', 'info', now), 'info', now + 1000 * hour)).toBe('error'))
  it('of debug falls back after an hour to what was before', () => {
    const chosen = choose('debug', 'warn', now)
    expect([levelAt(chosen, 'info', now + hour - 1), levelAt(chosen, 'info', now + hour)]).toEqual(['debug', 'warn'])
  })
  it('never falls back to debug itself', () => {
    expect(levelAt(choose('debug', 'debug', now), 'info', now + hour)).toBe('info')
    expect(levelAt(choose('debug', 'trace', now), 'trace', now + hour)).toBe('info')
  })
})
