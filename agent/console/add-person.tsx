import { useState } from 'preact/hooks'
import type { PersonShape } from '../../shared/api/people.ts'
import { type Role, roles } from '../../shared/pairing.ts'
import { Problem } from '../../shared/ui/problem.tsx'
import { say, sayCode } from '../../shared/words/say.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import { useLink } from './link.ts'

type Props = { known: readonly PersonShape[]; added: () => void }

/** A person joins by name, e-mail and role; a code for their browser is made beside their name then. Somebody known is not changed by it. */
export function AddPerson({ known, added }: Props) {
  const { client, words } = useLink()
  const [problem, setProblem] = useState<ToldProblem | null>(null)
  const [already, setAlready] = useState<PersonShape | null>(null)
  const add = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const said = new FormData(form)
    const text = (name: string): string => String(said.get(name) ?? '').trim()
    const before = known.find(({ email }) => email.toLowerCase() === text('email').toLowerCase()) ?? null
    setAlready(before)
    if (before) return setProblem(null)
    const reply = await client.call('addPerson', {
      body: { name: text('name'), email: text('email'), role: text('role') as Role, scope: null },
    })
    if ('problem' in reply) return setProblem(reply.problem)
    setProblem(null)
    form.reset()
    added()
  }
  return (
    <form class="fields" onSubmit={(event) => void add(event)}>
      <div>
        <label for="person-name">{say(words, 'console.person.name')}</label>
        <input id="person-name" name="name" required maxLength={120} autocomplete="off" />
      </div>
      <div>
        <label for="person-email">{say(words, 'console.person.email')}</label>
        <input id="person-email" name="email" type="email" required maxLength={254} autocomplete="off" />
      </div>
      <div>
        <label for="person-role">{say(words, 'console.person.role')}</label>
        <select id="person-role" name="role">
          {roles.map((role) => (
            <option key={role} value={role} selected={role === 'accountant'}>
              {sayCode(words, 'role', role)}
            </option>
          ))}
        </select>
      </div>
      <button class="button" type="submit">
        {say(words, 'console.person.add')}
      </button>
      <div role="status">
        {already && say(words, 'console.person.known', { email: already.email, name: already.name })}
        {problem && <Problem told={problem} words={words} />}
      </div>
    </form>
  )
}
