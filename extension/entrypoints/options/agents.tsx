import { useState } from 'preact/hooks'
import { Problem } from '../../../shared/ui/problem.tsx'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import { askOwn } from '../../bridge/own.ts'

export type AgentRow = { id: string; name: string; addresses: readonly string[]; person: string }

export const Agents = ({ words, agents, changed }: { words: Words; agents: readonly AgentRow[]; changed: () => void }) => (
  <>
    {agents.map((agent) => (
      <Agent key={agent.id} words={words} agent={agent} changed={changed} />
    ))}
  </>
)

/** One agent: where it may be reached (best first, separated by commas), and the way out. */
function Agent({ words, agent, changed }: { words: Words; agent: AgentRow; changed: () => void }) {
  const [problem, setProblem] = useState<ToldProblem | null>(null)
  const save = async (text: string): Promise<void> => {
    const reply = await askOwn('addresses', { id: agent.id, addresses: text.split(',').map((part) => part.trim()) })
    setProblem('problem' in reply ? reply.problem : null)
    changed()
  }
  const forget = async (): Promise<void> => {
    await askOwn('forget', { id: agent.id })
    changed()
  }
  const id = `addresses-${agent.id}`
  return (
    <div class="agent">
      <div>
        <label for={id}>
          {agent.name} <small>{agent.person}</small>
        </label>
        <input id={id} value={agent.addresses.join(', ')} onChange={({ currentTarget }) => void save(currentTarget.value)} />
      </div>
      <button class="button" type="button" title={say(words, 'options.forget.says', { agent: agent.name })} onClick={() => void forget()}>
        {say(words, 'options.forget')}
      </button>
      {problem && <Problem told={problem} words={words} />}
    </div>
  )
}
