import { expect, it } from 'vitest'
import { isWatchable, mayHold } from '../../shared/watch.ts'

it('what is still in the ERP may yet leave it; what can only be reversed there never does', () => {
  expect([isWatchable('still-there'), isWatchable('still-there-reverse')]).toEqual([true, false])
})

it('takes others along where others may be linked under it', () => {
  expect([mayHold('work-order-contract'), mayHold('prime-contract'), mayHold('commitment-change-order')]).toEqual([true, true, false])
})
