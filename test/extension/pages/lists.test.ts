import { describe, expect, test } from 'vitest'
import { heldOn, linkTo, listedOn, recordIn } from '../../../extension/pages/lists.ts'
import { routes } from '../../../shared/pages/routes.ts'

const P = '/562949953470002/project'
const K = '562949953480003'
const ID = '562949953490004'

describe('the record a link opens', () => {
  test.each<[string, string | null]>([
    [`${P}/contracts/commitments/work_order_contracts/${ID}`, `work-order-contract ${ID}`],
    [
      `/webclients/host/companies/1/projects/2/tools/contracts/commitments/purchase_order_contracts/${ID}/ssov`,
      `purchase-order-contract ${ID}`,
    ],
    [`${P}/commitments/work_order_contracts/${K}/change_orders/commitment_contract_change_orders/${ID}`, `commitment-change-order ${ID}`],
    [`${P}/commitments/work_order_contracts/${K}/requisitions/${ID}?tab=1`, `requisition ${ID}`],
    [`${P}/commitments/purchase_order_contracts/${K}/admin/requisitions/${ID}/edit`, `requisition ${ID}`],
    [`${P}/commitments/work_order_contracts/${K}/contract_payments/${ID}`, `contract-payment ${ID}`],
    [`${P}/prime_contracts/${ID}`, `prime-contract ${ID}`],
    [`${P}/prime_contracts/${K}/change_orders/change_order_packages/${ID}`, `prime-change-order ${ID}`],
    [`${P}/change_orders/route_to_change_order_package?change_order_package_id=${ID}&subtab=prime`, `prime-change-order ${ID}`],
    [`${P}/prime_contracts/${K}/change_orders/potential_change_orders/${ID}`, `potential-change-order ${ID}`],
    [`${P}/prime_contracts/${K}/payment_applications/${ID}`, `payment-application ${ID}`],
    [`${P}/change_events/events/${ID}`, `change-event ${ID}`],
    [`/webclients/host/companies/1/projects/2/tools/change-events/events/${ID}`, `change-event ${ID}`],
    [`${P}/direct_costs/${ID}`, `direct-cost ${ID}`],
    [`${P}/directory/edit_vendor/${ID}`, `vendor ${ID}`],
    [`${P}/directory/vendors/${ID}/edit`, `vendor ${ID}`],
    [`https://us02.procore.com/set_project/${ID}`, `project ${ID}`],
    [`${P}/commitments/work_order_contracts/${K}/requisitions/${ID}.pdf`, null],
    [`${P}/commitments/work_order_contracts/create`, null],
    [`${P}/direct_costs/0`, null],
    [`${P}/rfi/show/${ID}`, null],
    ['#', null],
  ])('%s', (href, told) => {
    const record = recordIn(href)
    expect(record && `${record.type} ${record.id}`).toBe(told)
    expect(recordIn(href)).toEqual(record) // and again, now that its beginning is known
  })
  test('is of another kind where only its beginning is the same', () => {
    expect(recordIn(`${P}/direct_costs/${ID}`)).toEqual({ type: 'direct-cost', id: ID })
    for (const end of ['create', '0', `${ID}.pdf`, `${ID}00000`]) expect(recordIn(`${P}/direct_costs/${end}`)).toBeNull()
    expect(recordIn(`${P}/direct_costs/${ID}/edit`)).toEqual({ type: 'direct-cost', id: ID })
  })
  test('a link without an address opens none', () => expect(recordIn(null)).toBeNull())
})

test('every kind of record a page lists has a link that names it', () => {
  const named = Object.values(linkTo)
  for (const types of [...Object.values(listedOn), ...Object.values(heldOn)]) for (const type of types ?? []) expect(named).toContain(type)
})

test('every kind of record with a page of its own is listed somewhere', () => {
  const listed = [...Object.values(listedOn), ...Object.values(heldOn)].flat()
  expect(routes.flatMap(({ item }) => item ?? []).filter((type) => !listed.includes(type))).toEqual([])
})
