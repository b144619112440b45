import type { Page } from 'puppeteer'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AnchorName, anchors } from '../../extension/pages/anchors.ts'
import { whichPage } from '../../extension/pages/which-page.ts'
import { pagesOptions } from '../procore/pages/options.ts'
import { type BrowserName, type OpenBrowser, openBrowser } from './browsers.ts'
import { makeCertificate } from './certificate.ts'
import { type ServedPages, startPages } from './start-pages.ts'

const at = (path: string): string => `https://us02.procore.com${path}`

/** How often each of these anchors is in the page now, by the selector that wins. */
const countsOf = (page: Page, names: AnchorName[]): Promise<Record<string, number>> =>
  page.evaluate(
    (wanted) =>
      Object.fromEntries(
        wanted.map(([name, selectors]) => [
          name,
          selectors.map((css) => document.querySelectorAll(css).length).find((count) => count > 0) ?? 0,
        ]),
      ),
    names.map((name): [string, string[]] => [name, anchors[name].selectors.map(({ css }) => css)]),
  )

const numbersShown = (page: Page): Promise<string[]> =>
  page.$$eval('.ag-pinned-left-cols-container > .ag-row', (rows) =>
    rows
      .sort((a, b) => Number(a.getAttribute('row-index')) - Number(b.getAttribute('row-index')))
      .map((row) => row.querySelector('[col-id="number"] a')?.textContent ?? ''),
  )

describe.each<BrowserName>(['chromium', 'firefox'])('the practice pages in %s', (name) => {
  let served: ServedPages
  let open: OpenBrowser
  let page: Page
  let commitments: ReturnType<ServedPages['company']['commitments']>

  beforeAll(async () => {
    served = await startPages()
    commitments = served.company.commitments(Number(served.project))
    open = await openBrowser(name, { standIn: served })
    page = await open.browser.newPage()
    await page.setViewport({ width: 1400, height: 850 })
  })
  afterAll(async () => {
    await open?.close()
    await served?.close()
  })
  beforeEach(() => void Object.assign(served.options, pagesOptions()))

  const openList = async (): Promise<void> => {
    await page.goto(at(`/${served.project}/project/commitments`))
    await page.waitForSelector('.ag-cell[col-id="number"] a')
    await page.waitForSelector('[data-header="logo"]')
  }
  const fetched = async (change: () => Promise<void>): Promise<void> => {
    const answered = page.waitForResponse((response) => response.url().includes('/stand-in/data/'))
    await change()
    await answered
  }

  test('an opted-in person is sent from the legacy list to the new one, which knows itself', async () => {
    await openList()
    expect(whichPage(page.url())).toMatchObject({
      kind: 'commitments',
      family: 'host',
      company: String(served.company.id),
      project: served.project,
    })
    expect(await page.title()).toMatch(/^Commitments • /)
  })

  test('the list holds 250 rows and draws only those in view, each in a pinned and a center part', async () => {
    await openList()
    const drawn = await page.$$eval('.ag-pinned-left-cols-container > .ag-row', (rows) => rows.length)
    expect(commitments).toHaveLength(250)
    expect(drawn).toBeGreaterThan(10)
    expect(drawn).toBeLessThan(60)
    expect(await countsOf(page, ['numberCell', 'numberLink', 'list', 'companyLink', 'projectLink', 'contextScript', 'content'])).toEqual({
      ...{ numberCell: drawn, numberLink: drawn, list: 1, companyLink: 1, projectLink: 1, contextScript: 1, content: 1 },
    })
    expect((await countsOf(page, ['erpStatusCell'])).erpStatusCell).toBe(drawn)
    expect(await page.$eval('.ag-floating-bottom .ag-cell[col-id="grandTotal"]', (cell) => cell.textContent)).toMatch(/^\$[\d,]+\.\d\d$/)
  })

  test('a company without the ERP column has none', async () => {
    served.options.erpStatusColumn = false
    await openList()
    expect(await countsOf(page, ['erpStatusCell', 'nativeMark'])).toEqual({ erpStatusCell: 0, nativeMark: 0 })
  })

  test('scrolling draws other rows with other ids', async () => {
    await openList()
    const before = new Set(
      await page.$$eval('.ag-pinned-left-cols-container > .ag-row', (rows) => rows.map((row) => row.getAttribute('row-id'))),
    )
    await page.$eval('.ag-body-viewport', (viewport) => viewport.scrollTo(0, 4000))
    await page.waitForSelector('.ag-pinned-left-cols-container > .ag-row[row-index="125"]')
    const after = await page.$$eval('.ag-pinned-left-cols-container > .ag-row', (rows) => rows.map((row) => row.getAttribute('row-id')))
    expect(after.filter((id) => before.has(id))).toEqual([])
  })

  test('a click on a heading sorts the rows', async () => {
    await openList()
    await page.click('.ag-header-cell[col-id="number"] .ag-header-cell-label')
    await page.waitForSelector('.ag-header-cell[col-id="number"][aria-sort="ascending"]')
    const shown = await numbersShown(page)
    expect(shown).toEqual(
      commitments
        .map((one) => one.number)
        .toSorted()
        .slice(0, shown.length),
    )
  })

  test('searching keeps the rows that fit', async () => {
    await openList()
    const number = commitments[120]?.number ?? ''
    await page.type('[data-qa="core-typeahead-input"]', number)
    await page.waitForFunction(() => document.querySelectorAll('.ag-pinned-left-cols-container > .ag-row').length === 1)
    expect(await numbersShown(page)).toEqual([number])
  })

  test('a refresh shows what changed in Procore meanwhile, and gives the cell a new content', async () => {
    await openList()
    const one = commitments[1]
    if (!one) throw new Error('The practice company has no second commitment.')
    const cell = `.ag-row[row-id="${one.id}"] > .ag-cell[col-id="erpStatus"]`
    expect(await page.$(`${cell} [data-qa="erpStatus"]`)).toBeNull()
    await page.$eval(cell, (element) => element.append(Object.assign(document.createElement('b'), { id: 'stranger' })))
    served.company.edit(one.kind === 'WorkOrderContract' ? 'work_order_contracts' : 'purchase_order_contracts', one.id, {
      origin_id: 'practice:1',
    })
    await fetched(() => page.click('[data-stand-in="refetch"]'))
    await page.waitForSelector(`${cell} [data-qa="erpStatus"]`)
    expect(await page.$('#stranger')).toBeNull()
  })

  test('an opened row holds a grid of its own, whose rows are not taken for commitments', async () => {
    await openList()
    await page.click('.expander')
    await page.waitForSelector('.ag-details-row .ag-row [col-id="number"] a')
    const own = await page.$$eval('.ag-pinned-left-cols-container > .ag-row', (rows) => rows.length)
    expect((await countsOf(page, ['numberCell'])).numberCell).toBe(own)
  })

  test('a commitment changes its tab in place: new address and content, the same document', async () => {
    const one = commitments[0]
    await page.goto(at(`/${served.project}/project/commitments/work_order_contracts/${one?.id}`))
    await page.waitForSelector('[data-qa="field_number"]')
    await page.waitForSelector('[data-header="logo"]')
    expect(await countsOf(page, ['recordTitle', 'headerActions', 'numberField', 'vendorField'])).toEqual({
      ...{ recordTitle: 1, headerActions: 1, numberField: 1, vendorField: 1 },
    })
    await page.evaluate(() => document.body.append(Object.assign(document.createElement('i'), { id: 'still-here' })))
    await page.click('[data-qa="detailTab_changeOrders"]')
    await page.waitForFunction(() => !document.querySelector('[data-qa="field_number"]') && document.querySelector('.tab-content > *'))
    expect(whichPage(page.url())).toMatchObject({ kind: 'subcontract', tab: 'change_orders', item: { id: String(one?.id) } })
    expect(await page.$('#still-here')).not.toBeNull()
    expect(await page.title()).toContain(one?.number)
  })

  test('where links open in place, list and record follow each other without a load, back and forth', async () => {
    served.options.gridLinks = 'in-place'
    await openList()
    await page.evaluate(() => document.body.append(Object.assign(document.createElement('i'), { id: 'still-here' })))
    await page.click('.ag-cell[col-id="number"] a')
    await page.waitForSelector('[data-qa="field_number"]')
    expect(whichPage(page.url())?.kind).toBe('subcontract')
    await page.click('[data-qa="breadcrumb_root"]')
    await page.waitForSelector('.ag-cell[col-id="number"] a')
    await page.evaluate(() => history.back())
    await page.waitForSelector('[data-qa="field_number"]')
    expect(await page.$('#still-here')).not.toBeNull()
  })

  test('a person without rights sees no header actions', async () => {
    served.options.rights = 'read-only'
    await page.goto(at(`/${served.project}/project/commitments/work_order_contracts/${commitments[0]?.id}`))
    await page.waitForSelector('[data-qa="field_number"]')
    expect(await countsOf(page, ['recordTitle', 'headerActions'])).toEqual({ recordTitle: 1, headerActions: 0 })
  })

  test('who left the new pages stays on the legacy ones, which hide the company until the header mounts', async () => {
    served.options.newContracts = false
    served.options.locale = 'fr-CA'
    await page.goto(at(`/${served.project}/project/commitments`))
    expect(whichPage(page.url())).toMatchObject({ kind: 'commitments', family: 'legacy', company: null })
    await page.waitForSelector('[data-header="logo"]')
    expect(await countsOf(page, ['list', 'numberLink', 'companyLink'])).toEqual({ list: 1, numberLink: 250, companyLink: 1 })
    await page.goto(at(`/${served.project}/project/commitments/work_order_contracts/${commitments[0]?.id}`))
    expect(whichPage(page.url())).toMatchObject({ kind: 'subcontract', family: 'legacy' })
    expect(await countsOf(page, ['recordTitle', 'headerActions'])).toEqual({ recordTitle: 1, headerActions: 0 })
  })

  test('a synced direct cost shows its mark and why it is locked', async () => {
    const cost = served.company.add('direct_costs', {
      ...{ project_id: Number(served.project), direct_cost_type: 'invoice', direct_cost_date: '2026-08-14', description: 'Site fencing' },
      ...{
        invoice_number: '77',
        vendor_id: null,
        employee_id: null,
        status: 'approved',
        terms: null,
        payment_date: null,
        received_date: null,
      },
      origin_id: 'practice:2',
    })
    await page.goto(at(`/${served.project}/project/direct_costs/${cost.id}`))
    expect(whichPage(page.url())).toMatchObject({ kind: 'direct-cost', item: { type: 'direct-cost', id: String(cost.id) } })
    expect(await countsOf(page, ['recordTitle', 'lockedText', 'nativeMark'])).toEqual({
      recordTitle: 1,
      lockedText: 1,
      nativeMark: 1,
    })
  })

  test('with the strict policy the list still draws, and nothing else may connect', async () => {
    served.options.csp = 'strict'
    await openList()
    expect((await countsOf(page, ['numberCell'])).numberCell).toBeGreaterThan(10)
    const elsewhere = await page.evaluate(() =>
      fetch('https://app.procore.com/').then(
        () => 'reached',
        () => 'refused',
      ),
    )
    expect(elsewhere).toBe('refused')
  })

  test('an ended session leads to the login host, and a broken page says so', async () => {
    served.options.session = 'signed-out'
    await page.goto(at(`/${served.project}/project/direct_costs`))
    expect(whichPage(page.url())).toBeNull()
    expect(page.url()).toBe('https://login.procore.com/')
    Object.assign(served.options, pagesOptions({ broken: true }))
    await page.goto(at(`/${served.project}/project/direct_costs`))
    expect(await page.$eval('h1', (heading) => heading.textContent)).toBe('Something went wrong')
  })

  test('a certificate nobody named is refused', async () => {
    const stranger = await openBrowser(name, { standIn: { port: served.port, certificate: await makeCertificate() } })
    try {
      const tab = await stranger.browser.newPage()
      await expect(tab.goto(at('/'))).rejects.toThrow()
    } finally {
      await stranger.close()
    }
  })
})
