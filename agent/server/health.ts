import type { Agent } from './agent.ts'
import type { Handlers } from './call.ts'
import type { Metrics } from './metrics.ts'

/** For monitoring beside the agent; the guard answers these on loopback only. */
export function healthHandlers(agent: Agent, metrics: Metrics): Pick<Handlers, 'health' | 'ready' | 'metrics' | 'openapi'> {
  return {
    health: () => ({ ok: true, version: agent.version }),
    ready: () => ({ ready: agent.waiting().length === 0, waiting: [...agent.waiting()] }),
    metrics: () => metrics.text(),
    openapi: async () => (await import('./openapi.ts')).openapi(agent.version), // made from every schema: for whoever asks, not at each start
  }
}
