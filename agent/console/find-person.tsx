import { useState } from 'preact/hooks'
import type { DirectoryPerson } from '../../shared/api/people.ts'
import { Problem } from '../../shared/ui/problem.tsx'
import { say } from '../../shared/words/say.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import { useLink } from './link.ts'

type Found = { people: readonly DirectoryPerson[]; more: boolean; seen: boolean }

/** Looks somebody up in Procore's directory; `take` is told who was meant. The only one that fits is taken at once. */
export function FindPerson({ label, take }: { label: string; take: (person: DirectoryPerson) => void }) {
  const { client, words } = useLink()
  const [found, setFound] = useState<Found | null>(null)
  const [problem, setProblem] = useState<ToldProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const look = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const search = String(new FormData(event.currentTarget as HTMLFormElement).get('search') ?? '').trim()
    setBusy(true)
    const reply = await client.call('lookUpPerson', { query: { search } })
    setBusy(false)
    setProblem('problem' in reply ? reply.problem : null)
    setFound('problem' in reply ? null : reply.value)
    const only = 'value' in reply && reply.value.people.length === 1 ? reply.value.people[0] : undefined
    if (only) take(only)
  }
  return (
    <form class="find" onSubmit={(event) => void look(event)}>
      <label for={label}>{say(words, 'console.ask.search')}</label>
      <div class="steps">
        <input id={label} name="search" type="search" required minLength={2} maxLength={254} autocomplete="off" />
        <button class="button" type="submit" disabled={busy}>
          {say(words, busy ? 'console.ask.searching' : 'console.ask.search.do')}
        </button>
      </div>
      <div role="status">
        {found && <Said found={found} />}
        {problem && <Problem told={problem} words={words} />}
      </div>
      {found && found.people.length > 0 && (
        <ul class="lines">
          {found.people.map((person) => (
            <li class="row" key={person.email}>
              <span>
                {person.name} <small>{person.email}</small>{' '}
                {person.active === false && (
                  <span class="pill" data-tone="yellow">
                    {say(words, 'console.ask.inactive')}
                  </span>
                )}
              </span>
              <button class="button small" type="button" onClick={() => take(person)}>
                {say(words, 'console.ask.take', { name: person.name })}
              </button>
            </li>
          ))}
        </ul>
      )}
    </form>
  )
}

const Said = ({ found: { people, more, seen } }: { found: Found }) => {
  const { words } = useLink()
  if (!seen) return <>{say(words, 'console.ask.unseen')}</>
  if (people.length === 0) return <>{say(words, 'console.ask.none')}</>
  return <>{more && say(words, 'console.ask.more')}</>
}
