import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { objections } from './axe.ts'
import type { BrowserName } from './browsers.ts'
import { erpTabs } from './page-kinds.ts'
import { pasted } from './pasted.ts'
import { openToldPages, type ToldPages } from './told-pages.ts'

const until = { timeout: 20_000 }
const words = (page: Page): Promise<string> =>
  page.$eval('.tieback-list-line', (line) => [...line.children].map(({ textContent }) => textContent).join(' '))
const part = (group: string): string => `.tieback-list-line > button[data-group="${group}"]`
const inDrawer = (page: Page, read: string): Promise<unknown> =>
  page.evaluate(`(() => { const root = document.querySelector('tieback-drawer')?.shadowRoot; return root ? (${read})(root) : null })()`)
const entries = (page: Page): Promise<unknown> => inDrawer(page, '(root) => root.querySelectorAll(".entries > li").length')

describe.each<BrowserName>(['chromium', 'firefox'])('the line above the list in %s', (name) => {
  let pages: ToldPages

  beforeAll(async () => {
    pages = await openToldPages(name, { pages: { mounts: 'at-once' } })
  })
  afterAll(() => pages[Symbol.asyncDispose]())

  const openList = async (): Promise<Page> => {
    const { page, list } = pages
    await page.goto(list)
    await page.bringToFront()
    await page.waitForSelector(part('agree'), until)
    return page
  }
  const openPart = async (page: Page, group: string, count: number): Promise<void> => {
    await page.focus(part(group))
    await page.keyboard.press('Enter')
    await expect.poll(() => entries(page), until).toBe(count)
  }

  /** Lines that “Copy for Excel” in the open drawer brings to another program. */
  const copied = async (page: Page): Promise<string[]> => {
    await page.locator('tieback-drawer >>> .copy-table button').setTimeout(until.timeout).click()
    await expect.poll(() => inDrawer(page, '(root) => root.querySelector(".copy-table [role=status]").textContent'), until).toBe('Copied')
    return (await pasted(page)).split('\n')
  }

  test('says how the whole list stands, whatever rows are drawn, and covers none of them', async () => {
    const page = await openList()
    expect(await words(page)).toMatch(/^231 agree · 9 differ · 7 not linked · as of /)
    const [line, grid] = await page.evaluate(() =>
      ['.tieback-list-line', '[data-qa="data-table-table"] > .ag-theme-alpine'].map((css) => {
        const { top, bottom } = document.querySelector(css)?.getBoundingClientRect() ?? { top: 0, bottom: 0 }
        return { top, bottom }
      }),
    )
    expect(line?.bottom).toBeLessThanOrEqual(grid?.top ?? 0)
    expect(line?.bottom).toBeGreaterThan(line?.top ?? 0)
  })

  test.each(name === 'chromium' ? erpTabs : erpTabs.slice(0, 1))(
    'in the ERP tool (%s) it speaks of the open tab alone, over all projects, and its items can be copied',
    async (tab, type, _name) => {
      const { page, served, agent } = pages
      const { list } = agent.told
      // A question other than this tab's (an earlier page's may still be on its way) gets numbers no page shows.
      agent.told.list = (group, asked) => {
        const known = list(group)
        const ours = JSON.stringify([asked?.types, asked?.everywhere, asked?.project]) === JSON.stringify([[type], true, null])
        return ours ? known : { ...known, counts: { agree: 4 }, items: [] }
      }
      await page.goto(`https://us02.procore.com/${served.company.id}/company/erp_integrations/${tab}`)
      await page.bringToFront()
      await page.waitForSelector(part('agree'), until)
      expect(await words(page)).toMatch(/^231 agree · 9 differ · 7 not linked · as of /)
      await openPart(page, 'differ', 9)
      expect(await copied(page)).toContain('SC-1\tStructural steel, phase 1\tERP-1\tChanged in ERP\tOriginal and Title')
      agent.told.list = list
    },
  )

  test('a part opens its items, by keyboard too; Esc closes and the keyboard is back on the part', async () => {
    const page = await openList()
    await openPart(page, 'differ', 9)
    expect(await inDrawer(page, '(root) => root.querySelector("h2").textContent')).toBe('9 differ')
    const first = '(root) => root.querySelector(".entries > li").textContent'
    expect(await inDrawer(page, first)).toBe('SC-1Changed in ERPStructural steel, phase 1Differs: Original and Title')
    expect(await inDrawer(page, '(root) => root.querySelector(".entries a").getAttribute("href")')).toBe(
      '/31/project/contracts/commitments/work_order_contracts/900001',
    )
    expect(await inDrawer(page, '(root) => root.activeElement.className')).toContain('close')
    const box = await inDrawer(
      page,
      '(root) => { const { right, width } = root.querySelector(".drawer").getBoundingClientRect(); return { right, width, layer: getComputedStyle(root.host).zIndex } }',
    )
    expect(box).toEqual({ right: await page.evaluate(() => document.documentElement.clientWidth), width: 400, layer: '9990' })
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => !document.querySelector('tieback-drawer'), until)
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['group'])).toBe('differ')
  })

  test('follows what happens, in the line and in the open drawer', async () => {
    const page = await openList()
    const { agent } = pages
    await openPart(page, 'differ', 9)
    const known = agent.told.list
    agent.told.list = (group) => ({
      ...known(group),
      counts: { agree: 239, 'not-compared': 2, differ: 1 },
      items: known(group).items.slice(0, 1),
    })
    agent.emit({ kind: 'link-changed', items: [{ type: 'work-order-contract', id: '900001' }] })
    await expect.poll(() => words(page), until).toMatch(/^239 agree · 2 not compared · 1 differs · as of /)
    await expect.poll(() => entries(page), until).toBe(1)
    agent.told.list = known
  })

  test('a list that was never read whole says so instead of counting', async () => {
    const { agent, page, list } = pages
    const known = agent.told.list
    agent.told.list = (group) => ({ ...known(group), counts: null, erpAsOf: null, procoreAsOf: null, connections: {}, items: [] })
    await page.goto(list)
    await page.waitForSelector('.tieback-list-line > span', until)
    expect(await words(page)).toBe('Procore’s list has not been read whole yet')
    agent.told.list = known
  })

  test('the last counts stay, and say so, while the agent is away', async () => {
    const page = await openList()
    await pages.agent.stop()
    await expect.poll(() => words(page), until).toMatch(/^231 agree .* last known; the agent is not reachable$/)
    await pages.agent.start()
    await expect.poll(() => words(page), { timeout: 60_000 }).toMatch(/ as of /)
  })

  test('a page that draws its list anew keeps one line', async () => {
    const page = await openList()
    await page.evaluate(() => {
      const list = document.querySelector('[data-qa="data-table-table"]') as HTMLElement
      list.parentElement?.replaceChildren(list.cloneNode(true))
    })
    await page.waitForSelector(part('agree'), until)
    expect((await page.$$('.tieback-list-line')).length).toBe(1)
  })

  test('“Copy for Excel” brings the listed items to another program, and says so', async () => {
    const page = await openList()
    await openPart(page, 'differ', 9)
    expect((await copied(page)).slice(0, 2)).toEqual([
      'Number\tName\tERP record\tState\tDiffers in',
      'SC-1\tStructural steel, phase 1\tERP-1\tChanged in ERP\tOriginal and Title',
    ])
  })

  test('can be used by everybody', async () => {
    const page = await openList()
    await openPart(page, 'not-linked', 7)
    expect(await objections(page, '.tieback-list-line', 'tieback-drawer')).toEqual([])
  })

  test.each(['de-DE', 'fr-FR', 'fr-CA', 'es'] as const)('fits the page at 200 % (%s)', async (locale) => {
    const { page, served } = pages
    Object.assign(served.options, { locale })
    await page.setViewport({ width: 640, height: 400, deviceScaleFactor: 2 })
    await openList()
    const room = await page.evaluate(() => {
      const line = document.querySelector('.tieback-list-line') as HTMLElement
      const grid = document.querySelector('[data-qa="data-table-table"] > .ag-theme-alpine') as HTMLElement
      return {
        cut: line.scrollWidth > line.clientWidth,
        right: line.getBoundingClientRect().right,
        above: grid.getBoundingClientRect().top - line.getBoundingClientRect().bottom,
      }
    })
    expect(room.cut).toBe(false)
    expect(room.right).toBeLessThanOrEqual(640)
    expect(room.above).toBeGreaterThanOrEqual(0)
    Object.assign(served.options, { locale: 'en' })
    await page.setViewport({ width: 1280, height: 800 })
  })
})
