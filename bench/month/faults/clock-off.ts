import { type Fault, hour } from './fault.ts'

/** The agent's clock runs two hours ahead of Procore's. Nothing is decided by comparing the two, so there is nothing to say. */
export const clockOff: Fault = {
  steps: ['dawn'],
  says: null,
  start({ given }) {
    given.skewMs = 2 * hour
    return () => {
      given.skewMs = 0
    }
  },
}
