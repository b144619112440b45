import type { ElementHandle, Page } from 'puppeteer'
import { objections } from './axe.ts'

/** What a dialog in a closed root holds, as the accessibility tree tells it: Chromium alone hands that out (Firefox does not, tried 2026-11). */
const dialog = '::-p-aria([role="dialog"])'

/** All that the open dialogs say; nothing while there is none. */
export async function saidIn(page: Page): Promise<string> {
  const dialogs = await page.$$(dialog)
  return (await Promise.all(dialogs.map((one) => one.evaluate((element) => element.textContent)))).join('')
}

export const buttonsIn = (page: Page, name: string): Promise<ElementHandle[]> => page.$$(`::-p-aria([name="${name}"][role="button"])`)

const boxes = '::-p-aria([role="checkbox"])'
const labelOf = (box: Element): string => box.closest('label')?.textContent ?? ''

/** Each box to tick by its label, in order, and how it stands. */
export async function ticksIn(page: Page): Promise<[string, boolean | 'mixed'][]> {
  const found = await page.$$(boxes)
  return Promise.all(
    found.map((box) =>
      box.evaluate((one) => {
        const { checked, indeterminate } = one as HTMLInputElement
        return [one.closest('label')?.textContent ?? '', indeterminate ? 'mixed' : checked] as [string, boolean | 'mixed']
      }),
    ),
  )
}

/** Clicks the box with this in its label. */
export async function tick(page: Page, label: string): Promise<void> {
  for (const box of await page.$$(boxes)) if ((await box.evaluate(labelOf)).includes(label)) return box.click()
  throw new Error(`nothing to tick is called ${label}`)
}

/** What keeps somebody from using the dialog. axe cannot see into a closed root: it looks at the same content where it can. */
export async function violationsIn(page: Page): Promise<string[]> {
  const shown = await page.waitForSelector(dialog, { timeout: 20_000 })
  const html = await shown?.evaluate((one) => (one.getRootNode() as ShadowRoot).innerHTML)
  const copy = await page.browser().newPage()
  await copy.setContent(`<!doctype html><html lang="en"><title>copy</title><body><main>${html}</main></body></html>`)
  await copy.waitForSelector('dialog', { timeout: 20_000 })
  const found = await objections(copy)
  await copy.close()
  await page.bringToFront() // the keyboard goes on where it was
  return found
}
