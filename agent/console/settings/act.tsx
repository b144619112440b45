import { useState } from 'preact/hooks'
import type { Reply } from '../../../shared/agent-link/client.ts'
import { Problem } from '../../../shared/ui/problem.tsx'
import type { WordKey } from '../../../shared/words/en.ts'
import { say } from '../../../shared/words/say.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import { useLink } from '../link.ts'

export type Act = { busy: boolean; done: boolean; problem: ToldProblem | null; run: (ask: () => Promise<Reply<unknown>>) => Promise<void> }

/** An act and how it ended; `after` is called once it is done. */
export function useAct(after: () => void): Act {
  const [state, setState] = useState<Omit<Act, 'run'>>({ busy: false, done: false, problem: null })
  return {
    ...state,
    async run(ask) {
      setState({ busy: true, done: false, problem: null })
      const reply = await ask()
      const problem = 'problem' in reply ? reply.problem : null
      setState({ busy: false, done: problem === null, problem })
      if (problem === null) after()
    },
  }
}

/** What came of it, to be heard too. */
export const Ended = ({ act, done }: { act: Act; done: WordKey }) => {
  const { words } = useLink()
  return (
    <div role="status">
      {act.done && <p>{say(words, done)}</p>}
      {act.problem && <Problem told={act.problem} words={words} />}
    </div>
  )
}
