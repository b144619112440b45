import { type ForecastShape, forecastTimes } from '../forecast.ts'
import type { Words } from './languages.ts'
import { say, sayCode } from './say.ts'
import { moment } from './when.ts'

/** What an unlink would come to: a word for what kind of answer it is, and the reason, its moments as the reader writes them. */
export function sayForecast({ kind, code, params }: ForecastShape, erp: string | null, words: Words): { kind: string; says: string } {
  const now = new Date()
  const times = forecastTimes.flatMap((name) => {
    const at = moment(params[name], words.locale, now)
    return at ? [[name, at]] : []
  })
  const named = { erp: erp ?? say(words, 'figures.erp'), ...params, ...Object.fromEntries(times) }
  // A code this version does not know: the kind says enough.
  return { kind: sayCode(words, 'forecast', kind), says: sayCode(words, 'forecast', code, '', named) }
}
