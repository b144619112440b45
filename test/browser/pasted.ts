import type { Page } from 'puppeteer'

/** What the clipboard holds, as any program gets it: pasted. */
export async function pasted(page: Page): Promise<string> {
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('textarea'), { id: 'paste' })))
  await page.focus('#paste')
  await page.keyboard.down('Control')
  await page.keyboard.press('v')
  await page.keyboard.up('Control')
  await page.waitForFunction(() => (document.querySelector('#paste') as HTMLTextAreaElement).value !== '')
  const text = await page.$eval('#paste', (area) => (area as HTMLTextAreaElement).value)
  await page.evaluate(() => document.querySelector('#paste')?.remove())
  return text
}
