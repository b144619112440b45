import { useState } from 'preact/hooks'
import { mayHold } from '../../../shared/watch.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { sayWhole } from '../../../shared/words/say-problem.ts'
import { useAsking } from '../dialog/asking.ts'
import { Buttons } from '../dialog/buttons.tsx'
import type { DialogParts } from '../dialog/open.tsx'
import type { UnlinkRequest } from '../popover-door.ts'
import { doing } from './doing.ts'
import { Outcome } from './outcome.tsx'
import { lacking, Override } from './override.tsx'
import { mayOverride, mayUndo, type Question, questionOf } from './question.ts'
import { ReadingFirst, useReading } from './reading.tsx'
import { Shown } from './shown.tsx'
import { useStand } from './stand.ts'

type Props = DialogParts & { request: UnlinkRequest }

/** Says what would be done, in whose name, and asks; then says what came of it. */
export function Confirm({ request, close, busy, signal }: Props) {
  const { words, item } = request
  const { stand, act } = useStand(request, signal)
  const [reason, setReason] = useState('')
  const [against, setAgainst] = useState(false)
  const [read, setRead] = useState(false)
  const { details, answer, waiting, trouble } = stand
  const reading = useReading(request, details?.link.status.connection ?? null, signal)
  // Procore kept it, or has not answered: nothing is pressed twice.
  const settled = answer !== null && (answer.outcome === 'refused' || answer.outcome === 'under-way')
  const asks = details !== null && waiting === null && !settled
  const overridable = asks && mayOverride(details.link, details.role)
  const overrides = overridable && against
  const question = !asks ? null : overrides ? ({ act: 'override', reason: true } as const) : questionOf(details.link)
  const undoes = asks && !overrides && question?.act !== 'undo' && mayUndo(details.link)
  const lacksReason = overrides ? lacking(reason) > 0 : question?.reason === true && reason.trim() === ''
  const waits = waiting !== null || (details === null && trouble === null)
  const { leave, isMeant } = useAsking({ asks: question !== null || undoes, waits, busy }, [
    ...[question?.act, undoes, waiting, details === null, trouble, details?.link.unlink?.id],
  ])

  const begin = (does: Question['act'], why: string | null): void => {
    if (details === null) return
    setRead(false)
    const reads = { signal, begun: () => setRead(true) }
    void act(does, (company) => doing(does, { request, company, why, link: details.link, reads }))
  }
  const press = (event: Event): void => {
    if (question === null || lacksReason || !isMeant(event)) return
    begin(question.act, question.reason ? reason.trim() : null)
  }
  const unlinks = question !== null && ['unlink', 'unlink-all', 'override'].includes(question.act)
  const name = details?.link.status.erpKey ?? sayCode(words, 'item', item.type)
  return (
    <>
      <h1 id="title">{say(words, 'unlink.dialog', { name })}</h1>
      <div class="what" role="status">
        {details === null && trouble === null && <p>{say(words, 'popover.loading')}</p>}
        {trouble && <p class="bad">{sayWhole(words, trouble)}</p>}
        {answer && <Outcome answer={answer} link={details?.link ?? null} request={request} />}
        {details && !settled && waiting === null && <Shown link={details.link} request={request} />}
        {read && asks && answer === null && trouble === null && <p>{say(words, 'unlink.read')}</p>}
        {waiting && read && <ReadingFirst reading={reading} words={words} />}
        {waiting && !read && <p>{sayCode(words, 'waiting', waiting, say(words, 'unlink.waiting'))}</p>}
      </div>
      {overridable && !against && (
        <p class="override">
          <button class="link" type="button" onClick={(event) => isMeant(event) && setAgainst(true)}>
            {say(words, 'override.open')}
          </button>
        </p>
      )}
      {overrides && details.link.unlink && (
        <Override
          unlink={details.link.unlink}
          erp={details.link.connection?.erp ?? null}
          {...{ reason, press, words }}
          onReason={setReason}
        />
      )}
      {unlinks && <p>{say(words, 'unlink.lines')}</p>}
      {question?.act === 'watch' && mayHold(item.type) && <p>{say(words, 'watch.family')}</p>}
      {question?.reason && !overrides && (
        <label>
          {say(words, 'unlink.reason')}
          <textarea rows={2} maxLength={500} value={reason} onInput={({ currentTarget }) => setReason(currentTarget.value)} />
          <small>{say(words, 'unlink.reason.why')}</small>
        </label>
      )}
      {(question || undoes) && details && <small>{say(words, 'unlink.acting', { person: details.person })}</small>}
      <Buttons leave={{ at: leave, text: say(words, unlinks ? 'unlink.cancel' : 'unlink.close'), close }}>
        {undoes && (
          <button class="button" type="button" onClick={(event) => isMeant(event) && begin('undo', null)}>
            {sayCode(words, 'act-now', 'undo')}
          </button>
        )}
        {question && !overrides && (
          <button class={`button ${unlinks ? 'primary' : ''}`} type="button" disabled={lacksReason} onClick={press}>
            {sayCode(words, 'act-now', question.act)}
          </button>
        )}
      </Buttons>
    </>
  )
}
