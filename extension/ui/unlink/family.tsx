import type { ForecastShape } from '../../../shared/forecast.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { sayForecast } from '../../../shared/words/say-forecast.ts'

type Told = { forecast: ForecastShape; erp: string | null; words: Words }

/** What it would come to, and what a reason is wanted for. */
export function Told({ forecast, erp, words }: Told) {
  const { kind, says } = sayForecast(forecast, erp, words)
  // Of the family, each of it says it for itself; what left with its job says that a person decides.
  const invoiced = forecast.reason === true && forecast.after === undefined && forecast.kind !== 'left-with-job'
  return (
    <>
      <strong>{kind}</strong> {says} {invoiced && say(words, 'unlink.reason.invoiced')}
    </>
  )
}

type Props = { unlink: ForecastShape; self: { type: string; key: string }; erp: string | null; words: Words }

/** What stands under it, in the order in which it would be unlinked; itself last, beneath the list: that is never scrolled away. */
export function Family({ unlink: { children = [], after }, self, erp, words }: Props) {
  return (
    <>
      <ul class="children">
        {children.map(({ type, id, key, forecast }) => (
          <li key={`${type}:${id}`}>
            {sayCode(words, 'item', type)} {key ?? id}:{' '}
            {forecast ? <Told {...{ forecast, erp, words }} /> : <strong>{say(words, 'forecast.unknown')}</strong>}
          </li>
        ))}
      </ul>
      {after && (
        <p class="forecast" data-kind={after.kind}>
          {sayCode(words, 'item', self.type)} {self.key}: <Told forecast={after} erp={erp} words={words} />
        </p>
      )}
    </>
  )
}
