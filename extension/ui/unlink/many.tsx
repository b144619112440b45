import { useEffect, useState } from 'preact/hooks'
import { say, sayCode } from '../../../shared/words/say.ts'
import { sayForecast } from '../../../shared/words/say-forecast.ts'
import { sayWhole, type ToldProblem } from '../../../shared/words/say-problem.ts'
import type { Batch, Ready } from '../../bridge/calls.ts'
import { useAsking } from '../dialog/asking.ts'
import { Buttons } from '../dialog/buttons.tsx'
import { Choices, useChoice } from '../dialog/choice.tsx'
import type { DialogParts } from '../dialog/open.tsx'
import type { UnlinkManyRequest } from '../popover-door.ts'
import { openTypes, selectedIn } from './listed.ts'
import { Progress } from './progress.tsx'

type Props = DialogParts & { request: UnlinkManyRequest }

/** How often a person looks at a long act: the agent goes on by itself, looked at or not. */
const LOOKS_MS = 1_000

/** Lists what is ready, ticked as the list's rows are selected, if any are; unlinks what is ticked, and says what became of each. */
export function Many({ request, close, busy, signal }: Props) {
  const { words, ask, withCompany } = request
  const [ready, setReady] = useState<Ready | null>(null)
  const choice = useChoice()
  const [asSelected, setAsSelected] = useState(false)
  const [reason, setReason] = useState('')
  const [batch, setBatch] = useState<Batch | null>(null)
  const [trouble, setTrouble] = useState<ToldProblem | null>(null)
  const [sending, setSending] = useState(false)
  const chosen = ready?.links.filter(({ link }) => !choice.leftOut.has(link)) ?? []
  const needsReason = chosen.some(({ forecast }) => forecast.reason === true)
  const asks = batch === null && !sending && chosen.length > 0
  const under = batch !== null && batch.endedAt === null
  const count = (n: number): string => new Intl.NumberFormat(words.locale).format(n)

  const waits = sending || under || (ready === null && trouble === null)
  const { leave, isMeant } = useAsking({ asks, waits, busy }, [asks, sending, under, ready === null, trouble])
  useEffect(() => {
    void withCompany((company) => ask('ready', { company, types: openTypes(document) })).then((reply) => {
      if (signal.aborted) return
      if ('problem' in reply) setTrouble(reply.problem)
      else {
        const selected = selectedIn(document)
        const left = reply.value.links.filter(({ type, id }) => selected.length > 0 && !selected.includes(`${type}:${id}`))
        setAsSelected(selected.length > 0)
        choice.leaveOut(left.map(({ link }) => link))
        setReady(reply.value)
      }
    })
  }, [])
  useEffect(() => {
    if (batch === null || batch.endedAt !== null) return
    const look = async (): Promise<void> => {
      const reply = await withCompany((company) => ask('batch', { company, id: batch.id }))
      if (signal.aborted) return
      if ('problem' in reply) setTrouble(reply.problem)
      else setBatch(reply.value)
    }
    const timer = setTimeout(() => void look(), LOOKS_MS)
    return () => clearTimeout(timer)
  }, [batch])

  const press = async (event: Event): Promise<void> => {
    if (!asks || !isMeant(event) || (needsReason && reason.trim() === '')) return
    setSending(true)
    setTrouble(null)
    const entries = chosen.map(({ link, forecast }) => ({ link, forecast: forecast.id }))
    const reply = await withCompany((company) => ask('unlinkMany', { company, entries, ...(needsReason ? { reason: reason.trim() } : {}) }))
    if (signal.aborted) return
    setSending(false)
    if ('problem' in reply) setTrouble(reply.problem)
    else setBatch(reply.value)
  }
  return (
    <>
      <h1 id="title">{say(words, 'unlinks.title')}</h1>
      <div class="what" role="status">
        {ready === null && trouble === null && <p>{say(words, 'popover.loading')}</p>}
        {trouble && <p class="bad">{sayWhole(words, trouble)}</p>}
        {ready && batch === null && (
          <p>{ready.links.length === 0 ? say(words, 'unlinks.none') : say(words, 'unlinks.ready', { count: count(ready.links.length) })}</p>
        )}
        {ready && ready.more > 0 && batch === null && <small>{say(words, 'unlinks.more', { count: count(ready.more) })}</small>}
        {ready && asSelected && batch === null && ready.links.length > 0 && <small>{say(words, 'unlinks.selected')}</small>}
        {sending && <p>{say(words, 'unlink.waiting')}</p>}
        {batch && <Progress batch={batch} request={request} />}
      </div>
      {ready && batch === null && ready.links.length > 0 && (
        <Choices
          of={ready.links}
          {...{ choice, disabled: sending, words }}
          says={({ type, key, forecast }) => (
            <span>
              {sayCode(words, 'item', type)} {key}: {sayForecast(forecast, null, words).says}
            </span>
          )}
        />
      )}
      {asks && needsReason && (
        <label>
          {say(words, 'unlink.reason')}
          <textarea rows={2} maxLength={500} value={reason} onInput={({ currentTarget }) => setReason(currentTarget.value)} />
          <small>{say(words, 'unlink.reason.why')}</small>
        </label>
      )}
      {asks && ready && <small>{say(words, 'unlink.acting', { person: ready.person })}</small>}
      <Buttons leave={{ at: leave, text: say(words, asks ? 'unlink.cancel' : 'unlink.close'), close }}>
        {asks && (
          <button
            class="button primary"
            type="button"
            disabled={needsReason && reason.trim() === ''}
            onClick={(event) => void press(event)}
          >
            {say(words, 'unlinks.do', { count: count(chosen.length) })}
          </button>
        )}
      </Buttons>
    </>
  )
}
