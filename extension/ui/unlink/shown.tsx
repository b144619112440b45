import type { LinkAnswer } from '../../../shared/api.ts'
import type { ItemRef } from '../../../shared/item.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { sayForecast, sayStill } from '../../../shared/words/say-forecast.ts'
import { moment } from '../../../shared/words/when.ts'

type Props = { link: LinkAnswer; item: ItemRef; words: Words }

/** What holds before the click: ready, or why not, first in the words Procore’s own tool has for it. */
export function Shown({ link, item, words }: Props) {
  const { unlink, connection, watch, undo } = link
  if (!unlink) return null
  const erp = connection?.erp ?? null
  const { kind, says } = sayForecast(unlink, erp, words)
  const still = sayStill(unlink, item.type, words)
  const when = (at: string): string => moment(at, words.locale, new Date()) ?? at
  return (
    <>
      {still && <p class="bad">{still}</p>}
      <p class="forecast" data-kind={unlink.kind}>
        <strong>{kind}</strong> {says}
      </p>
      {unlink.children && <Children unlink={unlink} erp={erp} words={words} />}
      {watch && <p>{say(words, 'watch.until', { until: when(watch.until), person: watch.person ?? '' })}</p>}
      {undo && (
        <p>
          {undo.refused === null ? say(words, 'undo.until', { until: when(undo.until) }) : sayCode(words, 'undo.refused', undo.refused)}
        </p>
      )}
    </>
  )
}

/** What stands under it, in the order in which it would be unlinked; itself last. */
function Children({ unlink, erp, words }: { unlink: NonNullable<LinkAnswer['unlink']>; erp: string | null; words: Words }) {
  return (
    <ul class="children">
      {unlink.children?.map(({ type, id, key, forecast }) => {
        const told = forecast && sayForecast(forecast, erp, words)
        return (
          <li key={`${type}:${id}`}>
            {sayCode(words, 'item', type)} {key ?? id}: {told ? <strong>{told.kind}</strong> : say(words, 'forecast.unknown')} {told?.says}
          </li>
        )
      })}
    </ul>
  )
}
