import type { ProblemGroup, RunShape } from '../../../shared/api.ts'
import { CopyTable } from '../../../shared/ui/copy-table.tsx'
import { Problem } from '../../../shared/ui/problem.tsx'
import { StatePill } from '../../../shared/ui/state-pill.tsx'
import type { Table } from '../../../shared/ui/table-text.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { sayTold } from '../../../shared/words/say-problem.ts'
import { moment } from '../../../shared/words/when.ts'
import type { AgentView } from '../../bridge/calls.ts'
import { askOwn } from '../../bridge/own.ts'
import { icons } from '../../ui/icons.ts'

/** One agent: how it stands, its connections, last runs, and problems by cause. */
export const Agent = ({ agent, words }: { agent: AgentView; words: Words }) => (
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
    {!agent.trouble && <Problems agent={agent} words={words} />}
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
      {of.sources.map(({ entity, asOf, missed }) => (
        <li key={entity}>
          <small>
            {erp}, {sayCode(words, 'entity', entity)} · {say(words, missed ? 'badge.old' : 'popup.asOf', { when: at(asOf) })}
          </small>
        </li>
      ))}
    </ul>
  )
}

/** Only a tab of the agent's own page shows whether it is silent or its certificate is not trusted: a script cannot tell. */
const Trouble = ({ agent, words }: { agent: AgentView; words: Words }) => (
  <Problem told={agent.trouble ?? { code: 'agent-unreachable' }} words={words}>
    {agent.trouble && unanswered.includes(agent.trouble.code) && (
      <small>{say(words, 'popup.tried', { addresses: agent.addresses.join(', ') })}</small>
    )}
    <button class="button" type="button" onClick={() => void askOwn('openAgent', { id: agent.id })}>
      {say(words, 'action.open-agent')}
    </button>
  </Problem>
)

const unanswered: readonly string[] = ['agent-unreachable', 'another-program']

const Problems = ({ agent, words }: { agent: AgentView; words: Words }) => (
  <>
    <div class="row">
      <h3>{say(words, 'popup.problems')}</h3>
      <span>
        <span class="count">{agent.problemTotal}</span>{' '}
        <small>{say(words, 'popup.asOf', { when: moment(agent.asOf, words.locale, new Date()) ?? '' })}</small>
      </span>
    </div>
    {agent.problems.length > 0 && <CopyTable table={() => problemsTable(agent.problems, words)} words={words} />}
    {agent.problems.length === 0 && <small>{say(words, 'popup.problems.none')}</small>}
    <ul class="lines">
      {agent.problems.slice(0, 5).map((group) => (
        <Group key={group.cause} group={group} words={words} />
      ))}
    </ul>
  </>
)

/** All of them, not only the first that are shown. */
const problemsTable = (groups: readonly ProblemGroup[], words: Words): Table => ({
  head: [say(words, 'copy.problem'), say(words, 'copy.next'), say(words, 'copy.affected')],
  rows: groups.map(({ problem, count }) => {
    const { says, next } = sayTold(words, problem)
    return [says, next, { number: String(count) }]
  }),
})

const Group = ({ group, words }: { group: ProblemGroup; words: Words }) => {
  const { says, next } = sayTold(words, group.problem)
  return (
    <li class="row">
      <span>
        {says} <small>{next}</small>{' '}
        <small>{say(words, 'popup.problems.since', { since: moment(group.since, words.locale, new Date()) ?? '' })}</small>
      </span>
      <span>
        <span class="count">{group.count}</span> <small>{say(words, 'popup.affected')}</small>
      </span>
    </li>
  )
}

const Runs = ({ runs, words }: { runs: readonly RunShape[]; words: Words }) => (
  <>
    <h3>{say(words, 'popup.runs')}</h3>
    {runs.length === 0 && <small>{say(words, 'popup.runs.none')}</small>}
    <ul class="lines">
      {runs.map((run) => (
        <li class="row" key={run.id}>
          <span>
            {run.entity ? sayCode(words, 'entity', run.entity) : run.kind} <small>{run.file}</small>
          </span>
          <small>
            {sayCode(words, 'run.state', run.state)} · {moment(run.startedAt, words.locale, new Date())}
          </small>
        </li>
      ))}
    </ul>
  </>
)
