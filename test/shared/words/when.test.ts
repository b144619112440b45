import { describe, expect, it } from 'vitest'
import { amount, calendarDate, moment } from '../../../shared/words/when.ts'

const now = new Date(2026, 10, 18, 15, 0) // a Wednesday
const at = (day: number, hour: number): string => new Date(2026, 10, day, hour, 2).toISOString()

describe('a moment', () => {
  it('of today is its time', () => expect(moment(at(18, 14), 'de', now)).toBe('14:02'))
  it('of this week names the day', () => expect(moment(at(17, 14), 'en-GB', now)).toBe('Tue 14:02'))
  it('of before names the date', () => expect(moment(at(1, 14), 'en-GB', now)).toMatch(/1 Nov 2026.*14:02/))
  it('that is not known is null, never now', () => {
    expect(moment(null, 'en', now)).toBeNull()
    expect(moment('yesterday', 'en', now)).toBeNull()
  })
})

describe('an amount', () => {
  it('keeps every digit beyond what a float can hold', () =>
    expect(amount('90071992547409931234.57', 'en')).toBe('90,071,992,547,409,931,234.57'))
  it('is written as the reader writes it', () => expect(amount('-1250000.5', 'de')).toBe('-1.250.000,50'))
  it('keeps more than two decimals', () => expect(amount('1.2345', 'en')).toBe('1.2345'))
  it('that is no number stays the text it was', () => expect(amount('n/a', 'en')).toBe('n/a'))
})

it('a calendar date is never shifted by a time zone', () => expect(calendarDate('2026-01-01', 'en')).toBe('Jan 1, 2026'))
