import { once } from '../../shared/once.ts'
import type { Agent } from './agent.ts'
import type { groupHandlers } from './groups.ts'
import type { recoveryHandlers } from './recovery.ts'

type Handlers = ReturnType<typeof groupHandlers> & ReturnType<typeof recoveryHandlers>

/** Loaded when an admin first looks after people: an agent at rest has no use for it. */
export function latePeopleHandlers(agent: Agent): Handlers {
  const grouped = once(async () => (await import('./groups.ts')).groupHandlers(agent))
  const recovered = once(async () => (await import('./recovery.ts')).recoveryHandlers(agent))
  return {
    groups: async (call) => (await grouped()).groups(call),
    addGroup: async (call) => (await grouped()).addGroup(call),
    changeGroup: async (call) => (await grouped()).changeGroup(call),
    setConnectionScope: async (call) => (await grouped()).setConnectionScope(call),
    removeGroup: async (call) => (await grouped()).removeGroup(call),
    recovery: async (call) => (await recovered()).recovery(call),
    breakGlass: async (call) => (await recovered()).breakGlass(call),
  }
}
