/**
 * Why an agent cannot be asked, as last met. Kept in storage: a background that was put away while an agent could not be reached must tell pages
 * once it can be, for their badges still show what was last known.
 */

import { type AgentState, stateOf } from '../../shared/agent-link/health.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import { forgetStatuses } from './fresh.ts'
import { change, read, without } from './storage.ts'
import { tellPages } from './tell.ts'

/** Null when it answered last, or was never asked. */
export const troubleOf = async (agent: string): Promise<ToldProblem | null> => (await read('troubles'))[agent] ?? null

/** How the last call to an agent went. When that is news, open pages ask anew: badges turn hollow, or full again. */
export async function noteTrouble(agent: string, told: ToldProblem | null): Promise<void> {
  const trouble = told && isOfAgent(told) ? told : null
  const before = await troubleOf(agent)
  if ((before?.code ?? null) === (trouble?.code ?? null)) return
  await change('troubles', (all) => (trouble === null ? without(all, agent) : { ...all, [agent]: trouble }))
  forgetStatuses(agent, 'all')
  await tellPages(() => ({ news: 'changed', items: 'all' }))
}

/** A refused call, or a page of another company or environment, leaves the agent itself well. */
const isOfAgent = (told: ToldProblem): boolean => !ofPage.includes(stateOf(told))
const ofPage: readonly AgentState[] = ['ok', 'wrong-company', 'wrong-environment']
