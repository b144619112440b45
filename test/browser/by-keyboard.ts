// What a person without a mouse does: the browser's own keys, and nothing is focused by script.
import type { KeyInput, Page } from 'puppeteer'
import { expect } from 'vitest'

const until = { timeout: 30_000 }
/** More stops than a practice page has. */
const stops = 120

/** One key while another is held. */
export async function chord(page: Page, held: KeyInput, key: KeyInput): Promise<void> {
  await page.keyboard.down(held)
  await page.keyboard.press(key)
  await page.keyboard.up(held)
}

export const tab = (page: Page, back = false): Promise<void> => (back ? chord(page, 'Shift', 'Tab') : page.keyboard.press('Tab'))

/** Whether the keyboard is in something that matches, in the page or in an open root. */
export const isAt = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((wanted) => {
    let at = document.activeElement
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
    return at?.matches(wanted) ?? false
  }, selector)

/** From stop to stop until the keyboard is there; what cannot be reached so is out of reach for whoever has no mouse. */
export async function tabTo(page: Page, isThere: () => Promise<boolean>, back = false): Promise<void> {
  for (let stop = 0; stop < stops; stop += 1) {
    if (await isThere()) return
    await tab(page, back)
  }
  throw new Error(`${stops} stops of the Tab key do not lead there.`)
}

/** The words of what holds the keyboard in an open dialog, `textarea` for a field; Chromium alone tells what a closed root holds. */
export async function heldIn(page: Page): Promise<string | null> {
  const held = await (await page.$('::-p-aria([role="dialog"])'))?.evaluate((one) => {
    const at = (one.getRootNode() as ShadowRoot).activeElement
    return at?.localName === 'textarea' ? 'textarea' : (at?.textContent ?? null)
  })
  return held ?? null
}

/** Enter, until the dialog goes to wait for an answer, which any browser tells from outside: its first moments are deaf. */
export async function enterUntilHeard(page: Page): Promise<void> {
  await page.$eval('tieback-unlink', (host) => {
    const note = (): void => void (host.getAttribute('aria-busy') === 'true' && host.setAttribute('data-heard', ''))
    new MutationObserver(note).observe(host, { attributeFilter: ['aria-busy'] })
  })
  const wasHeard = async (): Promise<boolean> => (await page.$('tieback-unlink[data-heard]')) !== null
  await expect
    .poll(async () => {
      if (await page.$('tieback-unlink[aria-busy="false"]:not([data-heard])')) await page.keyboard.press('Enter')
      return wasHeard()
    }, until)
    .toBe(true)
  await page.$eval('tieback-unlink', (host) => host.removeAttribute('data-heard'))
}
