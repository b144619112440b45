import { useEffect, useState } from 'preact/hooks'
import { digitsOf } from '../../shared/agent-link/digits.ts'
import { thumbprint } from '../../shared/agent-link/proof.ts'
import type { AskShape } from '../../shared/api/asks.ts'
import type { GroupShape } from '../../shared/api/groups.ts'
import type { PersonShape } from '../../shared/api/people.ts'
import { Problem } from '../../shared/ui/problem.tsx'
import { say } from '../../shared/words/say.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import { type Given, LetIn } from './let-in.tsx'
import { useAnswer, useLink } from './link.ts'
import { at } from './times.ts'

type Props = { known: readonly PersonShape[]; groups: readonly GroupShape[]; changed: () => void }

/** Browsers that ask to join, as they come: an admin compares the digits, and lets each in or not. Nothing where nobody asks. */
export function Asks({ known, groups, changed }: Props) {
  const { words } = useLink()
  const asked = useAnswer('asks')
  const [done, setDone] = useState('')
  const [problem, setProblem] = useState<ToldProblem | null>(null)
  const asks = asked.value?.asks ?? []
  const ended = (said: string, told: ToldProblem | null): void => {
    setDone(said)
    setProblem(told)
    asked.ask()
    changed()
  }
  return (
    <>
      {asks.length > 0 && (
        <section class="card asks">
          <h2>{say(words, 'console.asks')}</h2>
          <p>{say(words, 'console.ask.compare')}</p>
          <ul class="lines">
            {asks.map((ask) => (
              <Ask key={ask.id} ask={ask} known={known} groups={groups} ended={ended} />
            ))}
          </ul>
        </section>
      )}
      <div role="status">
        {done}
        {(problem ?? asked.problem) && <Problem told={(problem ?? asked.problem) as ToldProblem} words={words} />}
      </div>
    </>
  )
}

type AskProps = Omit<Props, 'changed'> & { ask: AskShape; ended: (said: string, problem: ToldProblem | null) => void }

const Ask = ({ ask, known, groups, ended }: AskProps) => {
  const { client, words } = useLink()
  const digits = useDigits(ask)
  const params = { id: ask.id }
  const approve = async (given: Given): Promise<void> => {
    const reply = await client.call('approveAsk', { params, body: given })
    if ('problem' in reply) return ended('', reply.problem)
    ended(say(words, 'console.ask.in', { name: given.name, browser: ask.label }), null)
  }
  const refuse = async (): Promise<void> => {
    const reply = await client.call('refuseAsk', { params, body: {} })
    if ('problem' in reply) return ended('', reply.problem)
    ended(say(words, 'console.ask.out', { browser: ask.label }), null)
  }
  const from = ask.address ?? say(words, 'console.ask.unknown-address')
  return (
    <li class="ask">
      <p>
        {ask.label} <small>{say(words, 'console.ask.from', { when: at(ask.askedAt, words), address: from })}</small>
      </p>
      <p>
        <small>{say(words, 'console.ask.digits')}</small>
        <strong class="code digits">{digits && `${digits.slice(0, 3)} ${digits.slice(3)}`}</strong>
      </p>
      <LetIn of={ask.id} browser={ask.label} known={known} groups={groups} ready={digits !== ''} approve={approve}>
        <button
          class="button"
          type="button"
          aria-label={say(words, 'console.ask.refuse.of', { browser: ask.label })}
          onClick={() => void refuse()}
        >
          {say(words, 'console.ask.refuse')}
        </button>
      </LetIn>
    </li>
  )
}

/** Made here, of the agent's key this browser pinned itself: the agent never sends them. Empty until they are made. */
function useDigits({ thumbprint: browser, browserNonce, agentNonce }: AskShape): string {
  const { client } = useLink()
  const [digits, setDigits] = useState('')
  useEffect(() => {
    void thumbprint(client.agent.jwk)
      .then((agent) => digitsOf({ browser, agent, browserNonce, agentNonce }))
      .then(setDigits)
  }, [client, browser, browserNonce, agentNonce])
  return digits
}
