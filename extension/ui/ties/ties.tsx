import { useState } from 'preact/hooks'
import { certainFrom } from '../../../shared/match.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { likely } from '../../../shared/words/say-match.ts'
import { sayWhole, type ToldProblem } from '../../../shared/words/say-problem.ts'
import type { Candidate, Tied } from '../../bridge/calls.ts'
import { useAsking } from '../dialog/asking.ts'
import { Buttons } from '../dialog/buttons.tsx'
import { Choices, useChoice } from '../dialog/choice.tsx'
import type { DialogParts } from '../dialog/open.tsx'
import type { TiesRequest } from '../popover-door.ts'
import { Left } from './left.tsx'
import { useLooked } from './looked.ts'
import { leftText, Pair, PairHead } from './pair.tsx'

type Props = DialogParts & { request: TiesRequest }

const thresholds = [0.99, 0.95, certainFrom, 0.85, 0.8, 0.7, 0.6, 0.5]

/** Lists pairs that are certain enough, lets a person leave some out and say how certain, ties the rest, and names each that did not go. */
export function Ties({ request, close, busy, signal }: Props) {
  const { words, ask, withCompany } = request
  const { atLeast, setAtLeast, looked, trouble: unseen, looking } = useLooked(request, signal)
  const choice = useChoice()
  const [sending, setSending] = useState(false)
  const [done, setDone] = useState<{ tied: Tied; chosen: readonly Candidate[] } | null>(null)
  const [failed, setFailed] = useState<ToldProblem | null>(null)
  const trouble = failed ?? unseen
  const matches = looked?.matches ?? null
  const shown = done === null && matches !== null
  const chosen = matches?.tied.filter(({ link }) => !choice.leftOut.has(link)) ?? []
  const asks = shown && !sending && !looking && chosen.length > 0
  const count = (n: number): string => new Intl.NumberFormat(words.locale).format(n)
  const { leave, isMeant } = useAsking({ asks: shown && !sending, waits: sending || looking, busy }, [
    ...[shown, sending, looking, looked, trouble],
  ])

  const press = async (event: Event): Promise<void> => {
    if (!asks || !isMeant(event) || looked === null) return
    setSending(true)
    setFailed(null)
    const pairs = chosen.map(({ link, item }) => ({ link, item: `${item.type}:${item.id}` }))
    const reply = await withCompany((company) => ask('tie', { company, atLeast: looked.from, pairs }))
    if (signal.aborted) return
    setSending(false)
    if ('problem' in reply) setFailed(reply.problem)
    else setDone({ tied: reply.value, chosen })
  }
  return (
    <>
      <h1 id="title">{say(words, 'ties.title')}</h1>
      <div class="what" role="status">
        {looking && matches === null && <p>{say(words, 'popover.loading')}</p>}
        {trouble && <p class="bad">{sayWhole(words, trouble)}</p>}
        {shown && (
          <p>{matches.tied.length === 0 ? say(words, 'ties.none') : say(words, 'ties.ready', { count: count(matches.tied.length) })}</p>
        )}
        {shown && matches.more.tied > 0 && <small>{say(words, 'ties.more', { count: count(matches.more.tied) })}</small>}
        {sending && <p>{say(words, 'ties.waiting')}</p>}
        {done && <Outcome {...done} request={request} />}
      </div>
      {done === null && (
        <label class="from">
          {say(words, 'ties.from')}
          <select disabled={sending} onChange={(event) => event.isTrusted && setAtLeast(Number(event.currentTarget.value))}>
            {thresholds.map((one) => (
              <option key={one} value={one} selected={one === atLeast}>
                {likely(one, words)}
              </option>
            ))}
          </select>
        </label>
      )}
      {shown && matches.tied.length > 0 && (
        <div>
          <PairHead words={words} />
          <Choices
            of={matches.tied}
            {...{ choice, disabled: sending || looking, words }}
            says={(one) => <Pair one={one} words={words} />}
          />
        </div>
      )}
      {shown && <Left matches={matches} words={words} count={count} />}
      {asks && <small>{say(words, 'unlink.acting', { person: matches.person })}</small>}
      <Buttons leave={{ at: leave, text: say(words, shown ? 'unlink.cancel' : 'unlink.close'), close }}>
        {shown && chosen.length > 0 && (
          <button class="button primary" type="button" disabled={!asks} onClick={(event) => void press(event)}>
            {say(words, 'ties.do', { count: count(chosen.length) })}
          </button>
        )}
      </Buttons>
    </>
  )
}

/** Each that did not go by its name, and why. */
function Outcome({ tied: { tied, left }, chosen, request: { words } }: { tied: Tied; chosen: readonly Candidate[]; request: TiesRequest }) {
  const keys = new Map(chosen.map(({ link, erpKey }) => [link, erpKey]))
  const told = { done: String(tied.length), all: String(chosen.length) }
  return (
    <>
      <p class={left.length === 0 ? 'good' : 'bad'}>{say(words, 'ties.done', told)}</p>
      {left.length > 0 && (
        <ul class="children">
          {left.map(({ link, erpKey, because, best }) => (
            <li key={link}>
              <strong>{keys.get(link) ?? erpKey}</strong>: {sayCode(words, 'match.left', because)}
              {best && ` (${leftText(best.erpKey, best, words)})`}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
