import { once } from '../../shared/once.ts'
import type { Agent } from './agent.ts'
import type { upkeepHandlers } from './upkeep.ts'

type Handlers = ReturnType<typeof upkeepHandlers>

/** Loaded when an admin first looks at the settings: an agent at rest has no use for it. */
export function lateUpkeepHandlers(agent: Agent): Handlers {
  const made = once(async () => (await import('./upkeep.ts')).upkeepHandlers(agent))
  return {
    settings: async (call) => (await made()).settings(call),
    setLogLevel: async (call) => (await made()).setLogLevel(call),
    setBackups: async (call) => (await made()).setBackups(call),
    certificate: async (call) => (await made()).certificate(call),
    ownCertificate: async (call) => (await made()).ownCertificate(call),
    giveCertificate: async (call) => (await made()).giveCertificate(call),
    certificateBack: async (call) => (await made()).certificateBack(call),
    backUp: async (call) => (await made()).backUp(call),
  }
}
