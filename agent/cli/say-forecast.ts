import { type ForecastShape, forecastTimes } from '../../shared/forecast.ts'
import { en } from '../../shared/words/en.ts'
import { filled } from '../../shared/words/say.ts'

/** A forecast in the command line's own English, moments as they are, and whether it wants a reason. */
export function sayForecast(
  { kind, code, params, reason }: Pick<ForecastShape, 'kind' | 'code' | 'params' | 'reason'>,
  erp: string,
): string {
  const text = (key: string): string => (en as Record<string, string>)[`forecast.${key}`] ?? key
  const times = forecastTimes.flatMap((name) => (params[name] ? [[name, params[name].replace('T', ' ').slice(0, 16)]] : []))
  return `${text(kind)}. ${filled(text(code), { erp, ...params, ...Object.fromEntries(times) })}${reason && (kind === 'ready' || kind === 'left-with-job') ? ' Say why: --reason.' : ''}`
}
