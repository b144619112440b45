import { expect, it } from 'vitest'
import { liveThrough, worlds } from '../agent/unlink/corpus.ts'

it('a forecast comes true: what it calls ready is unlinked, what it does not is not, whatever happens in between', {
  timeout: 120_000,
}, async () => {
  const [world] = worlds
  const { wrong, cases, ready, ends, orders, lacking } = await liveThrough(world as (typeof worlds)[number])
  expect(wrong).toEqual([])
  expect(cases).toBeGreaterThan(250)
  expect(ready).toBeGreaterThan(50)
  expect(Object.keys(orders).toSorted()).toEqual(['left-with-job', 'ready', 'refused'])
  expect(Object.keys(lacking).toSorted()).toEqual(['approver-missing', 'not-on-project', 'role-missing', 'scope-missing'])
  expect(Object.keys(ends).toSorted()).toEqual(['changed', 'refused', 'unlinked'])
})
