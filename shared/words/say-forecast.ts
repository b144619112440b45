import { type ForecastShape, forecastTimes, isStillThere, type Reversed } from '../forecast.ts'
import type { WordKey } from './en.ts'
import type { Words } from './languages.ts'
import { filled, say, sayCode } from './say.ts'
import { moment } from './when.ts'

/** Sentences that end with how the ERP's copy is deleted, and what is said where its ERP has no way of its own (shared/erp/). */
const ends: Partial<Record<string, WordKey>> = {
  'still-there': 'erase.delete',
  'still-there-reverse': 'erase.reverse',
  'procore-there': 'erase.delete',
}

/**
 * The sentence of a forecast. `moment` writes its moments as the reader does; what it makes null of stays as it came. `otherwise` is for a
 * code no language knows.
 */
export function forecastText(
  texts: Readonly<Record<string, string>>,
  code: string,
  params: Record<string, string>,
  moment: (iso: string) => string | null,
  otherwise = '',
): string {
  const text = texts[`forecast.${code}`]
  const end = isReversed({ code, params }) ? 'erase.reverse' : ends[code]
  if (text === undefined) return otherwise
  const written = { ...params }
  for (const name of forecastTimes) if (params[name]) written[name] = moment(params[name]) ?? params[name]
  const then = texts[`reversed.${params['reversed'] ?? reversedBefore[code]}`]
  return filled([text, end && (texts[`erase.${params['how']}`] ?? texts[end]), then].filter(Boolean).join(' '), written)
}

/** Agents before this one do not say what comes after a reversal. */
const reversedBefore: Partial<Record<string, Reversed>> = { 'still-there-reverse': 'tieback' }

/** It is never deleted in its ERP: another entry takes it back, and it stays. */
const isReversed = ({ code, params }: Pick<ForecastShape, 'code' | 'params'>): boolean =>
  code === 'still-there-reverse' || params['reversed'] !== undefined

/** What Procore’s own tool says of a record its ERP still has; null where it has not, or nobody knows. Nobody is asked to delete what can only be reversed. */
export function sayStill(forecast: Pick<ForecastShape, 'code' | 'params'>, type: string, words: Words): string | null {
  if (!isStillThere(forecast.code) && forecast.code !== 'procore-there') return null
  return isReversed(forecast) ? say(words, 'still.reverse') : sayCode(words, 'still', type, say(words, 'still.other'))
}

/** What an unlink would come to: a word for what kind of answer it is, and the reason, its moments as the reader writes them. */
export function sayForecast({ kind, code, params }: ForecastShape, erp: string | null, words: Words): { kind: string; says: string } {
  const now = new Date()
  const named = { erp: erp ?? say(words, 'figures.erp'), ...params }
  // A code this version does not know: the kind says enough.
  const says = forecastText(words.texts, code, named, (iso) => moment(iso, words.locale, now))
  return { kind: sayCode(words, 'forecast', kind), says }
}
