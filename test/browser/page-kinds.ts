import type { Page } from 'puppeteer'
import type { PageKind } from '../../shared/pages/routes.ts'
import type { Company } from '../procore/company.ts'
import { type ListName, readLines } from '../procore/pages/lines.ts'
import { readCompany } from '../procore/pages/read.ts'
import { busiest } from './start-pages.ts'
import { stateOf } from './told.ts'

/** A page and the records it marks: by its title, or in its rows (as many as are drawn). */
export type Sample = { name: string; kind: PageKind; address: string; title: string | null; rows: readonly string[] | null }

/** Tabs of the ERP tool whose rows are of one type, by the slug the stand-in gives each (the labels alone are known). */
export const erpTabs = [
  ['commitment_change_orders', 'commitment-change-order', 'change-orders'],
  ['prime_contracts', 'prime-contract', 'prime-contracts'],
  ['prime_contract_change_orders', 'prime-change-order', 'prime-change-orders'],
  ['subcontractor_invoices', 'requisition', 'subcontractor-invoices'],
  ['owner_invoices', 'payment-application', 'owner-invoices'],
] as const satisfies [string, string, ListName][]

const at = (path: string): string => `https://us02.procore.com${path}`

/** Every kind of page with something to mark, in each family the facts know it in. Rows and titles are keys: `type:id`. */
export function samplesOf(company: Company): Sample[] {
  const busy = busiest(company)
  const read = readCompany(company)
  const { lists, changeOrdersOf, invoicesOf, paymentsOf } = readLines(company, read.commitments)
  const commitments = read.commitments(busy)
  const withPayment = commitments.find((one) => paymentsOf(busy, one).length > 0 && invoicesOf(busy, one).length > 0) ?? commitments[0]
  const withOrder = commitments.find((one) => one.type === 'work_order_contracts' && changeOrdersOf(busy, one).length > 0)
  const order = commitments.find((one) => one.type === 'purchase_order_contracts')
  if (!withPayment || !withOrder || !order) throw new Error('The practice company lacks commitments.')
  const keys = (type: string, lines: readonly { id: string }[]): string[] => lines.map(({ id }) => `${type}:${id}`)
  const listed = (name: ListName, type: string): string[] => keys(type, lists[name](busy))
  const first = (name: ListName): string => lists[name](busy)[0]?.id ?? ''
  const href = (name: ListName): string => lists[name](busy)[0]?.href ?? ''
  const host = (path: string): string => at(`/webclients/host/companies/${company.id}/projects/${busy}/tools/${path}`)
  const legacy = (path: string): string => at(`/${busy}/project/${path}`)
  const root = (path: string): string => at(`/${company.id}/company/${path}`)
  const sc = `work_order_contracts/${withPayment.id}`
  const co = `work_order_contracts/${withOrder.id}`
  const prime = `prime_contracts/${first('prime-contracts')}`
  const all = [...lists['commitments'](busy)].map(
    ({ id, href: to }) => `${to.includes('work_order') ? 'work' : 'purchase'}-order-contract:${id}`,
  )
  const list = (name: string, kind: PageKind, address: string, rows: string[]): Sample => ({ name, kind, address, title: null, rows })
  const record = (name: string, kind: PageKind, address: string, title: string, rows: string[] | null = null): Sample => ({
    ...{ name, kind, address, title, rows },
  })
  const [payment] = paymentsOf(busy, withPayment)
  const [invoice] = invoicesOf(busy, withPayment)
  const [changeOrder] = changeOrdersOf(busy, withOrder)
  const [vendor] = read.vendors()
  const scKey = `work-order-contract:${withPayment.id}`
  const coKey = `work-order-contract:${withOrder.id}`
  const primeKey = `prime-contract:${first('prime-contracts')}`
  const primeOrders = [
    ...listed('prime-change-orders', 'prime-change-order'),
    ...listed('potential-change-orders', 'potential-change-order'),
  ]
  const companies = [0, 1, 3, 4].flatMap((n) => read.vendors()[n % 3]?.id ?? []).map((id) => `vendor:${id}`)
  const everywhere = (name: ListName, type: string): string[] => read.projects().flatMap(({ id }) => keys(type, lists[name](String(id))))
  return [
    list('commitments, new', 'commitments', host('contracts/commitments'), all),
    list('commitments, legacy', 'commitments', legacy('commitments'), all),
    record('subcontract, new', 'subcontract', host(`contracts/commitments/${sc}`), scKey),
    record(
      'its change orders, new',
      'subcontract',
      host(`contracts/commitments/${co}/change_orders`),
      coKey,
      keys('commitment-change-order', changeOrdersOf(busy, withOrder)),
    ),
    record(
      'its invoices, new',
      'subcontract',
      host(`contracts/commitments/${sc}/invoices`),
      scKey,
      keys('requisition', invoicesOf(busy, withPayment)),
    ),
    record(
      'its payments, new',
      'subcontract',
      host(`contracts/commitments/${sc}/payments`),
      scKey,
      keys('contract-payment', paymentsOf(busy, withPayment)),
    ),
    record('subcontract, legacy', 'subcontract', legacy(`commitments/${sc}`), scKey),
    record(
      'its change orders, legacy',
      'subcontract',
      legacy(`commitments/${co}/change_orders`),
      coKey,
      keys('commitment-change-order', changeOrdersOf(busy, withOrder)),
    ),
    record(
      'its invoices, legacy',
      'subcontract',
      legacy(`commitments/${sc}/requisitions`),
      scKey,
      keys('requisition', invoicesOf(busy, withPayment)),
    ),
    record(
      'its payments, legacy',
      'subcontract',
      legacy(`commitments/${sc}/contract_payments`),
      scKey,
      keys('contract-payment', paymentsOf(busy, withPayment)),
    ),
    record(
      'purchase order, new',
      'purchase-order',
      host(`contracts/commitments/purchase_order_contracts/${order.id}`),
      `purchase-order-contract:${order.id}`,
    ),
    record(
      'purchase order, legacy',
      'purchase-order',
      legacy(`commitments/purchase_order_contracts/${order.id}`),
      `purchase-order-contract:${order.id}`,
    ),
    record(
      'commitment change order, legacy',
      'commitment-change-order',
      at(changeOrder?.href ?? ''),
      `commitment-change-order:${changeOrder?.id}`,
    ),
    record('subcontractor invoice, legacy', 'subcontractor-invoice', at(invoice?.href ?? ''), `requisition:${invoice?.id}`),
    record('payment, legacy', 'payment', at(payment?.href ?? ''), `contract-payment:${payment?.id}`),
    list(
      'change orders of commitments, legacy',
      'change-orders',
      legacy('change_orders/list?tab=commitments'),
      listed('change-orders', 'commitment-change-order'),
    ),
    list('change orders of prime contracts, legacy', 'change-orders', legacy('change_orders/list?tab=prime'), primeOrders),
    list(
      'subcontractor invoices, new',
      'subcontractor-invoices',
      host('invoicing/subcontractor'),
      listed('subcontractor-invoices', 'requisition'),
    ),
    list('prime contracts, new', 'prime-contracts', host('contracts/prime_contracts'), [primeKey]),
    list('prime contracts, legacy', 'prime-contracts', legacy('prime_contracts'), [primeKey]),
    record('prime contract, new', 'prime-contract', host(`contracts/${prime}`), primeKey),
    record('its change orders, both kinds, new', 'prime-contract', host(`contracts/${prime}/change_orders`), primeKey, primeOrders),
    record(
      'its invoices, prime, new',
      'prime-contract',
      host(`contracts/${prime}/invoices`),
      primeKey,
      listed('owner-invoices', 'payment-application'),
    ),
    record('prime contract, legacy', 'prime-contract', legacy(prime), primeKey),
    record(
      'its invoices, prime, legacy',
      'prime-contract',
      legacy(`contracts/${prime}/invoices`),
      primeKey,
      listed('owner-invoices', 'payment-application'),
    ),
    record(
      'prime change order, legacy',
      'prime-change-order',
      at(href('prime-change-orders')),
      `prime-change-order:${first('prime-change-orders')}`,
    ),
    record(
      'potential change order, legacy',
      'potential-change-order',
      at(href('potential-change-orders')),
      `potential-change-order:${first('potential-change-orders')}`,
    ),
    list('owner invoices, new', 'owner-invoices', host('invoicing'), listed('owner-invoices', 'payment-application')),
    record('owner invoice, legacy', 'owner-invoice', at(href('owner-invoices')), `payment-application:${first('owner-invoices')}`),
    list('change events, new', 'change-events', host('change-events/events'), listed('change-events', 'change-event')),
    list('change events, legacy', 'change-events', legacy('change_events/events'), listed('change-events', 'change-event')),
    record(
      'change event, new',
      'change-event',
      host(`change-events/events/${first('change-events')}`),
      `change-event:${first('change-events')}`,
    ),
    record('change event, legacy', 'change-event', at(href('change-events')), `change-event:${first('change-events')}`),
    list('direct costs, new', 'direct-costs', host('direct-costs/summary'), listed('direct-costs', 'direct-cost')),
    list('direct costs, legacy', 'direct-costs', legacy('direct_costs'), listed('direct-costs', 'direct-cost')),
    record('direct cost, legacy', 'direct-cost', at(href('direct-costs')), `direct-cost:${first('direct-costs')}`),
    list('directory, new', 'directory', host('directory/users'), companies),
    list('directory, legacy', 'directory', legacy('directory/groups/users'), companies),
    record('vendor, legacy', 'vendor', legacy(`directory/edit_vendor/${vendor?.id}`), `vendor:${vendor?.id}`),
    list(
      'portfolio',
      'portfolio',
      root('home'),
      keys(
        'project',
        read.projects().map(({ id }) => ({ id: String(id) })),
      ),
    ),
    record('budget, new', 'budget', host('budgets'), `project:${busy}`),
    record('budget, legacy', 'budget', legacy('budgeting'), `project:${busy}`),
    record('project home, new', 'project-home', host('projecthome'), `project:${busy}`),
    record('project home, legacy', 'project-home', legacy('home'), `project:${busy}`),
    ...erpTabs.map(([tab, type, name]) =>
      list(`${tab} in the ERP tool`, 'erp-tool', root(`erp_integrations/${tab}`), everywhere(name, type)),
    ),
  ]
}

type Badge = { key: string | null; state: string | null }

/** Badges in rows and beside titles, as they stand in the page from top to bottom; legacy rows and grids alike. */
const badgesIn = (page: Page, feature: string): Promise<Badge[]> =>
  page.$$eval(`.tieback-${feature}`, (all) =>
    all
      .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
      .map((badge) => ({
        key: (badge as HTMLElement).dataset['key'] ?? null,
        state: badge.querySelector<HTMLElement>('.tieback-pill')?.dataset['state'] ?? null,
      })),
  )

const told = (key: string): Badge => ({ key, state: stateOf(key.split(':')[1] ?? '') })

/** What is wrong with the marks of a page; nothing once its title and each drawn row carry exactly their own badge. */
export async function wrongMarks(page: Page, { title, rows }: Sample): Promise<string[]> {
  const [titles, marks] = [await badgesIn(page, 'sync-status'), await badgesIn(page, 'list-status')]
  const drawn = await page.$$eval(
    '.ag-pinned-left-cols-container > .ag-row, table.item-list tbody > tr, [data-id]:has(a)',
    (all) => all.length,
  )
  const wanted = (rows ?? []).slice(0, drawn).map(told)
  const wrong: string[] = []
  if (rows && drawn === 0) wrong.push('no rows')
  if (JSON.stringify(titles) !== JSON.stringify(title === null ? [] : [told(title)])) wrong.push(`title: ${JSON.stringify(titles)}`)
  if (rows && JSON.stringify(marks) !== JSON.stringify(wanted))
    wrong.push(`rows: ${JSON.stringify(marks.slice(0, 3))} of ${marks.length} for ${drawn}`)
  if (!rows && marks.length > 0) wrong.push(`${marks.length} rows marked where none is listed`)
  return wrong
}
