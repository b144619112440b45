import type { LinkAnswer } from '../../../shared/api/links.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { sayStill } from '../../../shared/words/say-forecast.ts'
import { moment } from '../../../shared/words/when.ts'
import type { UnlinkRequest } from '../popover-door.ts'
import { ErpTool } from './erp-tool.tsx'
import { Family, Told } from './family.tsx'

type Props = { link: LinkAnswer; request: UnlinkRequest }

/** What holds before the click: ready, or why not, first in the words Procore’s own tool has for it. */
export function Shown({ link, request }: Props) {
  const { words, item } = request
  const { unlink, connection, watch, undo, status } = link
  if (!unlink) return null
  const erp = connection?.erp ?? null
  const still = sayStill(unlink, item.type, words)
  const when = (at: string): string => moment(at, words.locale, new Date()) ?? at
  return (
    <>
      {still && <p class="bad">{still}</p>}
      <p class="forecast" data-kind={unlink.kind}>
        <Told forecast={unlink} erp={erp} words={words} />
      </p>
      {unlink.children && <Family {...{ unlink, erp, words }} self={{ type: item.type, key: status.erpKey ?? item.id }} />}
      <ErpTool unlink={unlink} request={request} />
      {watch && <p>{say(words, 'watch.until', { until: when(watch.until), person: watch.person ?? '' })}</p>}
      {watch?.waits !== undefined && <p>{say(words, 'watch.waits', { since: when(watch.waits) })}</p>}
      {undo && (
        <p>
          {undo.refused === null ? say(words, 'undo.until', { until: when(undo.until) }) : sayCode(words, 'undo.refused', undo.refused)}
        </p>
      )}
    </>
  )
}
