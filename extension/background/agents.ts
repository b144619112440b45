/** The paired agents: a client each, who we are to it, and which one serves a page. */

import type { PairedAgent } from '../../shared/agent-link/agents.ts'
import { type Client, createClient, type Reply } from '../../shared/agent-link/client.ts'
import type { Wire } from '../../shared/agent-link/exchange.ts'
import { type PageAt, pageProblem } from '../../shared/agent-link/health.ts'
import { indexedDbKeys, openKey } from '../../shared/agent-link/key.ts'
import type { MeAnswer } from '../../shared/api/me.ts'
import { type Environment, environmentOf } from '../../shared/pages/hosts.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import { change, read } from './storage.ts'
import { noteTrouble } from './troubles.ts'

const FRESH_MS = 5 * 60_000
/** An agent that did not answer is not asked who we are to it for so long: what it said before stands meanwhile. */
const SILENT_MS = 30_000

let key: ReturnType<typeof openKey> | undefined
export const wire: Wire = {
  fetch: (url, init) => fetch(url, init),
  key: () => {
    key ??= openKey(indexedDbKeys(indexedDB))
    return key
  },
  limitMs: 10_000,
}

const clients = new Map<string, Client>()
/** Until when what an agent last said of us is not asked again. */
const freshMe = new Map<string, number>()

export function clientOf(agent: PairedAgent): Client {
  const known = clients.get(agent.id) ?? createClient(agent, wire, (address) => void rememberAnswered(agent.id, address))
  clients.set(agent.id, known)
  return known
}

const rememberAnswered = (id: string, answered: string): Promise<void> =>
  change('agents', (all) => all.map((agent) => (agent.id === id ? { ...agent, answered } : agent)))

export function forgetClient(id: string): void {
  clients.delete(id)
  freshMe.delete(id)
}

/** Who we are to an agent, asked at most every five minutes; while it cannot be reached, as it last said. */
export async function meOf(agent: PairedAgent): Promise<Reply<MeAnswer>> {
  const stored = (await read('me'))[agent.id]
  if (stored && Date.now() < (freshMe.get(agent.id) ?? 0)) return { value: stored }
  const reply = await clientOf(agent).call('me')
  await noteTrouble(agent.id, 'problem' in reply ? reply.problem : null)
  freshMe.set(agent.id, Date.now() + ('problem' in reply ? SILENT_MS : FRESH_MS))
  if ('problem' in reply) return stored ? { value: stored } : reply
  await change('me', (all) => ({ ...all, [agent.id]: reply.value }))
  return reply
}

/** Asks again at the next need: the agent's connections or people changed. */
export const askMeAgain = (id: string): void => void freshMe.delete(id)

/** The agent that serves a page, and its client for that page. */
export type Serving = { agent: PairedAgent; me: MeAnswer; client: Client }

/** The agent that serves a page's company in the page's environment. Else why there is none. */
export async function agentFor(at: PageAt): Promise<Reply<Serving>> {
  let why: ToldProblem = { code: 'not-paired' }
  for (const agent of await read('agents')) {
    const me = await meOf(agent)
    const problem = 'problem' in me ? me.problem : pageProblem(me.value, at)
    if ('value' in me && !problem) return { value: { agent, me: me.value, client: clientAt(agent, environmentOf(at.host)) } }
    // Of the company in another environment: nearer than an agent of another company.
    if (problem && why.code !== 'wrong-environment') why = problem
  }
  return { problem: why }
}

/** A client that tells with every call which environment its page is of: the ids of a page do not, where a sandbox is a copy of production. */
export function clientAt(agent: PairedAgent, environment: Environment): Client {
  const client = clientOf(agent)
  return { ...client, call: (name, input) => client.call(name, { ...input, environment }) }
}
