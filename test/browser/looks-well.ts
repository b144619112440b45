import type { Page } from 'puppeteer'
import { expect } from 'vitest'
import { axe } from './axe.ts'
import { tooWide } from './too-wide.ts'

/** What is shown now (`what` names it in a failure): nothing axe objects to, light and dark, and nothing too wide. */
export async function looksWell(page: Page, what: string): Promise<void> {
  for (const value of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }])
    const { violations } = await axe(page).analyze()
    expect(violations.map(({ id, nodes }) => `${what} ${value} ${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([])
  }
  await fits(page, what)
}

/** Nothing is wider than the page or cut off, down to 320 px, which is 400 % of 1280; what axe looks at is the same in every language, widths are not. */
export async function fits(page: Page, what: string): Promise<void> {
  for (const width of [1280, 640, 320]) {
    await page.setViewport({ width, height: 900 })
    expect((await tooWide(page)).map((one) => `${what} ${width}: ${one}`)).toEqual([])
  }
  await page.setViewport({ width: 1280, height: 900 })
}
