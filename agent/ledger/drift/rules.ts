/**
 * What an export does to a column when it comes to be written another way: each rule says what such a change looks like from one record, what
 * would speak against it, and which new value may be meant otherwise. Pure; values are as read (dates yyyy-mm-dd, amounts decimal texts).
 */
import type { Drift } from '../../../shared/problems/values.ts'
import { decoderOf } from '../../formats/encoding.ts'
import type { Column } from '../../formats/format.ts'
import type { Fields } from '../content.ts'

export type Rule = {
  drift: Drift
  types: readonly Column['type'][]
  /** So many known records at least: fewer may well be corrections. */
  least: number
  /** Hardly ever a correction: then it need only outnumber the values left as they were. Else a single such value speaks against it. */
  rare: boolean
  /** Whether the change of this field looks like it: the field its value came from, '' where from itself; null where it does not. */
  made(before: Fields, after: Fields, field: string): string | null
  /** A value this would have changed: left as it was, it speaks against. */
  touches(before: Fields, field: string, from: string): boolean
  /** A new value that may be meant otherwise. */
  doubts(now: string | null): boolean
}

const every = ['code', 'text', 'money', 'quantity', 'date', 'flag'] as const
const amounts = ['money', 'quantity'] as const

/** A rule that looks at nothing but the field itself. */
const ofValue =
  (made: (was: string, now: string) => boolean): Rule['made'] =>
  (before, after, field) =>
    before[field] != null && after[field] != null && made(before[field], after[field]) ? '' : null
const touching =
  (touches: (was: string) => boolean): Rule['touches'] =>
  (before, field) =>
    before[field] != null && touches(before[field])

const isFilled = (value: string | null | undefined): value is string => value != null

/** yyyy-mm-dd with day and month in each other's place. */
export const turned = (date: string): string => `${date.slice(0, 5)}${date.slice(8)}-${date.slice(5, 7)}`

/** A date that is another one with day and month in each other's place, and no less a date. */
export const isTwoWay = (date: string | null | undefined): boolean =>
  date != null && Number(date.slice(8)) <= 12 && date.slice(8) !== date.slice(5, 7)

const withoutZeros = (code: string): string => code.replace(/^0+(?=\d)/, '')
const hasLeadingZero = (code: string): boolean => /^0\d+$/.test(code)

/** Digits that count, and how many of them stand behind the point. */
function scaleOf(amount: string): { digits: string; behind: number } {
  const [whole = '', fraction = ''] = amount.replace('-', '').split('.')
  const all = `${whole}${fraction}`.replace(/^0+/, '')
  const digits = all.replace(/0+$/, '')
  return { digits, behind: fraction.length - (all.length - digits.length) }
}

/** A hundred or more times as much, or as little, by the point alone. */
function isScaled(was: string, now: string): boolean {
  const [one, other] = [scaleOf(was), scaleOf(now)]
  return (
    one.digits !== '' &&
    one.digits === other.digits &&
    Math.abs(one.behind - other.behind) >= 2 &&
    was.startsWith('-') === now.startsWith('-')
  )
}

const isBeyondAscii = (text: string): boolean => Buffer.byteLength(text) !== text.length

/** UTF-8 that was taken for cp1252 and saved (MÃ¼ller), or letters that an encoding could not hold (M?ller). */
function isGarbled(was: string, now: string): boolean {
  if (!isBeyondAscii(was)) return false
  const bytes = Buffer.from(was)
  return (
    now === decoderOf('cp1252')(bytes, 0, bytes.length) ||
    [...was].map((c) => (isBeyondAscii(c) ? '?' : c)).join('') === now.replaceAll('\ufffd', '?')
  )
}

const isZero = (amount: string): boolean => !/[1-9]/.test(amount)
const negated = (amount: string): string => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`)

/** What a text looks like, roughly: what people and systems fill a column with keeps it. */
export function shapeOf(text: string): 'digits' | 'amount' | 'date' | 'code' | 'words' {
  const said = text.trim()
  if (/^\d+$/.test(said)) return 'digits'
  if (/^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/.test(said)) return 'date'
  if (/^[-+]?\d[\d.,]*$/.test(said)) return 'amount'
  return /\d/.test(said) && !/\s/.test(said) ? 'code' : 'words'
}

/** Strongest first: a column is said to have changed in one way. */
export const rules: readonly Rule[] = [
  {
    ...{ drift: 'day-month', types: ['date'], least: 1, rare: true },
    made: ofValue((was, now) => was !== now && isTwoWay(was) && turned(was) === now),
    touches: touching(isTwoWay),
    doubts: isTwoWay,
  },
  {
    ...{ drift: 'zeros', types: ['code', 'text'], least: 1, rare: true },
    made: ofValue((was, now) => was !== now && hasLeadingZero(was) && withoutZeros(was) === now),
    touches: touching(hasLeadingZero),
    doubts: (now) => now !== null && /^[1-9]\d*$/.test(now),
  },
  {
    ...{ drift: 'characters', types: ['code', 'text'], least: 1, rare: true },
    made: ofValue((was, now) => was !== now && isGarbled(was, now)),
    touches: touching(isBeyondAscii),
    doubts: (now) => now !== null && (isBeyondAscii(now) || now.includes('?')),
  },
  {
    ...{ drift: 'moved', types: every.filter((type) => type !== 'flag'), least: 2, rare: false },
    made: movedFrom,
    touches: (before, field, from) => isFilled(before[field]) && before[field] !== before[from],
    doubts: isFilled,
  },
  {
    ...{ drift: 'times', types: amounts, least: 2, rare: false },
    made: ofValue(isScaled),
    touches: touching((was) => !isZero(was)),
    doubts: (now) => now !== null && !isZero(now),
  },
  {
    ...{ drift: 'sign', types: amounts, least: 2, rare: false },
    made: ofValue((was, now) => !isZero(was) && now === negated(was)),
    touches: touching((was) => !isZero(was)),
    doubts: (now) => now !== null && !isZero(now),
  },
  {
    ...{ drift: 'emptied', types: every, least: 2, rare: false },
    made: (before, after, field) => (isFilled(before[field]) && after[field] == null ? '' : null),
    touches: touching(() => true),
    doubts: (now) => now === null,
  },
  {
    ...{ drift: 'kind', types: ['code', 'text'], least: 2, rare: false },
    made: ofValue((was, now) => shapeOf(was) !== shapeOf(now)),
    touches: touching(() => true),
    doubts: isFilled,
  },
]

/** The other column whose value stands here now, where that one holds something else itself: equal by chance, it would have stayed. */
function movedFrom(before: Fields, after: Fields, field: string): string | null {
  const now = after[field]
  if (!isFilled(now) || before[field] === now) return null
  return Object.keys(before).find((from) => from !== field && before[from] === now && after[from] !== now) ?? null
}
