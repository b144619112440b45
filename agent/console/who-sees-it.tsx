import { useState } from 'preact/hooks'
import type { AnswerOf } from '../../shared/api.ts'
import { Problem } from '../../shared/ui/problem.tsx'
import { say } from '../../shared/words/say.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import { Answered } from './answered.tsx'
import { useAnswer, useLink } from './link.ts'
import { Ticks } from './ticks.tsx'

type Scope = AnswerOf<'setConnectionScope'>['scope']
type Props = { connection: string; scope: Scope }

/** Whom a connection is open to: everyone, or those who are ticked. Admins are not asked about: to them it always is. */
export function WhoSeesIt({ connection, scope }: Props) {
  const { client, words } = useLink()
  const [named, setNamed] = useState(scope)
  const [done, setDone] = useState(false)
  const [problem, setProblem] = useState<ToldProblem | null>(null)
  const people = useAnswer('people')
  const groups = useAnswer('groups').value?.groups ?? []
  const choose = (now: Scope): void => {
    setNamed(now)
    setDone(false)
  }
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const reply = await client.call('setConnectionScope', { params: { id: connection }, body: { scope: named } })
    setProblem('problem' in reply ? reply.problem : null)
    setDone('value' in reply)
  }
  const either = (key: 'everyone' | 'named', to: Scope) => (
    <li>
      <input id={`scope-${key}`} type="radio" name="scope" checked={(named === null) === (to === null)} onChange={() => choose(to)} />
      <label for={`scope-${key}`}>{say(words, `console.connection.scope.${key}`)}</label>
    </li>
  )
  return (
    <form class="card who-sees-it" onSubmit={(event) => void save(event)}>
      <h2>{say(words, 'console.connection.scope.title')}</h2>
      <p>
        <small>{say(words, 'console.connection.scope.says')}</small>
      </p>
      <ul class="choices">
        {either('everyone', null)}
        {either('named', named ?? { people: [], groups: [] })}
      </ul>
      {named && (
        <Answered asked={people}>
          {({ people: all }) => (
            <>
              <Some
                of="people"
                all={all.filter(({ role }) => role !== 'admin')}
                chosen={named.people}
                title={say(words, 'console.connection.scope.people')}
                choose={(chosen) => choose({ ...named, people: chosen })}
              />
              <Some
                of="groups"
                all={groups}
                chosen={named.groups}
                title={say(words, 'console.connection.scope.groups')}
                choose={(chosen) => choose({ ...named, groups: chosen })}
              />
            </>
          )}
        </Answered>
      )}
      <div class="steps">
        <button class="button" type="submit">
          {say(words, 'console.connection.scope.save')}
        </button>
      </div>
      <div role="status">
        {problem && <Problem told={problem} words={words} />}
        {named?.people.length === 0 && named.groups.length === 0 && <p>{say(words, 'console.connection.scope.nobody')}</p>}
        {done && <p>{say(words, 'console.connection.scope.saved')}</p>}
      </div>
    </form>
  )
}

type SomeProps = {
  of: string
  title: string
  all: readonly { id: string; name: string }[]
  chosen: readonly string[]
  choose: (chosen: string[]) => void
}

/** Nothing where there is nobody to tick. */
const Some = ({ of, title, all, chosen, choose }: SomeProps) =>
  all.length === 0 ? null : (
    <fieldset class="wide">
      <legend>{title}</legend>
      <Ticks id={`scope-${of}`} all={all} chosen={chosen} choose={choose} />
    </fieldset>
  )
