import type { ValueKind } from '../problems/values.ts'
import { fieldName } from './fields.ts'
import type { Words } from './languages.ts'
import { filled, sayCode } from './say.ts'
import { moment } from './when.ts'

type Params = Record<string, string | number>
/** Writes a moment as its reader does; null leaves it as it came. */
export type WriteMoment = (iso: string) => string | null

/** Names; and Procore's own words, which their sentences announce with a colon. */
const unquoted: readonly ValueKind[] = ['called', 'refusal']

/** Words beside each other. Names of files, error codes and numbers are none. */
const prose = /\p{L}[,.:;’]? +\p{L}/u
export const isProse = (text: string): boolean => prose.test(text)
const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/

/**
 * A problem's parameters as the reader reads them: moments and codes in their language, what somebody else said in quotation marks, and never
 * nothing. Ledgers and older agents hold English prose where there is a code now: it is quoted like any other. Pure but for the time of day.
 */
export function readable(
  words: Words,
  { code, params = {} }: { code: string; params?: Params | undefined },
  write: WriteMoment = ofReader(words),
): Params {
  const kinds = words.values[code] ?? {}
  const read: Params = {}
  const worded = new Set<string>()
  for (const name of new Set([...Object.keys(params), ...Object.keys(kinds)])) {
    const [kind, value] = [kinds[name], params[name] ?? '']
    const word = kind === undefined ? null : wordOf(words, kind, value)
    if (word !== null) worded.add(name)
    if (word !== null || name in params) read[name] = word ?? plain(words, kind, value, write)
  }
  return Object.fromEntries(Object.entries(read).map(([name, text]) => [name, worded.has(name) ? filled(String(text), read) : text]))
}

const ofReader = ({ locale }: Words): WriteMoment => {
  const now = new Date()
  return (iso) => moment(iso, locale, now)
}

/** The words of a code, of several divided by commas, or of what stands before a colon; null for what is none. */
function wordOf(words: Words, kind: ValueKind, value: string | number): string | null {
  const codes = value === '' ? ['none'] : String(value).replace(/:.*/s, '').split(', ')
  const told = codes.map((code) => sayCode(words, kind, code, ''))
  return told.includes('') ? null : told.join(', ')
}

function plain(words: Words, kind: ValueKind | undefined, value: string | number, write: WriteMoment): string | number {
  if (typeof value === 'number') return value
  if (value.trim() === '') return `(${words.texts['record.empty']})`
  if (isTime.test(value)) return write(value) ?? value
  if (kind === 'field') return fieldName(value, words)
  return kind !== undefined && !unquoted.includes(kind) && isProse(value) ? filled(words.texts['problem.said'], { text: value }) : value
}
