import { once } from '../../shared/once.ts'
import type { askHandlers } from './asks.ts'

type Handlers = ReturnType<typeof askHandlers>

/** Loaded when somebody first asks to join or is looked for: an agent at rest has no use for it. */
export function lateAskHandlers(parts: Parameters<typeof askHandlers>[0]): Handlers {
  const made = once(async () => (await import('./asks.ts')).askHandlers(parts))
  return {
    askToJoin: async (call) => (await made()).askToJoin(call),
    asked: async (call) => (await made()).asked(call),
    asks: async (call) => (await made()).asks(call),
    approveAsk: async (call) => (await made()).approveAsk(call),
    refuseAsk: async (call) => (await made()).refuseAsk(call),
  }
}
