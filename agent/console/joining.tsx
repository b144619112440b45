import { useState } from 'preact/hooks'
import type { Client } from '../../shared/agent-link/client.ts'
import { Problem } from '../../shared/ui/problem.tsx'
import type { Words } from '../../shared/words/languages.ts'
import { say } from '../../shared/words/say.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import { join } from './join.ts'

type Props = { words: Words; problem: ToldProblem | null; joined: (client: Client) => void }

/** Shown to a browser the agent does not know: what to do at the server, and where the code goes. */
export function Join({ words, problem, joined }: Props) {
  const [trouble, setTrouble] = useState(problem)
  const [busy, setBusy] = useState(false)
  const enter = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget as HTMLFormElement).get('code') ?? '')
    setBusy(true)
    const reply = await join(code, say(words, 'console.title'))
    setBusy(false)
    if ('value' in reply) joined(reply.value)
    else setTrouble(reply.problem)
  }
  return (
    <main class="join">
      <h1>{say(words, 'console.title')}</h1>
      <p>{say(words, 'console.join')}</p>
      <pre>
        <code>tieback console</code>
      </pre>
      <p>{say(words, 'console.join.code')}</p>
      <form onSubmit={(event) => void enter(event)}>
        <label for="code">{say(words, 'options.code')}</label>
        <input id="code" name="code" class="code" required autocomplete="off" spellcheck={false} />
        <button class="button primary" type="submit" disabled={busy}>
          {say(words, busy ? 'options.pairing' : 'options.pair.action')}
        </button>
      </form>
      <div role="status">{trouble && <Problem told={trouble} words={words} />}</div>
    </main>
  )
}
