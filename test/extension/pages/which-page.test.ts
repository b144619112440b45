import { describe, expect, test } from 'vitest'
import { whichPage } from '../../../extension/pages/which-page.ts'
import { isProcoreHost } from '../../../shared/pages/hosts.ts'
import type { Page } from '../../../shared/pages/page.ts'
import { addresses, C, ID, KC, L, N, P } from '../../shared/pages/addresses.ts'

/** kind, then `type:id`, `< type:id` of the holder and `# tab` where there are any. */
function told(page: Page | null): string {
  if (!page) return 'nothing'
  const item = page.item ? ` ${page.item.type}:${page.item.id}` : ''
  const parent = page.parent ? ` < ${page.parent.type}:${page.parent.id}` : ''
  return page.kind + item + parent + (page.tab ? ` # ${page.tab}` : '')
}

describe('the page an address shows', () => {
  test.each(addresses)('%s is %s', (address, expected) => expect(told(whichPage(address))).toBe(expected))
})

describe('what an address tells beside the record', () => {
  test('a new page names its company and project', () => {
    const page = whichPage(`${N}/contracts/commitments/work_order_contracts/${ID}`)
    expect(page).toMatchObject({ host: 'us02.procore.com', family: 'host', company: C, project: P })
    expect(page?.item).toEqual({ type: 'work-order-contract', id: ID, project: P })
  })
  test('a legacy project page hides its company', () => {
    expect(whichPage(`${L}/direct_costs/${ID}`)).toMatchObject({ family: 'legacy', company: null, project: P })
  })
  test('a company page has no project', () => {
    expect(whichPage(`${KC}/erp_integrations`)).toMatchObject({ family: 'company', company: C, project: null, item: null })
  })
  test('a vendor belongs to the company, whichever project shows it', () => {
    expect(whichPage(`${L}/directory/edit_vendor/${ID}`)?.item).toEqual({ type: 'vendor', id: ID })
  })
  test('ids above 2^53 come through unchanged', () => {
    expect(whichPage(`${L}/direct_costs/9007199254740993`)?.item?.id).toBe('9007199254740993')
  })
})

describe('hosts people work on', () => {
  test.each(['app', 'us02', 'uk01', 'ca01', 'sandbox', 'sandbox-monthly', 'api-sandbox-monthly'])('%s.procore.com', (zone) =>
    expect(isProcoreHost(`${zone}.procore.com`)).toBe(true),
  )
  test('the federal zone', () => expect(isProcoreHost('app.procoregov.com')).toBe(true))
  test.each([
    'login',
    'login-sandbox',
    'login-sandbox-monthly',
    'api',
    'api-monthly',
    'developers',
    'support',
    'v2.support',
    'contracts-ui-service.pages',
    'assets0',
    'storage',
    'marketplace',
  ])('not %s.procore.com', (zone) => expect(isProcoreHost(`${zone}.procore.com`)).toBe(false))
  test('not the bare domain', () => expect(isProcoreHost('procore.com')).toBe(false))
})
