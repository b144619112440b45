/** What Procore's door meets on any day; the next try is the whole cure, and mostly there is nothing to say. */
import type { FaultRule } from '../../../test/procore/faults.ts'
import type { Fault } from './fault.ts'

const writes = /\/sync$|contract_payments/

const some = (fault: FaultRule['fault']): Fault => ({
  ...{ steps: ['dawn'], says: null },
  start({ standIn }, chance) {
    standIn.faults.add({ when: { path: writes }, fault, after: chance.whole(0, 3), times: chance.whole(1, 3) })
    return () => standIn.faults.clear()
  },
})

export const lostAfterCommit = some({ do: 'drop after commit' })
export const cutAnswers = some({ do: 'drop mid-answer' })
export const lostBefore = some({ do: 'drop before reading' })
export const badGateway = some({ do: 'answer', status: 502 })
export const unavailable = some({ do: 'answer', status: 503, retryAfterSeconds: 40 })
