/** Text becomes a value by the settings of the connection, or is refused. Nothing is coerced: unreadable is a problem, never 0, today or ''. */
import { type Problem, problem } from '../../shared/problem.ts'
import { isDamagedCode } from './damaged-code.ts'
import type { Column, ReadSettings } from './format.ts'
import { isSeen } from './seen.ts'

/** What a cell says: its value, null for empty, or that it could not be read. */
export type Value = string | null | typeof unreadable
export const unreadable = Symbol('unreadable')

/** Reads one cell of a column. Codes and texts stay as written (a leading blank in a code can be real, erp-files.md B1); blanks alone are empty. */
export function readValue(cell: string, { type, typed }: Pick<Column, 'type' | 'typed'>, settings: ReadSettings): Value {
  if (cell === '') return null
  if (type === 'code' && settings.codes === 'refuse' && isDamagedCode(cell, typed)) return unreadable
  // Most cells begin with what is seen.
  if (type === 'code' || type === 'text') return isSeen(cell.charCodeAt(0)) || /\S/.test(cell) ? cell : null
  const trimmed = cell.trim()
  // Some warehouse copies print an empty database field as NULL (erp-files.md C4).
  if (trimmed === '' || trimmed === 'NULL') return null
  if (type === 'date') return dateOf(trimmed, settings.date) ?? unreadable
  return (type === 'flag' ? flagOf(trimmed) : amountOf(trimmed, settings)) ?? unreadable
}

export type Place = { file: string; line: number; column: string }

/** Why a cell was refused: what, where, and what was expected. */
export function unreadableCell(cell: string, type: Column['type'], { date }: ReadSettings, { file, line, column }: Place): Problem {
  const said = { line, column, text: shown(cell) }
  const at = { file, line, column }
  if (type === 'code') return problem('code-damaged', said, at)
  if (type === 'date') return problem('date-unreadable', { ...said, format: date }, at)
  if (type === 'flag') return problem('value-unreadable', { ...said, expected: flags.join(', ') }, at)
  return problem('amount-unreadable', said, at)
}

const flags = ['0', '1', 'yes', 'no', 'true', 'false']

const shown = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

const plainAmount = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/

/** A plain decimal text ("-1250.50"), or null. Only the decimal mark, thousands marks and minus styles switched on are read. */
export function amountOf(text: string, settings: Pick<ReadSettings, 'decimal' | 'thousands' | 'minus'>): string | null {
  if (settings.decimal === '.' && plainAmount.test(text) && (text[0] !== '-' || settings.minus.includes('leading')))
    return zeroHasNoSign(text)
  const { negative, rest } = signOf(text, settings.minus)
  const digits = rest === null ? null : digitsOf(rest, settings)
  return digits === null ? null : zeroHasNoSign(negative ? `-${digits}` : digits)
}

const zeroHasNoSign = (text: string): string => (text[0] === '-' && !/[1-9]/.test(text) ? text.slice(1) : text)

type Minus = ReadSettings['minus'][number]
const minusStyles: readonly { style: Minus; shape: RegExp }[] = [
  { style: 'leading', shape: /^-([\d.,].*)$/ },
  { style: 'unicode', shape: /^−([\d.,].*)$/ },
  { style: 'trailing', shape: /^(.*\d)-$/ },
  { style: 'parentheses', shape: /^\((.*\d)\)$/ },
  { style: 'cr', shape: /^(.*\d) ?CR$/ },
]

function signOf(text: string, allowed: readonly Minus[]): { negative: boolean; rest: string | null } {
  for (const { style, shape } of minusStyles) {
    const inside = shape.exec(text)?.[1]
    if (inside !== undefined) return { negative: true, rest: allowed.includes(style) ? inside : null }
  }
  return { negative: false, rest: text }
}

/** Digits with an optional fraction; thousands marks only in threes and only those declared. */
function digitsOf(text: string, { decimal, thousands }: Pick<ReadSettings, 'decimal' | 'thousands'>): string | null {
  const [whole = '', fraction, more] = text.split(decimal)
  if (more !== undefined || (fraction !== undefined && !/^\d+$/.test(fraction))) return null
  const plain = /^\d*$/.test(whole) ? whole : ungrouped(whole, thousands)
  if (plain === null || (plain === '' && fraction === undefined)) return null
  const units = plain.replace(/^0+(?=\d)/, '') || '0'
  return fraction === undefined ? units : `${units}.${fraction}`
}

/** Blanks between thousands may be plain, no-break (U+00A0) or narrow no-break (U+202F): one style, printed three ways (erp-files.md E). */
function ungrouped(whole: string, thousands: ReadSettings['thousands']): string | null {
  const mark = /[^\d]/.exec(whole)?.[0]
  if (mark === undefined) return null
  const style = mark === '\u00a0' || mark === '\u202f' ? ' ' : mark
  if (!thousands.some((allowed) => allowed === style)) return null
  const [first = '', ...groups] = whole.split(mark)
  const fits = /^\d{1,3}$/.test(first) && groups.every((group) => /^\d{3}$/.test(group))
  return fits ? first + groups.join('') : null
}

/** 1 or 0, or null. */
export function flagOf(text: string): '1' | '0' | null {
  const word = text.toLowerCase()
  if (['1', 'true', 'yes', 'y'].includes(word)) return '1'
  return ['0', 'false', 'no', 'n'].includes(word) ? '0' : null
}

type DateFormat = ReadSettings['date']

/** The shape of each format, and in which order year, month and day stand in it. */
const dateShapes: Record<DateFormat, { shape: RegExp; order: readonly [year: number, month: number, day: number] }> = {
  'yyyy-mm-dd': { shape: /^(\d{4})-(\d\d)-(\d\d)$/, order: [1, 2, 3] },
  'mm/dd/yyyy': { shape: /^(\d\d?)\/(\d\d?)\/(\d{4})$/, order: [3, 1, 2] },
  'dd/mm/yyyy': { shape: /^(\d\d?)\/(\d\d?)\/(\d{4})$/, order: [3, 2, 1] },
  'dd.mm.yyyy': { shape: /^(\d\d?)\.(\d\d?)\.(\d{4})$/, order: [3, 2, 1] },
  mmddyyyy: { shape: /^(\d\d)(\d\d)(\d{4})$/, order: [3, 1, 2] },
  ddmmyyyy: { shape: /^(\d\d)(\d\d)(\d{4})$/, order: [3, 2, 1] },
  yyyymmdd: { shape: /^(\d{4})(\d\d)(\d\d)$/, order: [1, 2, 3] },
  'dd-mon-yyyy': { shape: /^(\d\d?)-([A-Za-z]{3})-(\d{4})$/, order: [3, 2, 1] },
}
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** A time of midnight behind the date is what a date column without a time looks like when a program prints it. Any other time is refused. */
const midnight = /[ T](?:00:00(?::00(?:\.0+)?)?|12:00:00 AM)$/

/** A civil date as yyyy-mm-dd, or null: no such day, another format, or two digits for the year. */
export function dateOf(text: string, format: DateFormat): string | null {
  const { shape, order } = dateShapes[format]
  const parts = shape.exec(text.length > 11 ? text.replace(midnight, '') : text)
  if (parts === null) return null
  const [year, month, day] = order.map((place) => parts[place] as string) as [string, string, string]
  return civil(Number(year), monthOf(month), Number(day))
}

const monthOf = (text: string): number => (text.length === 3 ? months.indexOf(text.toLowerCase()) + 1 : Number(text))

function civil(year: number, month: number, day: number): string | null {
  const inRange = year >= 1900 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
  return inRange ? `${year}-${two(month)}-${two(day)}` : null
}

const two = (number: number): string => String(number).padStart(2, '0')

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
