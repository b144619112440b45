import { expect, it } from 'vitest'
import { carrying, freeing, isAsSent } from '../../../agent/outbox/carried.ts'
import type { Delivery } from '../../../agent/outbox/outbox.ts'
import { directCosts } from '../../../agent/procore/direct-costs.ts'

const delivery = { record: { key: 'UC1' }, entity: 'jc-transactions', item: null } as unknown as Delivery
const was = { id: '7', originId: 'k:1', originCode: null, originData: 'text' }
const answered = (more: object) => directCosts.parse({ id: 7, origin_id: 'k:1', ...more }, '9')!

it('what was never read of an item is neither emptied nor put back', () => {
  expect(freeing(directCosts, answered({}), delivery).fields).toEqual({})
  expect(freeing(directCosts, answered({ origin_data: 'text' }), delivery).fields).toEqual({ origin_data: null })
  expect(carrying(directCosts, { ...was, originData: null, unsaid: ['origin_data'] }, delivery).fields).toEqual({})
})

it('what an answer does not hold is not judged, what it holds is', () => {
  const row = carrying(directCosts, was, delivery)
  expect(
    [{}, { origin_data: 'text' }, { origin_data: null }, { origin_data: 'other' }].map((more) => isAsSent(row, answered(more))),
  ).toEqual([...[true, true, false, false]])
})
