import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import type { Settings } from '../../background/settings.ts'
import { type AgentRow, Agents } from './agents.tsx'
import { Choices } from './choices.tsx'
import { Pair } from './pair.tsx'

type Props = { words: Words; settings: Settings; agents: readonly AgentRow[]; changed: () => void }

export const Options = ({ words, settings, agents, changed }: Props) => (
  <>
    <h1>{say(words, 'options.title')}</h1>
    <section>
      <h2>{say(words, 'options.pair')}</h2>
      <Pair words={words} changed={changed} />
      <Agents words={words} agents={agents} changed={changed} />
    </section>
    <Choices words={words} settings={settings} changed={changed} />
  </>
)
