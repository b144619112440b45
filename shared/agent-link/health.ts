/** How things stand between this browser and an agent, as named states with a next step each. Pure. */
import type { MeAnswer } from '../api/me.ts'
import { environmentOf, isOfEnvironment } from '../pages/hosts.ts'
import { protocol } from '../pairing.ts'
import type { ToldProblem } from '../words/say-problem.ts'

const agentStates = [
  'ok',
  'not-paired',
  'agent-unreachable',
  'another-program',
  'wrong-company',
  'wrong-environment',
  'agent-too-old',
  'extension-too-old',
] as const
export type AgentState = (typeof agentStates)[number]

const isState = (code: string): code is AgentState => (agentStates as readonly string[]).includes(code)

/** The state a refused call tells of; a refusal of the call alone leaves the agent well. */
export const stateOf = (told: ToldProblem): AgentState => (isState(told.code) ? told.code : 'ok')

/** Whether both speak a protocol the other knows. The store updates weekly, the agent yearly. */
export function protocolState(theirs: MeAnswer['protocol'], ours: { min: number; max: number } = protocol): AgentState {
  if (theirs.max < ours.min) return 'agent-too-old'
  return theirs.min > ours.max ? 'extension-too-old' : 'ok'
}

/** What a page's address says of where it is; null stands for an address that hides its company. */
export type PageAt = { company: string | null; host: string }

/**
 * The state for one page: its company must be one the agent serves, in the environment the page shows; an address that hides its company fits an agent
 * with only one. Procore's monthly sandbox is a copy of production with the same ids, so the company alone says nothing (procore-api.md 1, seen 2026-11).
 */
export function pageState(me: MeAnswer, { company, host }: PageAt): AgentState {
  const speaks = protocolState(me.protocol)
  if (speaks !== 'ok') return speaks
  const served = company === null ? me.companies.length === 1 : me.companies.some(({ id }) => id === company)
  if (!served) return 'wrong-company'
  const here = connectionsOf(me, company)
  return here.length === 0 || here.some(({ environment }) => isOfEnvironment(environment, environmentOf(host))) ? 'ok' : 'wrong-environment'
}

const connectionsOf = ({ connections }: MeAnswer, company: string | null) =>
  connections.filter((one) => company === null || one.company === company)

/** The same as a problem to show: names both companies, or the page's environment, since the person has to choose. */
export function pageProblem(me: MeAnswer, at: PageAt): ToldProblem | null {
  const state = pageState(me, at)
  if (state === 'ok') return null
  if (state === 'wrong-environment') return { code: state, params: { environment: environmentOf(at.host) } }
  if (state !== 'wrong-company') return { code: state }
  return { code: state, params: { agent: me.companies.map(({ name }) => name).join(', '), page: at.company ?? '?' } }
}
