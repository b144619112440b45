import type { Agent } from './agent.ts'
import type { Handlers } from './call.ts'
import { done, refuse } from './refusal.ts'

/** Entries with last and next run, and “run now”: the agent never runs one twice at once. */
export function scheduleHandlers(agent: Agent): Pick<Handlers, 'schedule' | 'runNow'> {
  return {
    async schedule() {
      return { entries: await agent.scheduleEntries() }
    },
    async runNow({ params, caller }) {
      const outcome = await agent.runNow(params['id'] ?? '', caller)
      if (outcome === null) throw refuse(404, 'no-entry')
      return done(outcome)
    },
  }
}
