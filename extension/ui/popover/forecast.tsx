import { say } from '../../../shared/words/say.ts'
import { sayForecast } from '../../../shared/words/say-forecast.ts'
import type { Details } from '../../bridge/calls.ts'
import { isNothingToUnlink } from '../nothing-to-unlink.ts'
import type { PopoverRequest } from '../popover-door.ts'
import { ErpTool } from '../unlink/erp-tool.tsx'
import { showUnlink } from '../unlink/show.tsx'

/**
 * What an unlink would come to, before anybody clicks; the button opens the dialog that says it again and asks. There is none where nothing could
 * be asked there, but for a watch that is to be taken back.
 */
export function Forecast({ details, request }: { details: Details; request: PopoverRequest }) {
  const { words } = request
  const { unlink, connection, watch } = details.link
  if (!unlink) return null
  const { kind, says } = sayForecast(unlink, connection?.erp ?? null, words)
  return (
    <section class="forecast" data-kind={unlink.kind}>
      <h2>{say(words, 'unlink.title')}</h2>
      <p id="why-unlink">
        <strong>{kind}</strong> {says}
      </p>
      <ErpTool unlink={unlink} request={request} />
      {(watch || !isNothingToUnlink(unlink.code)) && (
        <div class="actions">
          <button
            class="button"
            type="button"
            aria-describedby="why-unlink"
            aria-haspopup="dialog"
            onClick={(event) => event.isTrusted && showUnlink({ ...request, back: event.currentTarget })}
          >
            {say(words, 'unlink.open')}
          </button>
        </div>
      )}
    </section>
  )
}
