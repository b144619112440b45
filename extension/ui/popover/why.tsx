import { useState } from 'preact/hooks'
import type { WhyAction, WhyAnswer } from '../../../shared/why.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { sayWhole } from '../../../shared/words/say-problem.ts'
import type { Reply } from '../../bridge/calls.ts'
import type { PopoverRequest } from '../popover-door.ts'

/** Ours and Procore's, by the names on their buttons. */
const actions = { unlink: 'action.unlink', send: 'action.send', accept: 'action.accept', check: 'action.resync' } as const
const all = Object.keys(actions) as WhyAction[]

/**
 * “Why not?”: everything an action hangs on, each with a word and a sign, and who can put it right. Any action there is can be asked about; `first`
 * is, as it opens. Asked anew each time, so it is as of now.
 */
export function Why({ first, request }: { first: WhyAction; request: PopoverRequest }) {
  const { words, ask, withCompany, item } = request
  const [shown, setShown] = useState<WhyAction | null>(null)
  const [replies, setReplies] = useState<Partial<Record<WhyAction, Reply<WhyAnswer>>>>({})
  const open = async (action: WhyAction | null): Promise<void> => {
    setShown(action)
    if (action === null) return setReplies({})
    const reply = await withCompany((company) => ask('why', { item, action, company }))
    setReplies((now) => ({ ...now, [action]: reply }))
  }
  const reply = shown && replies[shown]
  return (
    <section class="why">
      <button class="link" type="button" aria-expanded={shown !== null} onClick={() => void open(shown === null ? first : null)}>
        {say(words, 'chain.ask')}
      </button>
      {shown && (
        <div class="actions">
          {all.map((action) => (
            <button key={action} class="button small" type="button" aria-pressed={action === shown} onClick={() => void open(action)}>
              {say(words, actions[action])}
            </button>
          ))}
        </div>
      )}
      <div role="status">
        {shown && !reply && <small>{say(words, 'popover.loading')}</small>}
        {reply && ('problem' in reply ? <small>{sayWhole(words, reply.problem)}</small> : <Chain why={reply.value} words={words} />)}
      </div>
    </section>
  )
}

const signs: Record<string, string> = { yes: '✓', no: '✗', unknown: '?' }

const Chain = ({ why, words }: { why: WhyAnswer; words: Words }) => (
  <>
    <h2>{sayCode(words, 'chain.title', why.action, why.action)}</h2>
    <ul class="chain">
      {why.chain.map(({ step, says, who }) => (
        <li key={step} data-says={says}>
          <span aria-hidden="true">{signs[says] ?? '?'}</span>
          <span>
            {sayCode(words, 'chain', step)} · <strong>{sayCode(words, 'chain', says)}</strong>
            {who !== null && <small> {say(words, 'problems.who', { who: sayCode(words, 'who', who) })}</small>}
          </span>
        </li>
      ))}
    </ul>
  </>
)
