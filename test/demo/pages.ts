import type { Page } from 'puppeteer'
import type { OpenBrowser } from '../browser/browsers.ts'
import { waitFor } from '../support/wait-for.ts'
import { watchBadges } from './badges.ts'

const size = { width: 1440, height: 960 }
const until = { timeout: 20_000 }
const badge = '.tieback-pill[data-state]'

/** Opens an address of Procore, waits for its first badge (or one in particular) and notes all from then on. */
export async function openPage({ browser }: OpenBrowser, address: string, first = badge): Promise<Page> {
  const page = await browser.newPage()
  await page.setViewport(size)
  await goTo(page, address, first)
  return page
}

export async function goTo(page: Page, address: string, first = badge): Promise<void> {
  await page.goto(address)
  await page.waitForSelector(first, until)
  await watchBadges(page)
}

/** Opens a record's page and its badge, and waits until the popover shows what it knows. */
export async function openRecord(page: Page, address: string, state: string): Promise<void> {
  await page.goto(address)
  const pill = await page.waitForSelector(`.tieback-sync-status .tieback-pill[data-state="${state}"]`, until)
  await pill?.click()
  await waitFor('the popover shows both sides', () => popoverText(page))
}

/** What the open popover says; null before it has anything to say. */
export const popoverText = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const root = document.querySelector('tieback-popover')?.shadowRoot
    return root?.querySelector('.figures, table, .problem') ? (root.querySelector('.popover')?.textContent ?? null) : null
  })
