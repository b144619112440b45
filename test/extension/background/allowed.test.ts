import { expect, test } from 'vitest'
import { allowed } from '../../../extension/background/allowed.ts'
import { whichPage } from '../../../extension/pages/which-page.ts'
import type { ItemType } from '../../../shared/item.ts'
import type { Page } from '../../../shared/pages/page.ts'

const L = 'https://us02.procore.com/7/project'
const contract = `${L}/commitments/work_order_contracts/5/requisitions`
const pageAt = (address: string): Page => whichPage(address) as Page

test.each<[string, string, ItemType, string, object | null]>([
  ['the record a page shows', contract, 'work-order-contract', '5', { type: 'work-order-contract', id: '5', project: '7' }],
  ['what it holds', contract, 'requisition', '9', { type: 'requisition', id: '9', project: '7' }],
  ['another record of its kind', contract, 'work-order-contract', '6', null],
  ['a kind it does not hold', contract, 'direct-cost', '9', null],
  ['anything beside a record that holds none', `${L}/direct_costs/5`, 'requisition', '9', null],
  ['a record on a list', `${L}/direct_costs`, 'direct-cost', '9', { type: 'direct-cost', id: '9', project: '7' }],
  ['a company on a project’s list: it is no project’s', `${L}/directory/groups/users`, 'vendor', '9', { type: 'vendor', id: '9' }],
  ['a project on the company’s list', 'https://us02.procore.com/1/company/home', 'project', '7', { type: 'project', id: '7' }],
  ['what is no kind of item', `${L}/direct_costs`, 'budget' as ItemType, '9', null],
  ['what is no id', `${L}/direct_costs`, 'direct-cost', '9/../1', null],
])('%s', (_, address, type, id, told) => expect(allowed(pageAt(address), { type, id })).toEqual(told))
