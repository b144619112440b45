/** Calls an agent by the shared table of routes. Believes nothing that the pinned key has not signed, and nothing that does not parse. */
import { type AnswerOf, type BodyOf, ProblemDetails, type QueryOf, type RouteName, routes } from '../../shared/api.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import type { PairedAgent } from './agents.ts'
import { exchange, type NonceBook, type Received, type Wire } from './exchange.ts'
import { parseJson } from './json.ts'
import { isSignedBy } from './proof.ts'

/** The answer, or why there is none: trouble with the call, or one of the named states (health.ts). */
export type Reply<T> = { value: T } | { problem: ToldProblem }

export type CallInput<N extends RouteName> = { params?: Record<string, string>; query?: QueryOf<N>; body?: BodyOf<N> }

export type Client = {
  agent: PairedAgent
  /** The address that answered last; the first one before any did. */
  address(): string
  call<N extends RouteName>(name: N, input?: CallInput<N>): Promise<Reply<AnswerOf<N>>>
}

const unreachable: ToldProblem = { code: 'agent-unreachable' }
const another: ToldProblem = { code: 'another-program' }

/** Addresses are tried in order, the one that answered last first. An act that got no answer in time is not sent elsewhere: it may have been heard. */
export function createClient(agent: PairedAgent, wire: Wire): Client {
  const nonces: NonceBook = new Map()
  let best = agent.addresses[0] ?? ''

  async function call<N extends RouteName>(name: N, input: CallInput<N> = {}): Promise<Reply<AnswerOf<N>>> {
    let trouble = unreachable
    for (const address of [best, ...agent.addresses.filter((other) => other !== best)]) {
      const received = await exchange(wire, nonces, { address, ...sentOf(name, input) }).catch((error: unknown) => error)
      if (isTooLate(received) && !isQuestion(name)) return { problem: unreachable }
      if (!isReceived(received)) continue
      if (await isSignedBy(agent.jwk, received.signature, received)) {
        best = address
        return replyOf(name, received)
      }
      trouble = another
    }
    return { problem: trouble }
  }
  return { agent, address: () => best, call }
}

const isQuestion = (name: RouteName): boolean => routes[name].method === 'GET' || name === 'status' || name === 'lists'
const isReceived = (of: unknown): of is Received => typeof of === 'object' && of !== null && 'jti' in of
const isTooLate = (error: unknown): boolean => error instanceof DOMException && error.name === 'TimeoutError'

function sentOf<N extends RouteName>(name: N, { params = {}, query, body }: CallInput<N>) {
  const { method, path } = routes[name]
  const asked = Object.entries(query ?? {}).filter(([, value]) => value !== undefined)
  return {
    method,
    path: path.replaceAll(/\{(\w+)\}/g, (_, part: string) => encodeURIComponent(params[part] ?? '')),
    query: asked.length === 0 ? '' : `?${new URLSearchParams(asked.map(([key, value]) => [key, String(value)]))}`,
    body: 'body' in routes[name] ? JSON.stringify(body ?? {}) : undefined,
  }
}

/** The two sides update at different times: what does not parse is said to be a question of versions, never passed on. */
function replyOf<N extends RouteName>(name: N, { status, text }: Received): Reply<AnswerOf<N>> {
  const json = parseJson(text)
  if (status === 200) {
    const answer = routes[name].answer.safeParse(json)
    return answer.success ? { value: answer.data as AnswerOf<N> } : { problem: { code: 'agent-too-old' } }
  }
  const told = ProblemDetails.safeParse(json)
  if (!told.success) return { problem: { code: 'request-refused', params: { reason: String(status) } } }
  const { code, params, title, do: step } = told.data
  return { problem: { code, params, says: title, ...(step === undefined ? {} : { do: step }) } }
}
