import { useState } from 'preact/hooks'
import type { WhyAnswer } from '../../../shared/why.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { sayWhole } from '../../../shared/words/say-problem.ts'
import type { Reply } from '../../bridge/calls.ts'
import type { PopoverRequest } from '../popover-door.ts'

/** “Why not?”: everything the action hangs on, each with a word and a sign, and who can put it right. Asked when it is opened, so it is as of now. */
export function Why({ linked, request }: { linked: boolean; request: PopoverRequest }) {
  const { words, ask, withCompany, item } = request
  const [shown, setShown] = useState(false)
  const [reply, setReply] = useState<Reply<WhyAnswer> | null>(null)
  const open = async (): Promise<void> => {
    setShown(!shown)
    if (!shown) setReply(await withCompany((company) => ask('why', { item, action: linked ? 'unlink' : 'send', company })))
  }
  return (
    <section class="why">
      <button class="link" type="button" style="text-align: left; font-size: 12px" aria-expanded={shown} onClick={() => void open()}>
        {say(words, 'chain.ask')}
      </button>
      <div role="status">
        {shown && reply === null && <small>{say(words, 'popover.loading')}</small>}
        {shown &&
          reply &&
          ('problem' in reply ? <small>{sayWhole(words, reply.problem)}</small> : <Chain why={reply.value} words={words} />)}
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
