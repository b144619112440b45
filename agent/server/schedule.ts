import type { Agent } from './agent.ts'
import type { Handlers } from './call.ts'
import { requireOpen } from './guard.ts'
import { done, refuse } from './refusal.ts'

/** Entries with last and next run, and “run now”: the agent never runs one twice at once. */
export function scheduleHandlers(agent: Agent): Pick<Handlers, 'schedule' | 'runNow'> {
  return {
    async schedule({ caller }) {
      const entries = await agent.scheduleEntries()
      return { entries: entries.filter(({ connection }) => !caller.shut.has(Number(connection))) }
    },
    async runNow({ params, caller }) {
      const entry = caller.shut.size === 0 ? undefined : (await agent.scheduleEntries()).find(({ id }) => id === params['id'])
      if (entry) requireOpen(caller, Number(entry.connection))
      const outcome = await agent.runNow(params['id'] ?? '', caller)
      if (outcome === null) throw refuse(404, 'no-entry')
      return done(outcome)
    },
  }
}
