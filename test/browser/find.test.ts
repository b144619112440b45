import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { objections } from './axe.ts'
import { type BrowserName, openExtensionPage } from './browsers.ts'
import { openToldPages, type ToldPages } from './told-pages.ts'

const until = { timeout: 20_000 }
const hits = (popup: Page): Promise<string[]> => popup.$$eval('.hit', (all) => all.map(({ textContent }) => textContent ?? ''))

describe.each<BrowserName>(['chromium', 'firefox'])('finding in the popup of %s', (name) => {
  let pages: ToldPages

  beforeAll(async () => {
    pages = await openToldPages(name, { pages: { mounts: 'at-once' } })
    await pages.page.goto(pages.list)
    await pages.page.waitForSelector('.tieback-list-line button', until) // now it is known where Procore is read
  })
  afterAll(() => pages[Symbol.asyncDispose]())

  const typed = async (text: string): Promise<Page> => {
    const popup = await openExtensionPage(pages.open, 'popup.html', '#find')
    await popup.type('#find', text)
    return popup
  }
  const addresses = async (): Promise<string[]> => (await pages.open.browser.pages()).map((page) => page.url())

  test('a number and Enter open the record, on the host Procore was last read on', async () => {
    const popup = await typed('sc-1042')
    await popup.keyboard.press('Enter')
    const record = /^https:\/\/us02\.procore\.com\/.*work_order_contracts\/900001/
    await expect.poll(async () => (await addresses()).some((url) => record.test(url)), until).toBe(true)
    for (const page of await pages.open.browser.pages()) if (record.test(page.url())) await page.close()
  })

  test('two of the same number are a person’s to choose from', async () => {
    const popup = await typed('0077')
    await expect.poll(() => hits(popup), until).toHaveLength(2)
    const before = (await addresses()).length
    await popup.keyboard.press('Enter')
    await popup.waitForFunction(() => document.activeElement?.matches('.hit a'), until)
    expect((await addresses()).length).toBe(before)
    expect(await popup.$$eval('.hit a', (all) => all.map((link) => link.getAttribute('href')))).toEqual([
      'https://us02.procore.com/31/project/direct_costs/5',
      'https://us02.procore.com/31/project/direct_costs/6',
    ])
    await popup.close()
  })

  test('what is only in the ERP is shown with its file and line', async () => {
    const popup = await typed('dunlin')
    await expect.poll(() => hits(popup), until).toHaveLength(1)
    expect((await hits(popup))[0]).toContain('in the ERP, not linked · APM_MASTER__VENDOR.csv, line 214')
    expect(await popup.$('.hit a')).toBeNull()
    expect(await objections(popup)).toEqual([])
    await popup.close()
  })

  test('nothing found is said, politely', async () => {
    const popup = await typed('nowhere')
    await popup.waitForFunction(() => document.querySelector('section [role=status]')?.textContent?.includes('nowhere'), until)
    await popup.close()
  })
})
