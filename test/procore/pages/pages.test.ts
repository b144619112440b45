import { describe, expect, test } from 'vitest'
import { whichPage } from '../../../extension/pages/which-page.ts'
import { samplesOf } from '../../browser/page-kinds.ts'
import { practiceCompany } from '../practice-company.ts'
import { pagesOptions } from './options.ts'
import { pagesRoutes } from './routes.ts'
import { shownMoney } from './shown.ts'

const company = practiceCompany()
const project = String(company.commitments()[0]?.project_id)
const options = pagesOptions()
const app = pagesRoutes(company, options)
const get = (path: string, of = app): Promise<Response> => Promise.resolve(of.request(path, { headers: { host: 'us02.procore.com' } }))
const textOf = async (path: string, of = app): Promise<string> => (await get(path, of)).text()
const host = `/webclients/host/companies/${company.id}/projects/${project}/tools/contracts/commitments`
const contract = company.commitments(Number(project)).find((one) => one.kind === 'WorkOrderContract')

test.each([
  [`/${project}/project/commitments`, host],
  [`/${project}/project/commitments/list`, host],
  [`/${project}/project/contracts/commitments`, host],
  [`/${project}/project/contracts/commitments/work_order_contracts/${contract?.id}`, `${host}/work_order_contracts/${contract?.id}`],
  [
    `/${project}/project/commitments/work_order_contracts/${contract?.id}/change_orders`,
    `${host}/work_order_contracts/${contract?.id}/change_orders`,
  ],
  [`/set_project/${project}`, `/${project}/project/home`],
  [`/set_company/${company.id}`, `/${company.id}/company/home`],
])('%s leads to %s', async (from, to) => {
  const answer = await get(from)
  expect([answer.status, answer.headers.get('location')]).toEqual([302, to])
})

test('leaving the new pages keeps a person on the legacy ones', async () => {
  const own = pagesOptions()
  const routes = pagesRoutes(company, own)
  await get(`/${project}/project/contracts/opt_out_commitments`, routes)
  const list = await get(`/${project}/project/commitments`, routes)
  expect(list.status).toBe(200)
  expect(await list.text()).toContain(`href="/${project}/project/commitments/work_order_contracts/${contract?.id}"`)
})

test.each([
  `/9/project/commitments/work_order_contracts/1`,
  `/${project}/project/direct_costs/1`,
  `/${project}/project/commitments/purchase_order_contracts/${contract?.id}`,
])('there is no page at %s', async (path) =>
  expect((await get(path, pagesRoutes(company, pagesOptions({ newContracts: false })))).status).toBe(404),
)

describe('a page of every kind, in each family the facts know', () => {
  const legacyOnly = pagesRoutes(company, pagesOptions({ newContracts: false }))
  test.each(samplesOf(company).map(({ name, kind, address }) => [name, kind, address] as const))('%s', async (_, kind, address) => {
    expect(whichPage(address)?.kind).toBe(kind)
    const answer = await get(new URL(address).pathname + new URL(address).search, legacyOnly)
    expect(answer.status).toBe(200)
  })

  test.each([
    'prime-contracts',
    'change-events',
    'owner-invoices',
    'subcontractor-invoices',
    'direct-costs',
    'budget',
    'directory',
    'project-home',
  ])('the new page %s has something to show', async (tool) =>
    expect((await get(`/stand-in/data/${project}/tool/${tool}`)).status).toBe(200),
  )

  test('a prime change order is reached by the list’s detour', async () => {
    const list = await textOf(`/${project}/project/change_orders/list?tab=prime`)
    const detour = /href="([^"]*route_to_change_order_package[^"]*)"/.exec(list)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const answer = await get(detour)
    expect(answer.status).toBe(302)
    expect(whichPage(`https://us02.procore.com${answer.headers.get('location')}`)?.kind).toBe('prime-change-order')
  })

  test.each([
    `/${project}/project/prime_contracts/1`,
    `/${project}/project/change_events/events/1`,
    `/${project}/project/commitments/work_order_contracts/${contract?.id}/requisitions/1`,
    `/${company.id}/company/erp_integrations/unheard_of`,
    `/stand-in/data/${project}/tool/unheard-of`,
    `/stand-in/data/${project}/tool/prime-contracts/1`,
  ])('there is none at %s', async (path) => expect((await get(path, legacyOnly)).status).toBe(404))
})

test('a record is only found under its own kind of contract', async () => {
  const routes = pagesRoutes(company, pagesOptions({ newContracts: false }))
  expect((await get(`/${project}/project/commitments/work_order_contracts/${contract?.id}`, routes)).status).toBe(200)
})

test('what a record says is shown as text, never as markup', async () => {
  const own = practiceCompany()
  own.edit('work_order_contracts', contract?.id ?? 0, { title: '<script>alert(1)</script>' })
  const page = await textOf(
    `/${project}/project/commitments/work_order_contracts/${contract?.id}`,
    pagesRoutes(own, pagesOptions({ newContracts: false })),
  )
  expect(page).toContain('&lt;script&gt;alert(1)')
  expect(page).not.toContain('<script>alert')
})

test('the language stands where Procore leaves it, and the new shell keeps lang="en"', async () => {
  const routes = pagesRoutes(company, pagesOptions({ locale: 'fr-CA' }))
  const shell = await textOf(host, routes)
  expect(shell).toContain('<html lang="en">')
  expect(shell).toMatch(/"visitor":\{[^}]*"locale":"fr-CA"/)
  expect(await textOf(`/${project}/project/direct_costs`, routes)).toContain('I18n.locale="fr-CA"')
})

test('the strict policy names a nonce that every script carries, fresh each time', async () => {
  const routes = pagesRoutes(company, pagesOptions({ csp: 'strict' }))
  const [first, second] = await Promise.all([get(host, routes), get(host, routes)])
  const nonceOf = (answer: Response): string => /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? ''
  expect(nonceOf(first)).not.toBe(nonceOf(second))
  const scripts = (await first.text()).match(/<script[^>]*>/g) ?? []
  expect(scripts.length).toBeGreaterThan(2)
  for (const script of scripts) expect(script).toContain(`nonce="${nonceOf(first)}"`)
})

test('each start is another release: its class names hash anew', async () => {
  const release = async (of: typeof app): Promise<string | undefined> => /"release":"(\w+)"/.exec(await textOf(host, of))?.[1]
  expect(await release(app)).toBe(await release(app))
  expect(await release(app)).not.toBe(await release(pagesRoutes(company, options)))
})

test('the list can be filled up with rows that belong to nobody', async () => {
  const routes = pagesRoutes(company, pagesOptions({ rows: 2000 }))
  const { rows }: { rows: { id: string }[] } = JSON.parse(await textOf(`/stand-in/data/${project}/commitments`, routes))
  expect(new Set(rows.map((row) => row.id)).size).toBe(2000)
})

test.each([
  ['-12345.6', '-$12,345.60'],
  ['0.0', '$0.00'],
  ['1000000.25', '$1,000,000.25'],
  ['', ''],
])('%s is shown as %s', (text, shown) => expect(shownMoney(text)).toBe(shown))
