import browser from 'webextension-polyfill'
import { Problem } from '../../../shared/ui/problem.tsx'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import { askOwn } from '../../bridge/own.ts'
import type { Overview, SiteView } from '../../bridge/own-calls.ts'
import { Agent } from './agent.tsx'
import { Find } from './find.tsx'

/** What is wrong with the page in front, not with an agent: each agent below tells its own. */
const notServed: readonly string[] = ['wrong-company', 'wrong-environment']

type Props = Overview & { changed: () => void }

/** Is all well, and if not, what to do. */
export const Popup = ({ agents, site, host, words, changed }: Props) => (
  <>
    <h1>Tieback</h1>
    {agents.length === 0 && <NotPaired words={words} />}
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

const NotPaired = ({ words }: { words: Words }) => (
  <section>
    <Problem told={{ code: 'not-paired' }} words={words} tone="gray">
      <button class="button primary" type="button" onClick={() => void browser.runtime.openOptionsPage()}>
        {say(words, 'popup.pair')}
      </button>
    </Problem>
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
