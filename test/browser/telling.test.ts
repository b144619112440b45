import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BrowserName, openExtensionPage } from './browsers.ts'
import { stateOf } from './told.ts'
import { openToldPages, type ToldPages } from './told-pages.ts'

const until = { timeout: 20_000 }

/** What stands in one of our own elements of the page. */
const inShadow = <T>(page: Page, element: string, read: string): Promise<T> =>
  page.evaluate(
    `(() => { const root = document.querySelector('${element}')?.shadowRoot; return root ? (${read})(root) : null })()`,
  ) as Promise<T>

/** Asks the background as the popup does, while another tab is in front. */
const ownCall = <T>(page: Page, own: string, input: unknown): Promise<T> =>
  page.evaluate(`(globalThis.browser ?? chrome).runtime.sendMessage(${JSON.stringify({ own, input })})`) as Promise<T>

describe.each<BrowserName>(['chromium', 'firefox'])('telling in %s', (name) => {
  let pages: ToldPages

  beforeAll(async () => {
    pages = await openToldPages(name, { pages: { mounts: 'at-once' } })
  })
  afterAll(() => pages[Symbol.asyncDispose]())

  const one = (state: string): string =>
    String(pages.served.company.commitments(Number(pages.served.project)).find(({ id }) => stateOf(String(id)) === state)?.id)
  const openRecord = async (state: string): Promise<void> => {
    await pages.page.goto(`${pages.list}/work_order_contracts/${one(state)}`)
    await pages.page.waitForSelector(`.tieback-sync-status .tieback-pill[data-state="${state}"]`, until)
    await pages.page.bringToFront()
  }

  test('“Try again” tries the cause again and says so; without anything behind it both sides are looked at', async () => {
    const { page, agent } = pages
    await openRecord('failed')
    const press = async (): Promise<string[]> => {
      agent.calls.length = 0
      await page.click('.tieback-sync-status .tieback-pill')
      await page.locator('tieback-popover >>> .problem button').setTimeout(until.timeout).click()
      await page.waitForFunction(
        () => document.querySelector('tieback-popover')?.shadowRoot?.querySelector('.problem [role="status"]')?.textContent === 'Started.',
        until,
      )
      await page.keyboard.press('Escape')
      return agent.calls.filter((call) => call.startsWith('POST /problems') || call.endsWith('/resync'))
    }
    expect(await press()).toEqual(['POST /problems/retry'])
    const known = agent.told.problems
    agent.told.problems = []
    expect(await press()).toEqual(['POST /problems/retry', expect.stringMatching(/^POST \/links\/.*\/resync$/)])
    agent.told.problems = known
  })

  test('our toasts stand above Procore’s own, also above one that comes later', async () => {
    const { page, agent } = pages
    await openRecord('synced')
    agent.emit({ kind: 'file-refused', person: '1', data: { file: 'vendors.csv', code: 'file-unknown' } })
    const bottomOfOurs = (): Promise<number | null> =>
      page.evaluate(() => {
        const toasts = document.querySelector('tieback-toasts')?.shadowRoot?.querySelectorAll('.toast')
        return toasts?.length ? Math.max(...[...toasts].map((toast) => toast.getBoundingClientRect().bottom)) : null
      })
    await expect.poll(bottomOfOurs, until).toBe(720)
    await page.evaluate(() => {
      const theirs = Object.assign(document.createElement('div'), { className: 'toast success', id: 'theirs', textContent: 'Saved' })
      document.querySelector('body > [class*="StyledPortal-core-"] [timeout]')?.append(theirs)
    })
    const top = await page.$eval('#theirs', (toast) => toast.getBoundingClientRect().top)
    await expect.poll(bottomOfOurs, until).toBe(top - 8)
    await page.evaluate(() => document.querySelector('#theirs')?.remove())
    await expect.poll(bottomOfOurs, until).toBe(720)
    expect(await inShadow(page, 'tieback-toasts', '(root) => root.querySelector(".toast").textContent')).toContain('vendors.csv')
  })
})

describe('in Chromium', () => {
  test('a page without the place a badge belongs to is reported, and the popup says so', { timeout: 90_000 }, async () => {
    await using pages = await openToldPages('chromium')
    const { page, open, served, list } = pages
    served.options.broken = true
    await page.goto(list)
    const own = await openExtensionPage(open, 'popup.html', 'main')
    await page.bringToFront()
    const missing = async (): Promise<unknown> =>
      (await ownCall<{ value: { site: { missing: string[] } | null } }>(own, 'overview', {})).value.site?.missing.toSorted()
    await expect.poll(missing, { timeout: 60_000 }).toEqual(['list', 'numberCell'])
    await own.close()
  })

  /** Firefox without a screen shows no notifications, and forgets at once those it could not show. */
  test('with no Procore tab open the system tells what was asked for: the end of a watch, and all with a setting', async () => {
    await using pages = await openToldPages('chromium')
    const { page, open, agent } = pages
    const own = await openExtensionPage(open, 'options.html', 'main')
    const shown = (): Promise<string[]> =>
      own.evaluate('(globalThis.browser ?? chrome).notifications.getAll().then((all) => Object.keys(all))') as Promise<string[]>
    const look = async (): Promise<void> => (await open.browser.newPage()).close() // a tab that closes makes the background look; else an alarm does, each minute
    await page.goto('about:blank')
    agent.emit({ kind: 'run-ended', run: 'r49', person: '1', data: { updated: 1 } })
    agent.emit({ kind: 'watch-fired', run: 'w1', person: '1', data: { code: 'gone', key: 'SC-1001' } })
    await look()
    await expect.poll(shown, until).toEqual(['tieback-w1']) // what a person asked to be told of one record
    await ownCall(own, 'save', { notify: true })
    agent.emit({ kind: 'run-ended', run: 'r50', person: '1', data: { updated: 38, failed: 2 } })
    await look()
    await expect.poll(shown, until).toContain('tieback-r50')
    await own.close()
  })
})
