import type { LinkAnswer } from '../../shared/api/links.ts'
import type { Words } from '../../shared/words/languages.ts'
import { sayForecast } from '../../shared/words/say-forecast.ts'
import type { ForecastView } from '../bridge/calls.ts'
import { isNothingToUnlink } from '../ui/nothing-to-unlink.ts'

/**
 * What an unlink of a link would come to, in the reader's language; null where there is nothing to unlink. Said here, for the first moment a page
 * writes in somebody's language costs it several milliseconds.
 */
export function forecastView({ unlink, connection }: Pick<LinkAnswer, 'unlink' | 'connection'>, words: Words): ForecastView | null {
  if (!unlink || isNothingToUnlink(unlink.code)) return null
  const { kind, says } = sayForecast(unlink, connection?.erp ?? null, words)
  return { kind: unlink.kind, word: kind, says }
}
