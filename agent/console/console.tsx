import { useEffect, useRef, useState } from 'preact/hooks'
import type { Client } from '../../shared/agent-link/client.ts'
import { stateOf } from '../../shared/agent-link/health.ts'
import type { MeAnswer } from '../../shared/api/me.ts'
import { mayAct, type Role } from '../../shared/pairing.ts'
import { Problem } from '../../shared/ui/problem.tsx'
import type { Words } from '../../shared/words/languages.ts'
import { say, sayCode } from '../../shared/words/say.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import { forgetAgent } from './join.ts'
import { LinkContext, useHeard } from './link.ts'
import { type Screen, screens } from './screens/index.ts'

type Props = { client: Client; words: Words; joinAnew: (why: ToldProblem) => void }
type Known = { me: MeAnswer; event: number }

/** Asks who we are, then shows the screens; a browser the agent no longer knows joins anew. */
export function Console({ client, words, joinAnew }: Props) {
  const [known, setKnown] = useState<Known | null>(null)
  const [problem, setProblem] = useState<ToldProblem | null>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    void whoWeAre(client).then((found) => {
      if ('known' in found) return setKnown(found.known)
      if (stateOf(found.problem) !== 'not-paired') return setProblem(found.problem)
      forgetAgent()
      joinAnew(found.problem)
    })
  }, [client, tries])
  if (known) return <Shell client={client} words={words} {...known} />
  return (
    <main class="join">
      {problem ? (
        <Problem told={problem} words={words}>
          <button class="button" type="button" onClick={() => setTries(tries + 1)}>
            {say(words, 'console.again')}
          </button>
        </Problem>
      ) : (
        <p role="status">{say(words, 'popover.loading')}</p>
      )}
    </main>
  )
}

async function whoWeAre(client: Client): Promise<{ known: Known } | { problem: ToldProblem }> {
  const [me, overview] = await Promise.all([client.call('me'), client.call('overview')])
  if ('problem' in me) return me
  if ('problem' in overview) return overview
  return { known: { me: me.value, event: overview.value.event } }
}

type ShellProps = { client: Client; words: Words } & Known

function Shell({ client, words, me: first, event }: ShellProps) {
  const { heard, trouble } = useHeard(client, event)
  const me = useMe(client, first, heard)
  const [path, of] = usePlace()
  const mine = screens.filter(({ role }) => mayAct(me.person.role as Role, role))
  const screen = mine.find((one) => one.path === path) ?? mine[0]
  useArrival(screen ? say(words, screen.title) : '', say(words, 'console.title'))
  if (!screen) return null
  const { Show } = screen
  return (
    <LinkContext.Provider value={{ client, me, words, heard }}>
      <div class="console">
        <header>
          <a class="skip" href={`#/${screen.path}`} onClick={(click) => toContent(click)}>
            {say(words, 'console.skip')}
          </a>
          <strong>{say(words, 'console.title')}</strong>
          <span>{me.agent}</span>
          <small>{say(words, 'popup.person', { name: me.person.name, role: sayCode(words, 'role', me.person.role) })}</small>
        </header>
        <Menu screens={mine} now={screen} words={words} />
        <main id="content" tabIndex={-1}>
          <h1>{say(words, screen.title)}</h1>
          {trouble && <Problem told={trouble} words={words} />}
          <Show key={screen.path} of={of} />
        </main>
      </div>
    </LinkContext.Provider>
  )
}

const Menu = ({ screens: all, now, words }: { screens: readonly Screen[]; now: Screen; words: Words }) => (
  <nav aria-label={say(words, 'console.menu')}>
    <ul>
      {all.map(({ path, title }) => (
        <li key={path}>
          <a href={`#/${path}`} aria-current={path === now.path ? 'page' : undefined}>
            {say(words, title)}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

/** Who we are and what is connected, asked again whenever something happened; the last answer stays where the next one fails. */
function useMe(client: Client, first: MeAnswer, heard: number): MeAnswer {
  const [me, setMe] = useState(first)
  useEffect(() => {
    if (heard > 0) void client.call('me').then((reply) => 'value' in reply && setMe(reply.value))
  }, [client, heard])
  return me
}

/** Whoever arrives at another screen is told by its title, and reads on from its top. */
function useArrival(screen: string, page: string): void {
  const before = useRef(screen)
  useEffect(() => {
    document.title = `${screen} – ${page}`
    if (before.current !== screen) document.getElementById('content')?.focus()
    before.current = screen
  }, [screen, page])
}

function toContent(click: MouseEvent): void {
  click.preventDefault()
  document.getElementById('content')?.focus()
}

/** Where we are by the address: the screen's name, and what of it. */
function usePlace(): [path: string, of: string | null] {
  const [hash, setHash] = useState(location.hash)
  useEffect(() => {
    const moved = (): void => setHash(location.hash)
    window.addEventListener('hashchange', moved)
    moved() // between the first picture and this
    return () => window.removeEventListener('hashchange', moved)
  }, [])
  const [path = '', of = null] = hash.replace(/^#\//, '').split('/')
  return [path, of]
}
