import { expect, it } from 'vitest'
import { addressOf, hasPage } from '../../../extension/pages/address.ts'
import { whichPage } from '../../../extension/pages/which-page.ts'

const contract = { type: 'work-order-contract', id: '7' }
const prime = { type: 'prime-contract', id: '7' }

it.each([
  ['work-order-contract', undefined],
  ['purchase-order-contract', undefined],
  ['prime-contract', undefined],
  ['direct-cost', undefined],
  ['change-event', undefined],
  ['vendor', undefined],
  ['requisition', contract],
  ['requisition', { type: 'purchase-order-contract', id: '7' }],
  ['payment-application', prime],
  ['prime-change-order', prime],
])('the address of a %s is the page of that very item', (type, parent) => {
  const page = whichPage(`https://us02.procore.com${addressOf(type, '9', '5', parent)}`)
  expect(page?.item).toMatchObject({ type, id: '9' })
  expect(page?.parent ?? undefined).toEqual(parent && { ...parent, project: '5' })
  expect(page?.project).toBe('5')
})

it.each(['commitment-change-order', 'contract-payment'])(
  'a %s, whose own number its address may not hold, opens the commitment it stands on',
  (type) => {
    for (const parent of [contract, { type: 'purchase-order-contract', id: '7' }])
      expect(whichPage(`https://us02.procore.com${addressOf(type, '9', '5', parent)}`)).toMatchObject({ item: { ...parent, project: '5' } })
  },
)

it('a project opens at its home', () => {
  expect(whichPage(`https://us02.procore.com${addressOf('project', '9', null)}`)?.item).toEqual({ type: 'project', id: '9' })
})

it.each([
  ['without its project', 'direct-cost', null, undefined],
  ['without what holds it', 'requisition', '5', undefined],
  ['below what never holds it', 'requisition', '5', prime],
  ['whose commitment is not known', 'commitment-change-order', '5', undefined],
])('an item %s has none, rather than a guessed one', (_what, type, project, parent) => {
  expect(addressOf(type, '9', project, parent)).toBeNull()
})

it.each(['sub-job', 'cost-code', 'potential-change-order', 'tax-code'])('nothing is called the page of a %s: none is known', (type) => {
  expect([hasPage(type), addressOf(type, '9', '5', prime)]).toEqual([false, null])
})

it.each(['project', 'vendor', 'requisition', 'contract-payment'])('a %s has one, wherever a person is', (type) =>
  expect(hasPage(type)).toBe(true),
)
