import { type Fault, over } from './fault.ts'

/** The agent is killed between two calls and started again. */
export const killed: Fault = {
  steps: ['sending'],
  says: null,
  async start({ kill, reopen }) {
    kill()
    await reopen()
    return over
  },
}
