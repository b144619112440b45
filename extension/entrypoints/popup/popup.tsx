import { useState } from 'preact/hooks'
import browser from 'webextension-polyfill'
import { Problem } from '../../../shared/ui/problem.tsx'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import { askOwn } from '../../bridge/own.ts'
import type { Overview, SiteView } from '../../bridge/own-calls.ts'
import { Join } from '../../ui/join/join.tsx'
import { Agent } from './agent.tsx'
import { Find } from './find.tsx'

/** What is wrong with the page in front, not with an agent: each agent below tells its own. */
const notServed: readonly string[] = ['wrong-company', 'wrong-environment']

type Props = Overview & { changed: () => void }

/** Is all well, and if not, what to do. */
export const Popup = ({ agents, site, host, joining, words, changed }: Props) => {
  const [joins] = useState(agents.length === 0 || joining !== null)
  return (
    <>
      <h1>Tieback</h1>
      {joins && <Joining words={words} joining={joining} changed={changed} />}
      {agents.length > 0 && <Find words={words} />}
      {site?.trouble && notServed.includes(site.trouble.code) && <Problem told={site.trouble} words={words} tone="yellow" />}
      {agents.map((agent) => (
        <Agent key={agent.id} agent={agent} host={host} words={words} />
      ))}
      {site && site.missing.length > 0 && <Missing site={site} words={words} />}
      <footer>
        {site ? <Pause site={site} words={words} changed={changed} /> : <small>{say(words, 'popup.notProcore')}</small>}
        <button class="button" type="button" onClick={() => void browser.runtime.openOptionsPage()}>
          {say(words, 'popup.options')}
        </button>
      </footer>
    </>
  )
}

type JoinProps = Pick<Props, 'words' | 'joining' | 'changed'>

/** The first thing a new browser does; it stays on screen until its end was read, and while there are agents only for an ask that waits. */
const Joining = ({ words, joining, changed }: JoinProps) => (
  <section>
    <h2>{say(words, 'join.ask')}</h2>
    <Join words={words} joining={joining} changed={changed} />
    <div>
      <button class="link" type="button" onClick={() => void browser.runtime.openOptionsPage()}>
        {say(words, 'join.code')}
      </button>
    </div>
  </section>
)

const Missing = ({ site, words }: { site: SiteView; words: Words }) => (
  <section>
    <h2>{say(words, 'popup.health')}</h2>
    <p>
      {say(words, 'popup.health.says')} {site.missing.join(', ')}
    </p>
  </section>
)

/** Nothing is shown on a paused site; one click brings it back. */
const Pause = ({ site, words, changed }: { site: SiteView; words: Words; changed: () => void }) => {
  const toggle = async (): Promise<void> => {
    await askOwn('pause', { host: site.host, paused: !site.paused })
    changed()
  }
  return (
    <button class="button" type="button" aria-pressed={site.paused} onClick={() => void toggle()}>
      {say(words, site.paused ? 'popup.resume' : 'popup.pause', { site: site.host })}
    </button>
  )
}
