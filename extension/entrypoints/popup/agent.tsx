import browser from 'webextension-polyfill'
import type { RunShape } from '../../../shared/api/runs.ts'
import { Problem } from '../../../shared/ui/problem.tsx'
import { StatePill } from '../../../shared/ui/state-pill.tsx'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { moment } from '../../../shared/words/when.ts'
import { askOwn } from '../../bridge/own.ts'
import type { AgentView } from '../../bridge/own-calls.ts'
import { icons } from '../../ui/icons.ts'
import { Problems } from './problems.tsx'

/** One agent: how it stands, its connections, last runs, and problems by cause. */
export const Agent = ({ agent, host, words }: { agent: AgentView; host: string; words: Words }) => (
  <section>
    <div class="row">
      <h2>{agent.name}</h2>
      {agent.trouble ? (
        <StatePill tone="red" word={say(words, 'state.failed')} path={icons.alert} />
      ) : (
        <StatePill tone="green" word={say(words, 'popup.ok')} path={icons.check} />
      )}
    </div>
    <small>
      {say(words, 'popup.person', { name: agent.person.name, role: sayCode(words, 'role', agent.person.role) })} · {agent.address}
    </small>
    {agent.trouble && <Trouble agent={agent} words={words} />}
    {agent.connections.map((connection) => (
      <div key={connection.id}>
        <div class="row">
          <span>
            {connection.erp}, {connection.erpCompany}
          </span>
          <small>{connection.writing.length === 0 && say(words, 'popup.watching')}</small>
        </div>
        <Freshness of={agent.freshness.find(({ id }) => id === connection.id)} erp={connection.erp} words={words} />
      </div>
    ))}
    {!agent.trouble && <Problems agent={agent} host={host} words={words} />}
    {!agent.trouble && <Runs runs={agent.runs} words={words} />}
  </section>
)

/** How old both sides are: Procore's, and each export's with what of it was missed. */
const Freshness = ({ of, erp, words }: { of: AgentView['freshness'][number] | undefined; erp: string; words: Words }) => {
  if (!of) return null
  const at = (time: string | null): string => moment(time, words.locale, new Date()) ?? say(words, 'asOf.unknown')
  return (
    <ul class="fresh">
      <li>
        <small>
          {say(words, 'figures.procore')} · {say(words, 'popup.asOf', { when: at(of.procoreAsOf) })}
        </small>
      </li>
      {of.sources.filter(isTaken).map(({ entity, asOf, missed }) => (
        <li key={entity}>
          <small>
            {erp}, {sayCode(words, 'entity', entity)} · {say(words, missed ? 'badge.old' : 'popup.asOf', { when: at(asOf) })}
          </small>
        </li>
      ))}
    </ul>
  )
}

const isTaken = ({ asOf }: { asOf: string | null }): boolean => asOf !== null

/** Only a tab of the agent's own page shows whether it is silent or its certificate is not trusted: a script cannot tell. */
const Trouble = ({ agent, words }: { agent: AgentView; words: Words }) => (
  <Problem told={agent.trouble ?? { code: 'agent-unreachable' }} words={words}>
    {agent.trouble && unanswered.includes(agent.trouble.code) && (
      <small>{say(words, 'popup.tried', { addresses: agent.addresses.join(', ') })}</small>
    )}
    <button class="button" type="button" onClick={() => void askOwn('openAgent', { id: agent.id })}>
      {say(words, 'action.open-agent')}
    </button>
    <button class="button" type="button" onClick={() => void browser.runtime.openOptionsPage()}>
      {say(words, 'popup.options')}
    </button>
  </Problem>
)

const unanswered: readonly string[] = ['agent-unreachable', 'another-program']

const Runs = ({ runs, words }: { runs: readonly RunShape[]; words: Words }) => (
  <>
    <h3>{say(words, 'popup.runs')}</h3>
    {runs.length === 0 && <small>{say(words, 'popup.runs.none')}</small>}
    <ul class="lines">
      {runs.map((run) => (
        <li class="row" key={run.id}>
          <span>
            {run.entity ? sayCode(words, 'entity', run.entity) : sayCode(words, 'run.kind', run.kind)} <small>{run.file}</small>
          </span>
          <small>
            {sayCode(words, 'run.state', run.state)} · {moment(run.startedAt, words.locale, new Date())}
          </small>
        </li>
      ))}
    </ul>
  </>
)
