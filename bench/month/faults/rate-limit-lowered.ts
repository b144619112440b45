import { type Fault, hour } from './fault.ts'

/** Procore halves its limits in the middle of a run; each answer says so, and the agent goes slower. Nobody has to do anything. */
export const rateLimitLowered: Fault = {
  steps: ['dawn', 'sending'],
  says: null,
  lastsMs: hour,
  start({ standIn: { rate } }) {
    const { limits } = rate
    rate.limits = { hourly: 300, spike: 12 }
    return () => {
      rate.limits = limits
    }
  },
}
