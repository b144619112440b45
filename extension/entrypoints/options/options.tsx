import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import type { Settings } from '../../background/settings.ts'
import type { JoiningView } from '../../bridge/own-calls.ts'
import { Join } from '../../ui/join/join.tsx'
import { type AgentRow, Agents } from './agents.tsx'
import { Choices } from './choices.tsx'
import { Pair } from './pair.tsx'

type Props = { words: Words; settings: Settings; agents: readonly AgentRow[]; joining: JoiningView | null; changed: () => void }

export const Options = ({ words, settings, agents, joining, changed }: Props) => (
  <>
    <h1>{say(words, 'options.title')}</h1>
    <section>
      <h2>{say(words, 'join.ask')}</h2>
      <Join words={words} joining={joining} changed={changed} />
    </section>
    <section>
      <h2>{say(words, 'options.pair')}</h2>
      <Pair words={words} changed={changed} />
      <Agents words={words} agents={agents} changed={changed} />
    </section>
    <Choices words={words} settings={settings} changed={changed} />
  </>
)
