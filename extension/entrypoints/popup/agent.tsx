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
      <div class="row" key={connection.name}>
        <span>
          {connection.erp}, {connection.erpCompany}
        </span>
        <small>{connection.writing.length === 0 && say(words, 'popup.watching')}</small>
      </div>
    ))}
    {!agent.trouble && <Problems agent={agent} words={words} />}
    {!agent.trouble && <Runs runs={agent.runs} words={words} />}
  </section>
)

/** Only a tab of the agent's own page shows whether it is silent or its certificate is not trusted: a script cannot tell. */
const Trouble = ({ agent, words }: { agent: AgentView; words: Words }) => (
  <Problem told={agent.trouble ?? { code: 'agent-unreachable' }} words={words}>
    <button class="button" type="button" onClick={() => void askOwn('openAgent', { id: agent.id })}>
      {say(words, 'action.open-agent')}
    </button>
  </Problem>
)

const Problems = ({ agent, words }: { agent: AgentView; words: Words }) => (
  <>
    <div class="row">
      <h3>{say(words, 'popup.problems')}</h3>
      <span class="count">{agent.problemTotal}</span>
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
        {says} <small>{next}</small>
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
