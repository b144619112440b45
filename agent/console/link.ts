/** The console's line to its agent, for every screen: questions, acts, and when to ask again. */
import { createContext } from 'preact'
import { useContext, useEffect, useRef, useState } from 'preact/hooks'
import type { CallInput, Client, Reply } from '../../shared/agent-link/client.ts'
import { follow } from '../../shared/agent-link/events.ts'
import type { MeAnswer } from '../../shared/api/me.ts'
import type { AnswerOf, RouteName } from '../../shared/api.ts'
import type { Words } from '../../shared/words/languages.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'

/** What every screen is given. `heard` grows whenever something happened at the agent. */
export type Link = { client: Client; me: MeAnswer; words: Words; heard: number }

export const LinkContext = createContext<Link | null>(null)

export function useLink(): Link {
  const link = useContext(LinkContext)
  if (!link) throw new Error('A screen is shown inside the console only.')
  return link
}

/** Events of one moment bring one question, not one each. */
const settleMs = 400

/** Follows what happens at the agent for as long as `client` is the same; answers how often something did, and what keeps it from hearing. */
export function useHeard(client: Client, since: number): { heard: number; trouble: ToldProblem | null } {
  const [heard, setHeard] = useState(0)
  const [trouble, setTrouble] = useState<ToldProblem | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    let last = since
    let timer: ReturnType<typeof setTimeout> | undefined
    const take = async (seen: number): Promise<void> => {
      last = seen
      timer ??= setTimeout(() => {
        timer = undefined
        setHeard((before) => before + 1)
      }, settleMs)
    }
    void follow({
      client,
      lastSeen: async () => last,
      onEvents: (_, seen) => take(seen),
      onGap: take,
      open: (url) => new WebSocket(url),
      onPing: () => undefined,
      onState: setTrouble,
      signal: stop.signal,
    })
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [client, since])
  return { heard, trouble }
}

/** The newest answer, and what went wrong since; an answer stays while the next is on its way. `ask` asks once more. */
export type Asked<T> = { value: T | null; problem: ToldProblem | null; ask: () => void }

/** Asks when shown, and again whenever something was heard or the question is another. */
export function useAnswer<N extends RouteName>(name: N, input: CallInput<N> = {}): Asked<AnswerOf<N>> {
  const { client, heard } = useLink()
  const question = JSON.stringify([name, input])
  const [again, setAgain] = useState(0)
  const [reply, setReply] = useState<{ question: string; value: AnswerOf<N> | null; problem: ToldProblem | null } | null>(null)
  const newest = useRef(0)
  useEffect(() => {
    newest.current += 1
    const mine = newest.current
    void client.call(name, input).then((said: Reply<AnswerOf<N>>) => {
      if (mine !== newest.current) return // a later question was answered first
      setReply((before) =>
        'value' in said
          ? { question, value: said.value, problem: null }
          : { question, value: before?.question === question ? before.value : null, problem: said.problem },
      )
    })
  }, [client, question, heard, again])
  const current = reply?.question === question ? reply : null
  return { value: current?.value ?? null, problem: current?.problem ?? null, ask: () => setAgain((before) => before + 1) }
}
