import { useState } from 'preact/hooks'
import type { GroupShape } from '../../../shared/api/groups.ts'
import type { PersonShape } from '../../../shared/api/people.ts'
import { Problem } from '../../../shared/ui/problem.tsx'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import { AddPerson } from '../add-person.tsx'
import { Answered } from '../answered.tsx'
import { Asks } from '../asks.tsx'
import { Groups } from '../groups.tsx'
import { useAnswer, useLink } from '../link.ts'
import { SecondAdmin } from '../second-admin.tsx'
import { at } from '../times.ts'
import { Recovery } from './recovery.tsx'

/** Who may use this agent, from which browsers, and who asks to; a browser is shut out with one press, and a code lets another in. */
export const People = ({ of }: { of: string | null }) => (of === 'recovery' ? <Recovery /> : <Everyone />)

const Everyone = () => {
  const { words } = useLink()
  const overview = useAnswer('overview')
  const asked = useAnswer('people')
  const grouped = useAnswer('groups')
  const groups = grouped.value?.groups ?? []
  return (
    <Answered asked={asked}>
      {({ people }) => (
        <>
          <SecondAdmin admins={overview.value?.admins} />
          <Asks known={people} groups={groups} changed={asked.ask} />
          <ul class="people">
            {people.map((person) => (
              <Person key={person.id} person={person} groups={groups} changed={asked.ask} />
            ))}
          </ul>
          <Groups groups={groups} people={people} changed={grouped.ask} />
          <section class="card">
            <h2>{say(words, 'console.person.add')}</h2>
            <AddPerson known={people} added={asked.ask} />
          </section>
          <p>
            <a href="#/people/recovery">{say(words, 'recovery.open')}</a>
          </p>
        </>
      )}
    </Answered>
  )
}

/** The origin of the command line's own key: whoever may write the agent's folder would make it anew. */
const commandLine = 'cli'

type Code = { code: string; until: string }

type PersonProps = { person: PersonShape; groups: readonly GroupShape[]; changed: () => void }

const Person = ({ person, groups, changed }: PersonProps) => {
  const { client, words } = useLink()
  const theirs = groups.filter(({ members }) => members.includes(person.id))
  const [code, setCode] = useState<Code | null>(null)
  const [problem, setProblem] = useState<ToldProblem | null>(null)
  const hand = async (): Promise<void> => {
    const reply = await client.call('makeCode', { params: { id: person.id }, body: {} })
    setProblem('problem' in reply ? reply.problem : null)
    setCode('problem' in reply ? null : { code: reply.value.code, until: reply.value.expiresAt })
  }
  const revoke = async (id: string): Promise<void> => {
    const reply = await client.call('revokeKey', { params: { id } })
    setProblem('problem' in reply ? reply.problem : null)
    changed()
  }
  return (
    <li class="card">
      <h2>
        {person.name}{' '}
        {person.suspended && (
          <span class="pill" data-tone="yellow">
            {say(words, 'console.suspended')}
          </span>
        )}
      </h2>
      <p>
        {sayCode(words, 'role', person.role)} · {person.email} · {scopeSaid(person, theirs, words)}
        {theirs.length > 0 && ` · ${theirs.map((group) => group.name).join(', ')}`}
      </p>
      <Procore person={person} />
      <ul class="lines">
        {person.keys.map(({ id, label, origin, lastSeenAt }) => (
          <li class="row" key={id}>
            <span>
              {origin === commandLine ? say(words, 'console.commandLine') : label}{' '}
              <small>
                {origin === commandLine
                  ? ''
                  : lastSeenAt
                    ? say(words, 'console.seen', { when: at(lastSeenAt, words) })
                    : say(words, 'console.seen.never')}
              </small>
            </span>
            {origin !== commandLine && (
              <button
                class="button small"
                type="button"
                aria-label={say(words, 'console.revoke.of', { browser: label, person: person.name })}
                onClick={() => void revoke(id)}
              >
                {say(words, 'console.revoke')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {person.keys.length === 0 && <small>{say(words, 'console.browsers.none')}</small>}
      <div class="steps">
        <button class="button small" type="button" onClick={() => void hand()}>
          {say(words, 'console.code')}
        </button>
        <span role="status">
          {code && (
            <>
              <strong class="code">{`${code.code.slice(0, 4)} ${code.code.slice(4)}`}</strong>{' '}
              <small>{say(words, 'console.code.until', { when: at(code.until, words) })}</small>
            </>
          )}
        </span>
      </div>
      {problem && <Problem told={problem} words={words} />}
    </li>
  )
}

/** What Procore last said of them: the reason of a suspension, and of a day on which somebody sees no project. */
const Procore = ({ person: { suspended, procore = [] } }: { person: PersonShape }) => {
  const { words, me } = useLink()
  if (procore.length === 0) return null
  return (
    <ul>
      {procore.map(({ connection, found, active, asOf }) => (
        <li key={connection}>
          <small>
            {say(words, found ? (active === false ? 'console.procore.inactive' : 'console.procore.active') : 'console.procore.unknown', {
              connection: me.connections.find(({ id }) => id === connection)?.name ?? connection,
              when: at(asOf, words),
            })}
          </small>
        </li>
      ))}
      {suspended && <li>{say(words, 'console.suspended.says')}</li>}
    </ul>
  )
}

/** The lists of projects that open to them add up; with none it is all. */
function scopeSaid({ scope }: PersonShape, theirs: readonly GroupShape[], words: Words): string {
  const lists = [scope, ...theirs.map((group) => group.scope)].filter((list) => list !== null)
  return lists.length === 0 ? say(words, 'console.scope.all') : say(words, 'console.scope', { count: new Set(lists.flat()).size })
}
