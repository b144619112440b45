import { once } from '../../shared/once.ts'
import type { Agent } from './agent.ts'
import type { Handlers } from './call.ts'
import type { HandOverRoutes } from './hand-overs.ts'

/** Loaded when the first sheet for a Procore admin is asked for: an agent at rest has no use for it. */
export function lateHandOverHandlers(agent: Agent): Pick<Handlers, HandOverRoutes> {
  const made = once(async () => (await import('./hand-overs.ts')).handOverHandlers(agent))
  return {
    handOvers: async (call) => (await made()).handOvers(call),
    makeHandOver: async (call) => (await made()).makeHandOver(call),
    withdrawHandOver: async (call) => (await made()).withdrawHandOver(call),
    lookHandOver: async (call) => (await made()).lookHandOver(call),
    handIn: async (call) => (await made()).handIn(call),
  }
}
