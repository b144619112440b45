import type { Page } from 'puppeteer'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pagesOptions } from '../procore/pages/options.ts'
import { rowsOf, strayFrames, watchFrames, wrongRows } from './badge-rows.ts'
import type { BrowserName, OpenBrowser } from './browsers.ts'
import type { ServedPages } from './start-pages.ts'
import { stateOf } from './told.ts'
import type { ToldAgent } from './told-agent.ts'
import { openToldPages, type ToldPages } from './told-pages.ts'

const until = { timeout: 15_000 }

describe.each<BrowserName>(['chromium', 'firefox'])('badges in %s', (name) => {
  let served: ServedPages
  let open: OpenBrowser
  let agent: ToldAgent
  let page: Page
  let pages: ToldPages

  beforeAll(async () => {
    pages = await openToldPages(name, { pages: { csp: 'strict' } })
    ;({ served, open, agent, page } = pages)
  })
  afterAll(() => pages[Symbol.asyncDispose]())
  beforeEach(() => {
    Object.assign(served.options, pagesOptions({ csp: 'strict' }))
    agent.calls.length = 0
  })

  const tools = (): string => pages.list
  const commitments = () => served.company.commitments(Number(served.project))
  const one = (state: string): string => String(commitments().find(({ id }) => stateOf(String(id)) === state)?.id)
  const asked = (): number[] => agent.calls.filter((call) => call.startsWith('POST /status')).map((call) => Number(call.split(' ')[2]))
  const allRight = () => expect.poll(() => wrongRows(page), until).toEqual([])
  const openList = async (): Promise<void> => {
    await page.goto(tools())
    await page.waitForSelector('.ag-cell[col-id="number"] a')
    await allRight()
    await watchFrames(page)
  }
  const title = (state: string) => page.waitForSelector(`.tieback-sync-status .tieback-pill[data-state="${state}"]`, until)
  const grid = (call: string): Promise<unknown> => page.evaluate(`standIn.grid.${call}`)
  const popover = <T>(read: (root: ShadowRoot) => T): Promise<T | null> =>
    page.evaluate(
      `(() => { const root = document.querySelector('tieback-popover')?.shadowRoot; return root ? (${read})(root) : null })()`,
    ) as Promise<T | null>

  test('every listed record gets its own badge, for one request', async () => {
    await openList()
    expect(asked()).toEqual([(await rowsOf(page)).length])
  })

  test.each([true, false])(
    'sorting, redrawing, refetching and scrolling lose none and mix none up (ERP column: %s)',
    async (erpStatusColumn) => {
      Object.assign(served.options, { erpStatusColumn })
      await openList()
      for (const call of [
        "applyColumnState({ state: [{ colId: 'title', sort: 'desc' }] })",
        'refreshCells({ force: true })',
        'redrawRows()',
        "applyColumnState({ state: [{ colId: 'vendor', sort: 'asc' }] })",
        "setGridOption('quickFilterText', 'PO-')",
        "setGridOption('quickFilterText', '')",
      ]) {
        await grid(call)
        await allRight()
      }
      await page.click('[data-stand-in="refetch"]')
      await allRight()
      for (const row of [60, 120, 240, 0]) {
        await grid(`ensureIndexVisible(${row}, 'top')`)
        await allRight()
      }
      expect(await strayFrames(page)).toEqual([])
    },
  )

  test.each([true, false])('a badge wiped in the very frame it was put there comes back (ERP column: %s)', async (erpStatusColumn) => {
    Object.assign(served.options, { erpStatusColumn })
    const { identifier } = await page.evaluateOnNewDocument(() => {
      const wiped = new Set<string>()
      new MutationObserver(() => {
        for (const badge of document.querySelectorAll<HTMLElement>('.tieback-badge')) {
          const key = badge.dataset['key'] ?? ''
          if (!wiped.has(key)) badge.remove()
          wiped.add(key)
        }
      }).observe(document, { childList: true, subtree: true })
      Object.assign(window, { wiped })
    })
    await page.goto(tools())
    await page.removeScriptToEvaluateOnNewDocument(identifier)
    await page.waitForSelector('.ag-cell[col-id="number"] a')
    await expect.poll(() => page.evaluate(() => (Reflect.get(window, 'wiped') as Set<string>).size), until).toBeGreaterThan(0)
    await allRight()
  })

  test('what is known is not asked for again, and a view costs one request', async () => {
    await openList()
    const first = asked().length
    await grid("ensureIndexVisible(100, 'top')")
    await allRight()
    await grid("ensureIndexVisible(0, 'top')")
    await allRight()
    await grid('refreshCells({ force: true })')
    await allRight()
    expect(asked().length).toBe(first + 1)
  })

  test('the badge moves to the ERP column when it is shown, and back when it is hidden', async () => {
    await openList()
    const columns = () =>
      page.$$eval('.tieback-badge', (badges) => [...new Set(badges.map((badge) => badge.parentElement?.getAttribute('col-id')))])
    expect(await columns()).toEqual(['erpStatus'])
    await grid("setColumnsVisible(['erpStatus'], false)")
    await expect.poll(columns, until).toEqual(['number'])
    await allRight()
    await grid("setColumnsVisible(['erpStatus'], true)")
    await expect.poll(columns, until).toEqual(['erpStatus'])
    await allRight()
  })

  test('totals and nested rows get none', async () => {
    await openList()
    const nested = await page.evaluate(
      '[...Array(standIn.grid.getDisplayedRowCount()).keys()].find((at) => standIn.grid.getDisplayedRowAtIndex(at).data.changeOrders?.length > 0)',
    )
    await grid(`ensureIndexVisible(${nested}, 'middle')`)
    const expander = await page.waitForSelector('.expander')
    await expander?.click()
    await page.waitForSelector('.ag-details-row .ag-row')
    await allRight()
    expect(await strayFrames(page)).toEqual([])
  })

  test('the number still opens its record, badge or not', async () => {
    Object.assign(served.options, { erpStatusColumn: false })
    await openList()
    const id = await page.$eval('.tieback-badge', (badge) => (badge as HTMLElement).dataset['key']?.split(':')[1])
    const place = await page.$eval('.tieback-badge .tieback-pill', (pill) => {
      const { left, top, width, height } = pill.getBoundingClientRect()
      return { x: left + width / 2, y: top + height / 2 }
    })
    await Promise.all([page.waitForNavigation(), page.mouse.click(place.x, place.y)])
    expect(page.url()).toContain(String(id))
  })

  test('resting on a row opens its details, Alt+T moves the keyboard there, Esc brings it back', async () => {
    Object.assign(served.options, { erpStatusColumn: false })
    await openList()
    await page.hover('.ag-center-cols-container .ag-row[row-index="2"] .ag-cell[col-id="title"]')
    await page.waitForSelector('tieback-popover', until)
    await page.mouse.move(600, 90)
    await page.waitForSelector('tieback-popover', { ...until, hidden: true })
    await page.click('.ag-center-cols-container .ag-row[row-index="3"] .ag-cell[col-id="title"]')
    await page.keyboard.down('Alt')
    await page.keyboard.press('KeyT')
    await page.keyboard.up('Alt')
    await page.waitForSelector('tieback-popover', until)
    await expect.poll(() => popover((root) => root.activeElement?.getAttribute('aria-label')), until).toBe('Close')
    await page.keyboard.press('Escape')
    await page.waitForSelector('tieback-popover', { ...until, hidden: true })
    expect(await page.evaluate(() => document.activeElement?.getAttribute('col-id'))).toBe('title')
  })

  test('an open record shows its badge, and a click both sides’ numbers and their difference', async () => {
    await page.goto(`${tools()}/work_order_contracts/${one('changed-in-erp')}`)
    await (await title('changed-in-erp'))?.click()
    await expect
      .poll(() => popover((root) => root.querySelector('.differs')?.textContent), until)
      .toBe('Approved changes48,210.5045,000.003,210.50')
    expect(await popover((root) => root.querySelector('.unknown')?.textContent)).toBe('unknown')
    expect(await popover((root) => root.textContent)).toContain('line 214')
    await page.keyboard.press('Escape')
    await page.waitForSelector('tieback-popover', { ...until, hidden: true })
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('tieback-pill')
  })

  test('the badge of an open record that is wiped in the very frame it was put there comes back', async () => {
    const record = await open.browser.newPage()
    await record.evaluateOnNewDocument(() => {
      let wiped = 0
      new MutationObserver(() => {
        const badge = document.querySelector('.tieback-sync-status')
        if (!badge || wiped > 0) return
        badge.remove()
        wiped += 1
        document.documentElement.dataset['wiped'] = String(wiped)
      }).observe(document, { childList: true, subtree: true })
    })
    await record.goto(`${tools()}/work_order_contracts/${one('synced')}`)
    await record.waitForSelector('html[data-wiped] .tieback-sync-status .tieback-pill[data-state="synced"]', until)
    expect(await record.$$eval('.tieback-sync-status', (all) => all.length)).toBe(1)
    await record.close()
  })

  test('a failed record says cause, next step and offers a button', async () => {
    await page.goto(`${tools()}/work_order_contracts/${one('failed')}`)
    await (await title('failed'))?.click()
    await expect
      .poll(() => popover((root) => root.querySelector('.problem')?.textContent), until)
      .toBe('Project Quayside School has no cost code 03-300.Add the code in Procore; this is sent again by itself.Try again')
  })

  test('legacy pages show it too: a commitment and a direct cost, whose address hides the company', async () => {
    Object.assign(served.options, { newContracts: false })
    await page.goto(`https://us02.procore.com/${served.project}/project/commitments/work_order_contracts/${one('synced')}`)
    await title('synced')
    const cost = served.company.tables.direct_costs.where((row) => String(row.project_id) === served.project)[0]
    await page.goto(`https://us02.procore.com/${served.project}/project/direct_costs/${cost?.id}`)
    await title(stateOf(String(cost?.id)))
  })

  test('the legacy list marks each of its records, and opens their details by a rest of the pointer or by Alt+T', async () => {
    Object.assign(served.options, { newContracts: false })
    await page.goto(`https://us02.procore.com/${served.project}/project/commitments`)
    const rows = (): Promise<string[]> =>
      page.$$eval('table.item-list tbody tr', (all) =>
        all.map((row) => {
          const id = row.querySelector('a')?.getAttribute('href')?.split('/').at(-1) ?? ''
          const badges = [...row.querySelectorAll<HTMLElement>('.tieback-badge')]
          const state = badges[0]?.querySelector<HTMLElement>('.tieback-pill')?.dataset['state']
          return badges.length === 1 && badges[0]?.dataset['key']?.split(':')[1] === id && state ? `${id} ${state}` : `${id} wrong`
        }),
      )
    await expect.poll(rows, until).toEqual(commitments().map(({ id }) => `${id} ${stateOf(String(id))}`))
    const link = await page.$('table.item-list tbody tr:nth-child(3) a')
    await link?.hover()
    await page.waitForSelector('tieback-popover', until)
    await page.mouse.move(4, 4)
    await page.waitForSelector('tieback-popover', { ...until, hidden: true })
    await link?.focus()
    await page.keyboard.down('Alt')
    await page.keyboard.press('KeyT')
    await page.keyboard.up('Alt')
    await expect.poll(() => popover((root) => root.querySelector('[role="dialog"]') !== null), until).toBe(true)
    await page.keyboard.press('Escape')
  })

  test('changing the tab of a record draws the title anew, and the badge with it', async () => {
    await page.goto(`${tools()}/work_order_contracts/${one('synced')}`)
    await title('synced')
    await page.click('[data-qa="detailTab_changeHistory"]')
    await page.waitForFunction(() => location.pathname.endsWith('/change_history'))
    await title('synced')
    expect(await page.$$eval('.tieback-sync-status', (badges) => badges.length)).toBe(1)
    expect(asked().length).toBeLessThanOrEqual(1) // none where an earlier page asked already
  })

  test('going from list to record and back in place asks nothing twice', async () => {
    Object.assign(served.options, { gridLinks: 'in-place' })
    await openList()
    const before = asked().length
    const state = (await rowsOf(page))[0]?.state ?? ''
    await page.click('.ag-row[row-index="0"] .ag-cell[col-id="number"] a')
    await title(state)
    await page.click('[data-qa="breadcrumb_root"]')
    await page.waitForSelector('.ag-cell[col-id="number"] a')
    await allRight()
    expect(asked().length).toBe(before)
  })

  test('a change at the agent is painted without anybody reloading, and told once', async () => {
    const id = one('not-linked')
    await page.goto(`${tools()}/work_order_contracts/${id}`)
    await title('not-linked')
    await page.bringToFront()
    const before = agent.told.status
    agent.told.status = (item) => ({ ...before(item), ...(item.id === id ? { state: 'synced' } : {}) })
    agent.emit({ kind: 'link-changed', run: 'r9', items: [{ type: 'work-order-contract', id }] })
    await title('synced')
    agent.emit({ kind: 'run-ended', run: 'r9', data: { updated: 1, failed: 0 } })
    agent.emit({ kind: 'run-ended', run: 'of-others', person: '2', data: { updated: 9, failed: 0 } })
    const toasts = () => page.evaluate(() => document.querySelector('tieback-toasts')?.shadowRoot?.querySelector('.stack')?.textContent)
    await expect.poll(toasts, until).toMatch(/^1 updated · as of \d{1,2}:\d\d( [AP]M)?✕$/)
    // And back: what is known of an item is kept until its agent says that it moved.
    agent.told.status = before
    agent.emit({ kind: 'link-changed', run: 'r10', items: [{ type: 'work-order-contract', id }] })
    await title('not-linked')
  })

  test('the agent stops: badges turn hollow and dated, actions say why; it is back: all is well', async () => {
    await openList()
    await agent.stop()
    const hollow = () => page.$$eval('.tieback-pill[data-look="hollow"]', (pills) => pills.length)
    await expect.poll(hollow, until).toBe((await rowsOf(page)).length)
    expect(await page.$eval('.tieback-pill', (pill) => pill.getAttribute('aria-label'))).toContain('Last known')
    await page.click('.tieback-pill')
    await expect.poll(() => popover((root) => root.querySelector('.problem')?.getAttribute('data-code')), until).toBe('agent-unreachable')
    expect(
      await popover((root) => [...root.querySelectorAll('button')].find((button) => button.textContent === 'Check now')?.disabled),
    ).toBe(true)
    await page.keyboard.press('Escape')
    await agent.start()
    await expect.poll(hollow, { timeout: 45_000 }).toBe(0)
    await allRight()
  })

  test('in German every word is German', async () => {
    Object.assign(served.options, { locale: 'de-DE' })
    await page.goto(`${tools()}/work_order_contracts/${one('changed-in-erp')}`)
    const badge = await title('changed-in-erp')
    expect(await badge?.evaluate((pill) => pill.textContent)).toBe('ERP geändert')
    await badge?.click()
    await expect
      .poll(() => popover((root) => root.querySelector('.differs')?.textContent), until)
      .toBe('Genehmigte Nachträge48.210,5045.000,003.210,50')
    await page.keyboard.press('Escape')
  })

  test('another company than the agent’s is said, and nothing is shown of it', async () => {
    const other = tools().replace(String(served.company.id), '562949959999999')
    await page.goto(`${other}/work_order_contracts/${one('synced')}`)
    await title('wrong-company')
    expect(asked()).toEqual([])
  })
})
