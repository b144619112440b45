import { type ForecastShape, forecastTimes } from '../../shared/forecast.ts'
import { en } from '../../shared/words/en.ts'
import { forecastText } from '../../shared/words/say-forecast.ts'

/** A forecast in the command line's own English, moments as they are, and whether it wants a reason. */
export function sayForecast(
  { kind, code, params, reason }: Pick<ForecastShape, 'kind' | 'code' | 'params' | 'reason'>,
  erp: string,
): string {
  const times = forecastTimes.flatMap((name) => (params[name] ? [[name, params[name].replace('T', ' ').slice(0, 16)]] : []))
  const says = forecastText(en, code, { erp, ...params, ...Object.fromEntries(times) }, code)
  return `${forecastText(en, kind, {}, kind)}. ${says}${reason ? wants(kind) : ''}`
}

/** What a reason is wanted for; what left with its job says itself that a person decides. */
function wants(kind: string): string {
  if (kind === 'left-with-job') return ' Say why: --reason.'
  return kind === 'ready' ? ' Money was invoiced or paid on it. Say why: --reason.' : ''
}
