import type { Page } from 'puppeteer'
import { expect } from 'vitest'
import { objections } from './axe.ts'
import { tooWide } from './too-wide.ts'

/** What is shown now (`what` names it in a failure): nothing axe objects to, light and dark, and nothing too wide or cut off, down to 320 px, which is 400 % of 1280. */
export async function looksWell(page: Page, what: string): Promise<void> {
  for (const value of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }])
    expect((await objections(page)).map((one) => `${what} ${value} ${one}`)).toEqual([])
  }
  for (const width of [1280, 640, 320]) {
    await page.setViewport({ width, height: 900 })
    expect((await tooWide(page)).map((one) => `${what} ${width}: ${one}`)).toEqual([])
  }
  await page.setViewport({ width: 1280, height: 900 })
}
