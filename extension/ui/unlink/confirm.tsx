import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ForecastShape } from '../../../shared/forecast.ts'
import { itemKey } from '../../../shared/item.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { sayForecast } from '../../../shared/words/say-forecast.ts'
import { sayWhole, type ToldProblem } from '../../../shared/words/say-problem.ts'
import type { Details, Unlinked } from '../../bridge/calls.ts'
import type { UnlinkRequest } from '../popover-door.ts'
import { isMeant } from './meant.ts'
import { Outcome } from './outcome.tsx'

/** `busy` is told whether it waits for something, for those who cannot see into the dialog. */
type Props = { request: UnlinkRequest; close: () => void; busy: (is: boolean) => void; signal: AbortSignal }

/** What is known and how far it came; `forecast` is the one that was last shown, and the one an unlink names. */
type Stand = {
  details: Details | null
  forecast: ForecastShape | null
  trouble: ToldProblem | null
  waiting: boolean
  answer: Unlinked | null
}

const nothing: Stand = { details: null, forecast: null, trouble: null, waiting: false, answer: null }

/** Says what would be done, in whose name, and asks; then says what came of it. */
export function Confirm({ request, close, busy, signal }: Props) {
  const { words, item } = request
  const [stand, setStand] = useStand(request, signal)
  const [reason, setReason] = useState('')
  const { details, forecast, answer, waiting, trouble } = stand
  const erp = details?.link.connection?.erp ?? null
  const name = details?.link.status.erpKey ?? sayCode(words, 'item', item.type)
  const needsReason = forecast?.reason === true
  const isReady = forecast !== null && (forecast.kind === 'ready' || forecast.kind === 'left-with-job')
  const ended = answer !== null && answer.outcome !== 'changed'
  const asks = isReady && !ended && !waiting
  const asksSince = useRef(Number.POSITIVE_INFINITY)
  const leave = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    asksSince.current = performance.now()
    busy(waiting || (details === null && trouble === null))
    if (!asks) leave.current?.focus() // as it opens, and once the button that was pressed is gone
  }, [asks, waiting, details === null, trouble, forecast?.id])

  const act = async (event: Event): Promise<void> => {
    if (!isMeant(event, asksSince.current) || !asks || (needsReason && reason.trim() === '')) return
    setStand((now) => ({ ...now, waiting: true, answer: null, trouble: null }))
    const reply = await request.withCompany((company) =>
      request.ask('unlink', { item, company, forecast: forecast.id, ...(needsReason ? { reason: reason.trim() } : {}) }),
    )
    if (signal.aborted) return
    if ('problem' in reply) setStand((now) => ({ ...now, waiting: false, trouble: reply.problem }))
    else setStand((now) => ({ ...now, waiting: false, answer: reply.value, forecast: reply.value.forecast ?? now.forecast }))
  }
  return (
    <>
      <h1 id="title">{say(words, 'unlink.dialog', { name })}</h1>
      <div class="what" role="status">
        {details === null && trouble === null && <p>{say(words, 'popover.loading')}</p>}
        {trouble && <p class="bad">{sayWhole(words, trouble)}</p>}
        {answer && <Outcome answer={answer} item={item} words={words} project={item.project ?? null} />}
        {forecast && !ended && !waiting && <Shown forecast={forecast} erp={erp} request={request} />}
        {waiting && <p>{say(words, 'unlink.waiting')}</p>}
      </div>
      {asks && (
        <>
          <p>{say(words, 'unlink.lines')}</p>
          {needsReason && (
            <label>
              {say(words, 'unlink.reason')}
              <textarea rows={2} maxLength={500} value={reason} onInput={({ currentTarget }) => setReason(currentTarget.value)} />
              <small>{say(words, 'unlink.reason.why')}</small>
            </label>
          )}
          {details && <small>{say(words, 'unlink.acting', { person: details.person })}</small>}
        </>
      )}
      <div class="buttons">
        <button ref={leave} class="button" type="button" onClick={(event) => event.isTrusted && close()}>
          {say(words, asks ? 'unlink.cancel' : 'unlink.close')}
        </button>
        {asks && (
          <button class="button primary" type="button" disabled={needsReason && reason.trim() === ''} onClick={(event) => void act(event)}>
            {say(words, 'action.unlink')}
          </button>
        )}
      </div>
    </>
  )
}

/** What holds before the click: ready, or why not, first in the words Procore’s own tool has for it. */
function Shown({ forecast, erp, request: { words, item } }: { forecast: ForecastShape; erp: string | null; request: UnlinkRequest }) {
  const { kind, says } = sayForecast(forecast, erp, words)
  const isThere = ['still-there', 'still-there-reverse', 'procore-there'].includes(forecast.code)
  return (
    <>
      {isThere && <p class="bad">{sayCode(words, 'still', item.type, say(words, 'still.other'))}</p>}
      <p class="forecast" data-kind={forecast.kind}>
        <strong>{kind}</strong> {says}
      </p>
    </>
  )
}

/** Asks for the details when it opens, and again once the badge moves on: an unlink that took long ends behind the dialog. */
function useStand(request: UnlinkRequest, signal: AbortSignal) {
  const [stand, setStand] = useState(nothing)
  const acting = useRef(false)
  acting.current = stand.waiting
  useEffect(() => {
    const { item, ask, withCompany, book } = request
    const load = async (): Promise<void> => {
      const reply = await withCompany((company) => ask('details', { item, company }))
      if (signal.aborted || acting.current) return
      if ('problem' in reply) setStand((now) => ({ ...now, trouble: reply.problem }))
      else setStand((now) => moved(now, reply.value))
    }
    void load()
    book.onChange((keys) => {
      if (keys.has(itemKey(item)) && book.get(itemKey(item))) void load()
    }, signal)
  }, [])
  return [stand, setStand] as const
}

/** What newer details make of it: an unlink under way has ended, or what may be asked next. An answer that was given stays. */
function moved(now: Stand, details: Details): Stand {
  const forecast = details.link.unlink ?? null
  if (now.answer?.outcome === 'under-way' && forecast?.kind === 'done')
    return { ...now, details, forecast, trouble: null, answer: { outcome: 'unlinked', forecast, problem: null } }
  return { ...now, details, forecast, trouble: null }
}
