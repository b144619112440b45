import { readFileSync } from 'node:fs'
import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { cellFor, type Listed, learnRecords, rowAt } from '../../../extension/features/list-status/cells.ts'
import { findAll } from '../../../extension/pages/anchors.ts'
import { whichPage } from '../../../extension/pages/which-page.ts'
import type { Page } from '../../../shared/pages/page.ts'

const C = 'https://us02.procore.com/562949953400001/company'
const L = 'https://us02.procore.com/562949953470002/project'
const N = 'https://us02.procore.com/webclients/host/companies/562949953400001/projects/562949953470002/tools'
const id = (n: number): string => String(562949953500000 + n)
const WO = '562949953490001'

/** Each cell that would carry a badge, by the record it would speak of. */
function marked(file: string, address: string): string[] {
  const { document } = parseHTML(readFileSync(new URL(`../../pages/${file}`, import.meta.url), 'utf8'))
  const page = whichPage(address) as Page
  const rows = new Map<string, Listed>()
  learnRecords(rows, document as unknown as Document, page)
  return findAll(document as unknown as Document, 'numberCell')
    .flatMap((element) => cellFor(page, element, 'number') ?? [])
    .map((cell) => rows.get(rowAt(page, cell) ?? '')?.key ?? 'nobody')
}

test.each<[string, string, string[]]>([
  ['commitments-list.html', `${N}/contracts/commitments`, [`work-order-contract:${WO}`, 'purchase-order-contract:562949953490002']],
  ['commitments-list-legacy.html', `${L}/commitments`, [`work-order-contract:${WO}`, 'purchase-order-contract:562949953490002']],
  ['subcontractor-invoices.html', `${N}/invoicing/subcontractor`, [`requisition:${id(1)}`, `requisition:${id(2)}`]],
  ['owner-invoices.html', `${N}/invoicing`, [`payment-application:${id(3)}`]],
  ['prime-contracts.html', `${N}/contracts/prime_contracts`, ['prime-contract:562949953490009']],
  [
    'prime-contract-change-orders.html',
    `${N}/contracts/prime_contracts/562949953490009/change_orders`,
    [`prime-change-order:${id(4)}`, `potential-change-order:${id(5)}`],
  ],
  ['commitment-payments.html', `${N}/contracts/commitments/work_order_contracts/${WO}/payments`, [`contract-payment:${id(6)}`]],
  ['commitment-payments-legacy.html', `${L}/commitments/work_order_contracts/${WO}/contract_payments`, [`contract-payment:${id(6)}`]],
  ['change-events.html', `${N}/change-events/events`, [`change-event:${id(7)}`]],
  [
    'change-orders-legacy.html',
    `${L}/change_orders/list?tab=commitments`,
    [`commitment-change-order:${id(8)}`, `prime-change-order:${id(4)}`],
  ],
  ['direct-costs-legacy.html', `${L}/direct_costs`, [`direct-cost:${id(9)}`, `direct-cost:${id(10)}`]],
  ['directory-legacy.html', `${L}/directory/groups/users`, [`vendor:${id(30)}`, `vendor:${id(30)}`]],
  ['portfolio-legacy.html', `${C}/home`, ['project:562949953470002', 'project:562949953470003']],
  ['erp-commitments.html', `${C}/erp_integrations/commitments`, [`work-order-contract:${WO}`]],
  ['budget.html', `${N}/budgets`, []],
])('%s marks each of its own records once, and no other', (file, address, keys) => expect(marked(file, address)).toEqual(keys))

test('a grid whose rows are not named by their record’s id shows none, rather than another’s', () => {
  const { document } = parseHTML(
    `<div class="ag-root"><div><div class="ag-row" row-id="7"><div class="ag-cell" col-id="number"><a href="/1/project/direct_costs/9">9</a></div></div></div></div>`,
  )
  const page = whichPage(`${N}/direct-costs/summary`) as Page
  const rows = new Map<string, Listed>()
  learnRecords(rows, document as unknown as Document, page)
  const [cell] = findAll(document as unknown as Document, 'numberCell')
  expect(rows.get(rowAt(page, cell as Element) ?? '')).toBeUndefined()
})

test('in a record’s tabs the same id may name a record of another kind', () => {
  const page = whichPage(`${N}/contracts/commitments/work_order_contracts/1/invoices`) as Page
  const rows = new Map<string, Listed>()
  for (const path of ['change_orders/commitment_contract_change_orders', 'requisitions']) {
    const link = `/1/project/commitments/work_order_contracts/1/${path}/5`
    const { document } = parseHTML(
      `<div class="ag-root"><div><div class="ag-row" row-id="5"><div class="ag-cell" col-id="number"><a href="${link}">1</a></div></div></div></div>`,
    )
    learnRecords(rows, document as unknown as Document, page)
  }
  expect(rows.get('5')?.key).toBe('requisition:5')
})
