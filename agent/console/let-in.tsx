import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { GroupShape } from '../../shared/api/groups.ts'
import type { DirectoryPerson, PersonShape } from '../../shared/api/people.ts'
import { type Role, roles } from '../../shared/pairing.ts'
import { say, sayCode } from '../../shared/words/say.ts'
import { FindPerson } from './find-person.tsx'
import { useLink } from './link.ts'
import { Projects } from './projects.tsx'
import { Ticks } from './ticks.tsx'

/** Who a browser is let in for. */
export type Given = { name: string; email: string; role: Role; scope: string[] | null; groups: string[] }

type Props = {
  /** Of the ask: several may have the same name. */
  of: string
  browser: string
  known: readonly PersonShape[]
  groups: readonly GroupShape[]
  /** The digits stand on the screen. */
  ready: boolean
  approve: (given: Given) => Promise<void>
  children: ComponentChildren
}

const nobody: Given = { name: '', email: '', role: 'accountant', scope: null, groups: [] }

/** Whose browser it is: found in Procore's directory, known here already, or typed; then let in. */
export function LetIn({ of, browser, known, groups, ready, approve, children }: Props) {
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
      <FindPerson label={id('search')} take={(found) => setGiven(givenOf(found, { known, groups }))} />
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
            onInput={({ currentTarget }) => setGiven(withEmail(given, currentTarget.value, { known, groups }))}
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
        <Projects
          id={id('projects')}
          chosen={given.scope}
          choose={(scope) => setGiven({ ...given, scope })}
          whenNone={say(words, 'console.ask.projects.all')}
          says={say(words, 'console.ask.projects.says')}
        />
        {groups.length > 0 && (
          <fieldset class="wide">
            <legend>{say(words, 'console.ask.groups')}</legend>
            <Ticks id={id('group')} all={groups} chosen={given.groups} choose={(chosen) => setGiven({ ...given, groups: chosen })} />
          </fieldset>
        )}
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

type Here = Pick<Props, 'known' | 'groups'>

/** Whoever may push to accounting in Procore is an accountant here; anybody else begins as one who looks. Somebody known stays what they are. */
function givenOf({ name, email, accountant }: DirectoryPerson, here: Here): Given {
  return withEmail({ ...nobody, name, email, role: accountant === true ? 'accountant' : 'viewer' }, email, here)
}

function withEmail(given: Given, email: string, { known, groups }: Here): Given {
  const already = known.find((person) => person.email.toLowerCase() === email.trim().toLowerCase())
  if (!already) return { ...given, email }
  const theirs = groups.filter(({ members }) => members.includes(already.id)).map(({ id }) => id)
  return { name: already.name, email, role: already.role as Role, scope: already.scope, groups: theirs }
}
