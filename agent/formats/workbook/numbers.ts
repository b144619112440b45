/** Numbers of a sheet as text: exact, plain, and days told from amounts. Excel stores binary fractions; the shortest text that gives the same one is what was typed. */
import type { ReadSettings } from '../format.ts'
import { marks } from './marks.ts'
import type { NumberFormat } from './number-formats.ts'

export type NumberSettings = { from1904: boolean; date: ReadSettings['date'] }

/** A cell for the value `said` as the file has it; text that is no number is an error shown as it is. */
export function numberCell(said: string, format: NumberFormat, settings: NumberSettings): string {
  const number = said.trim() === '' ? Number.NaN : Number(said)
  if (!Number.isFinite(number)) return marks.error + said
  const text = plainNumber(number)
  if (format === 'percent') return `${shifted(text, 2)}%`
  if (format === 'date') return dateCell(number, settings) ?? marks.number + text
  if (typeof format === 'object' && /^\d+$/.test(text)) return marks.number + text.padStart(format.digits, '0')
  return marks.number + text
}

/** Shortest decimal text without an exponent: 98.740554156171290 → 98.74055415617129, 1e21 → 1000000000000000000000. */
export function plainNumber(number: number): string {
  const text = String(number)
  const exponent = text.indexOf('e')
  return exponent < 0 ? text : shifted(text.slice(0, exponent), Number(text.slice(exponent + 1)))
}

/** The decimal point `by` places to the right (or left); no arithmetic, so nothing is rounded. */
function shifted(text: string, by: number): string {
  const sign = text.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = text.slice(sign.length).split('.')
  const digits = whole + fraction
  const point = whole.length + by
  const units = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  const rest = point > 0 ? digits.slice(point) : '0'.repeat(-point) + digits
  return sign + (units.replace(/^0+(?=\d)/, '') || '0') + (/[1-9]/.test(rest) ? `.${rest.replace(/0+$/, '')}` : '')
}

const dayMs = 86_400_000
/** Day 0 of either count, as days since 1970. */
const dayZero = { in1904: Date.UTC(1904, 0, 1) / dayMs, in1900: Date.UTC(1899, 11, 31) / dayMs }

/** A day in the connection's date format, with its time where it has one; null where the number is none (before the count begins, after 9999). */
function dateCell(serial: number, { from1904, date }: NumberSettings): string | null {
  const days = Math.floor(serial)
  // Excel counts a 29 February 1900 that never was: day 60 is no day, and those before it are one less from the start (ECMA-376 part 1, 18.17.4.1).
  if (days < (from1904 ? 0 : 1) || (!from1904 && days === 60) || days > (from1904 ? 2_957_003 : 2_958_465)) return null
  const day = days + (from1904 ? dayZero.in1904 : days < 60 ? dayZero.in1900 : dayZero.in1900 - 1)
  const seconds = Math.round((serial - days) * 86_400)
  return seconds === 0 ? wholeDay(day, date) : isoDateCell(new Date(day * dayMs + seconds * 1000).toISOString(), date)
}

/** The cells of days met, by format and day since 1970: a sheet's many rows name few. */
const knownDays = new Map<string, Map<number, string | null>>()

function wholeDay(day: number, format: ReadSettings['date']): string | null {
  const days = knownDays.get(format) ?? new Map<number, string | null>()
  const known = days.get(day)
  if (known !== undefined) return known
  if (days.size >= 1000) days.clear()
  const made = isoDateCell(new Date(day * dayMs).toISOString(), format)
  knownDays.set(format, days.set(day, made))
  return made
}

/** The same for a day written out (strict workbooks have such cells); null where it is none. */
export function isoDateCell(text: string, format: ReadSettings['date']): string | null {
  const [, day, time = '00:00:00'] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d+)?Z?)?$/.exec(text) ?? []
  return day === undefined ? null : marks.date + dateText(day, format) + (time === '00:00:00' ? '' : ` ${time}`)
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

/** yyyy-mm-dd as the connection writes dates. */
function dateText(day: string, format: ReadSettings['date']): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return format
    .replace('yyyy', year)
    .replace('mon', months[Number(month) - 1] as string)
    .replace('mm', month)
    .replace('dd', date)
}
