/** Calls an agent by the shared table of routes. Believes nothing that the pinned key has not signed, and nothing that does not parse. */

import { ProblemDetails } from '../api/problems.ts'
import { type AnswerOf, type BodyOf, type QueryOf, type RouteName, routes } from '../api.ts'
import type { Environment } from '../pages/hosts.ts'
import type { ToldProblem } from '../words/say-problem.ts'
import type { PairedAgent } from './agents.ts'
import { exchange, type NonceBook, type Received, type Wire } from './exchange.ts'
import { firstAnswer } from './first-answer.ts'
import { parseJson } from './json.ts'
import { isSignedBy } from './proof.ts'

/** The answer, or why there is none: trouble with the call, or one of the named states (health.ts). */
export type Reply<T> = { value: T } | { problem: ToldProblem }

/** `environment`: of the page that asks (shared/PROTOCOL.md, Which Procore). */
export type CallInput<N extends RouteName> = {
  params?: Record<string, string>
  query?: QueryOf<N>
  body?: BodyOf<N>
  environment?: Environment
}

export type Client = {
  agent: PairedAgent
  /** The address that answered last; the first one before any did. */
  address(): string
  call<N extends RouteName>(name: N, input?: CallInput<N>): Promise<Reply<AnswerOf<N>>>
}

const unreachable: ToldProblem = { code: 'agent-unreachable' }
const another: ToldProblem = { code: 'another-program' }

/** While nothing answered anywhere, waiting longer shows nothing sooner. */
const downLimitMs = 3_000
/** An address that answered so lately is taken to be the right one for an act. */
const provenMs = 30_000

/**
 * A question goes to the address that answered last, then to the others in order; the pinned key decides whether it is the agent that
 * answers. An act goes to one address only, which a question has just proven: it may be heard although nothing comes back.
 * `onAnswered` is told when another address answers than before.
 */
export function createClient(agent: PairedAgent, wire: Wire, onAnswered: (address: string) => void = () => {}): Client {
  const nonces: NonceBook = new Map()
  let best = agent.addresses.find((address) => address === agent.answered) ?? agent.addresses[0] ?? ''
  let provenAt = Number.NEGATIVE_INFINITY
  let down = false

  const heard = (address: string): void => {
    provenAt = Date.now()
    down = false
    if (address !== best) onAnswered(address)
    best = address
  }

  /** What the agent said at one address; else why it is not the agent's word. */
  async function at(address: string, sent: ReturnType<typeof sentOf>, limitMs: number): Promise<Received | ToldProblem> {
    const received = await exchange({ ...wire, limitMs }, nonces, { address, ...sent }).catch(() => null)
    if (received === null) return unreachable
    if (!(await isSignedBy(agent.jwk, received.signature, received))) return another
    heard(address)
    return received
  }

  async function ask(sent: ReturnType<typeof sentOf>): Promise<Received | ToldProblem> {
    let trouble = unreachable
    const limitMs = down ? Math.min(wire.limitMs, downLimitMs) : wire.limitMs
    const found = await firstAnswer([best, ...agent.addresses.filter((other) => other !== best)], async (address) => {
      const received = await at(address, sent, limitMs)
      if (isReceived(received)) return received
      if (received === another) trouble = another
      return null
    })
    down = found === null
    return found ?? trouble
  }

  async function call<N extends RouteName>(name: N, input: CallInput<N> = {}): Promise<Reply<AnswerOf<N>>> {
    const sent = sentOf(name, input)
    if (!isQuestion(name) && agent.addresses.length > 1 && Date.now() - provenAt > provenMs) {
      const proven = await ask(sentOf('me', {}))
      if (!isReceived(proven)) return { problem: proven }
    }
    const received = await (isQuestion(name) ? ask(sent) : at(best, sent, wire.limitMs))
    if (isReceived(received)) return replyOf(name, received)
    provenAt = Number.NEGATIVE_INFINITY
    return { problem: received }
  }
  return { agent, address: () => best, call }
}

const isQuestion = (name: RouteName): boolean => routes[name].method === 'GET' || name === 'status' || name === 'lists'
const isReceived = (of: Received | ToldProblem): of is Received => 'jti' in of

function sentOf<N extends RouteName>(name: N, { params = {}, query, body, environment }: CallInput<N>) {
  const { method, path } = routes[name]
  const asked = [...Object.entries(query ?? {}), ['environment', environment] as const].filter(([, value]) => value !== undefined)
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
