/** How things stand between this browser and an agent, as named states with a next step each. Pure. */
import type { MeAnswer } from '../../shared/api/me.ts'
import { protocol } from '../../shared/pairing.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'

const agentStates = [
  'ok',
  'not-paired',
  'agent-unreachable',
  'another-program',
  'wrong-company',
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

/** The state for one page: its company must be one the agent serves; an address that hides its company fits an agent with only one. */
export function pageState(me: MeAnswer, company: string | null): AgentState {
  const speaks = protocolState(me.protocol)
  if (speaks !== 'ok') return speaks
  const fits = company === null ? me.companies.length === 1 : me.companies.some(({ id }) => id === company)
  return fits ? 'ok' : 'wrong-company'
}

/** The same as a problem to show: names both companies, since the person has to choose. */
export function pageProblem(me: MeAnswer, company: string | null): ToldProblem | null {
  const state = pageState(me, company)
  if (state === 'ok') return null
  if (state !== 'wrong-company') return { code: state }
  return { code: state, params: { agent: me.companies.map(({ name }) => name).join(', '), page: company ?? '?' } }
}
