import { expect, it } from 'vitest'
import { liveThrough, worlds } from '../agent/unlink/corpus.ts'
import { liveThroughProcores } from '../agent/unlink/corpus-procore.ts'

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

it('where Procore’s own connector holds the links, nothing is ever written, and the forecast says whether Procore would unlink by now', {
  timeout: 120_000,
}, async () => {
  const { wrong, cases, ready, ends, codes } = await liveThroughProcores(110)
  expect(wrong).toEqual([])
  expect([ready, ends]).toEqual([0, { refused: cases }])
  expect(Object.keys(codes).toSorted()).toEqual(['not-in-procore', 'procore-free', 'procore-gone', 'procore-there', 'procore-wait'])
})
