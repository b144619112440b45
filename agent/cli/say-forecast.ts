import type { ForecastShape } from '../../shared/forecast.ts'
import { english } from '../../shared/words/english.ts'
import { sayCode } from '../../shared/words/say.ts'
import { forecastText } from '../../shared/words/say-forecast.ts'

const moment = (iso: string): string => iso.replace('T', ' ').slice(0, 16)

/** A forecast in the command line's own English, moments as they are, and whether it wants a reason. */
export function sayForecast(
  { kind, code, params, reason }: Pick<ForecastShape, 'kind' | 'code' | 'params' | 'reason'>,
  erp: string,
): string {
  const says = forecastText(english.texts, code, { erp, ...params }, moment, code)
  return `${sayCode(english, 'forecast', kind)}. ${says}${reason ? wants(kind) : ''}`
}

/** What a reason is wanted for; what left with its job says itself that a person decides. */
function wants(kind: string): string {
  if (kind === 'left-with-job') return ' Say why: --reason.'
  return kind === 'ready' ? ' Money was invoiced or paid on it. Say why: --reason.' : ''
}
