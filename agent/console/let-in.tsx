import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { DirectoryPerson, PersonShape } from '../../shared/api/people.ts'
import { type Role, roles } from '../../shared/pairing.ts'
import { say, sayCode } from '../../shared/words/say.ts'
import { FindPerson } from './find-person.tsx'
import { useLink } from './link.ts'
import { Projects } from './projects.tsx'

/** Who a browser is let in for. */
export type Given = { name: string; email: string; role: Role; scope: string[] | null }

type Props = {
  /** Of the ask: several may have the same name. */
  of: string
  browser: string
  known: readonly PersonShape[]
  /** The digits stand on the screen. */
  ready: boolean
  approve: (given: Given) => Promise<void>
  children: ComponentChildren
}

const nobody: Given = { name: '', email: '', role: 'accountant', scope: null }

/** Whose browser it is: found in Procore's directory, known here already, or typed; then let in. */
export function LetIn({ of, browser, known, ready, approve, children }: Props) {
  const { words } = useLink()
  const [given, setGiven] = useState<Given>(nobody)
  const [busy, setBusy] = useState(false)
  const id = (name: string): string => `ask-${of}-${name}`
  const already = known.find(({ email }) => email.toLowerCase() === given.email.trim().toLowerCase())
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    await approve({ ...given, name: given.name.trim(), email: given.email.trim() })
    setBusy(false)
  }
  return (
    <>
      <FindPerson label={id('search')} take={(found) => setGiven(givenOf(found, known))} />
      <form class="fields" onSubmit={(event) => void submit(event)}>
        <div>
          <label for={id('name')}>{say(words, 'console.person.name')}</label>
          <input
            id={id('name')}
            name="name"
            required
            maxLength={120}
            autocomplete="off"
            value={given.name}
            onInput={({ currentTarget }) => setGiven({ ...given, name: currentTarget.value })}
          />
        </div>
        <div>
          <label for={id('email')}>{say(words, 'console.person.email')}</label>
          <input
            id={id('email')}
            name="email"
            type="email"
            required
            maxLength={254}
            autocomplete="off"
            value={given.email}
            onInput={({ currentTarget }) => setGiven(withEmail(given, currentTarget.value, known))}
          />
        </div>
        <div>
          <label for={id('role')}>{say(words, 'console.person.role')}</label>
          <select
            id={id('role')}
            name="role"
            value={given.role}
            onChange={({ currentTarget }) => setGiven({ ...given, role: currentTarget.value as Role })}
          >
            {roles.map((role) => (
              <option key={role} value={role}>
                {sayCode(words, 'role', role)}
              </option>
            ))}
          </select>
        </div>
        <Projects id={id('projects')} chosen={given.scope} choose={(scope) => setGiven({ ...given, scope })} />
        <div class="steps wide">
          <button
            class="button primary"
            type="submit"
            disabled={busy || !ready}
            aria-label={say(words, 'console.ask.approve.of', { browser })}
          >
            {say(words, 'console.ask.approve')}
          </button>
          {children}
        </div>
        <div role="status">{already && say(words, 'console.ask.known', { name: already.name })}</div>
      </form>
    </>
  )
}

/** Whoever may push to accounting in Procore is an accountant here; anybody else begins as one who looks. Somebody known stays what they are. */
function givenOf({ name, email, accountant }: DirectoryPerson, known: readonly PersonShape[]): Given {
  return withEmail({ name, email, role: accountant === true ? 'accountant' : 'viewer', scope: null }, email, known)
}

function withEmail(given: Given, email: string, known: readonly PersonShape[]): Given {
  const already = known.find((person) => person.email.toLowerCase() === email.trim().toLowerCase())
  return already ? { name: already.name, email, role: already.role as Role, scope: already.scope } : { ...given, email }
}
