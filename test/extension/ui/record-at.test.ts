import { expect, it } from 'vitest'
import { whichPage } from '../../../extension/pages/which-page.ts'
import { recordAt } from '../../../extension/ui/unlink/record-at.ts'
import type { Page } from '../../../shared/pages/page.ts'

const at = (path: string): [Page, URL] => {
  const url = new URL(`https://us02.procore.com${path}`)
  return [whichPage(url.href) as Page, url]
}
const list = at('/31/project/commitments')
const contract = { type: 'work-order-contract', id: '900' }
const onContract = '/31/project/contracts/commitments/work_order_contracts/900'

it.each([
  ['subcontract', { ...contract, project: '31' }, null, onContract],
  ['purchase order, its project that of the page', { type: 'purchase-order-contract', id: '7' }, null, /purchase_order_contracts\/7$/],
  ['change order: the commitment it stands on', { type: 'commitment-change-order', id: '77' }, contract, onContract],
  ['payment: the commitment it stands on', { type: 'contract-payment', id: '77' }, contract, onContract],
  ['invoice', { type: 'requisition', id: '78' }, contract, /work_order_contracts\/900\/requisitions\/78$/],
  ['company, from a project', { type: 'vendor', id: '5' }, null, '/31/project/directory/vendors/5/edit'],
  ['change order whose commitment is not known', { type: 'commitment-change-order', id: '77' }, null, null],
  ['sub job, whose address nobody knows', { type: 'sub-job', id: '4' }, null, null],
  ['cost code, whose address nobody knows', { type: 'cost-code', id: '4' }, null, null],
])('from a list a link leads to a %s', (_, item, parent, wanted) => {
  const [page, here] = list
  const found = recordAt(item, page, parent, here as unknown as Location)
  if (wanted instanceof RegExp) expect(found).toMatch(wanted)
  else expect(found).toBe(wanted)
})

it('on the record’s own page it reads that page again, whatever else is known', () => {
  const [page, here] = at('/31/project/commitments/work_order_contracts/900/change_orders/commitment_contract_change_orders/77?tab=1#lines')
  const found = recordAt({ type: 'commitment-change-order', id: '77' }, page, null, here as unknown as Location)
  expect(found).toBe('/31/project/commitments/work_order_contracts/900/change_orders/commitment_contract_change_orders/77?tab=1')
})
