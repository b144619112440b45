import { expect, it } from 'vitest'
import { isWatchable, mayHold, neverGone } from '../../shared/watch.ts'

it('what is still in the ERP may yet leave it; what can only be reversed there never does', () => {
  expect([isWatchable('still-there'), isWatchable('still-there-reverse')]).toEqual([true, false])
})

it.each([
  ['is only reversed there', { reversed: 'procore-refuses' }, 'procore-there'],
  ['is of a kind whose exports never tell what is gone', { never: 'told' }, 'procore-there'],
  ['may yet leave it', {}, null],
])('what Procore’s own connector holds is waited for unless it never leaves: %s', (_, params, never) => {
  const forecast = { id: 'f', kind: 'not-ours', code: 'procore-there', params, rests: null }
  expect(neverGone(forecast)?.said.code ?? null).toBe(never)
})

it('takes others along where others may be linked under it', () => {
  expect([mayHold('work-order-contract'), mayHold('prime-contract'), mayHold('commitment-change-order')]).toEqual([true, true, false])
})
