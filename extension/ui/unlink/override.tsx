import { useLayoutEffect, useRef } from 'preact/hooks'
import { type ForecastShape, overrideReasonLength } from '../../../shared/forecast.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'

type Props = {
  unlink: Pick<ForecastShape, 'code' | 'params' | 'reason'>
  erp: string | null
  reason: string
  onReason: (text: string) => void
  press: (event: Event) => void
  words: Words
}

/** How many characters a typed reason still lacks; the agent counts in the same way. */
export const lacking = (reason: string): number => Math.max(0, overrideReasonLength - reason.trim().length)

/**
 * An admin goes against the forecast: what that means, and why it is done, typed. Its button lies apart from the others and is never the one that
 * stands out; while it is greyed it says what is missing.
 */
export function Override({ unlink, erp, reason, onReason, press, words }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => field.current?.focus(), []) // the button that opened it is gone
  const about = { erp: erp ?? say(words, 'figures.erp'), key: unlink.params['key'] ?? '' }
  const more = lacking(reason)
  return (
    <section class="override" aria-labelledby="override">
      <h2 id="override">{say(words, 'act-now.override')}</h2>
      <p>{say(words, unlink.code.startsWith('still-there') ? 'override.there' : 'override.unknown', about)}</p>
      {unlink.reason && <p>{say(words, 'override.invoiced')}</p>}
      <p>{say(words, 'override.for-ever')}</p>
      <label>
        {say(words, 'unlink.reason')}
        <textarea
          ref={field}
          rows={2}
          maxLength={500}
          required
          aria-describedby="override-lacks"
          value={reason}
          onInput={({ currentTarget }) => onReason(currentTarget.value)}
        />
      </label>
      <div class="line">
        <small id="override-lacks">
          {more > 0 ? say(words, 'override.short', { least: overrideReasonLength, more }) : say(words, 'unlink.reason.why')}
        </small>
        <button class="button" type="button" disabled={more > 0} aria-describedby="override-lacks" onClick={press}>
          {say(words, 'act-now.override')}
        </button>
      </div>
    </section>
  )
}
