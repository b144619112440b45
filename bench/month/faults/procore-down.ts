import { type Fault, hour } from './fault.ts'

/** Every call of an hour is answered with 503. */
export const procoreDown: Fault = {
  steps: ['dawn', 'sending'],
  says: 'procore-down',
  lastsMs: hour,
  start({ standIn }) {
    standIn.faults.add({
      ...{ when: { test: () => true }, times: 1_000_000 },
      fault: { do: 'answer', status: 503, retryAfterSeconds: 120 },
    })
    return () => standIn.faults.clear()
  },
}
