import type { LinkAnswer } from '../../../shared/api.ts'
import { type ForecastShape, forecastTimes } from '../../../shared/forecast.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { moment } from '../../../shared/words/when.ts'

/** What an unlink would come to, before anybody clicks: a word for what kind of answer it is, and the reason. */
export function Forecast({ link, words }: { link: LinkAnswer; words: Words }) {
  const { unlink } = link
  if (!unlink) return null
  return (
    <section class="forecast" data-kind={unlink.kind}>
      <h2>{say(words, 'unlink.title')}</h2>
      <p>
        <strong>{sayCode(words, 'forecast', unlink.kind, unlink.kind)}</strong> {sayForecast(unlink, link.connection?.erp ?? null, words)}
      </p>
    </section>
  )
}

/** The sentence; its moments as the reader writes them. Empty for a code this version does not know: the kind says enough. */
function sayForecast({ code, params }: ForecastShape, erp: string | null, words: Words): string {
  const now = new Date()
  const times = forecastTimes.flatMap((name) => {
    const at = moment(params[name], words.locale, now)
    return at ? [[name, at]] : []
  })
  const named = { erp: erp ?? say(words, 'figures.erp'), ...params, ...Object.fromEntries(times) }
  return sayCode(words, 'forecast', code, '', named)
}
