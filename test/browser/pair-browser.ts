import { type OpenBrowser, openExtensionPage } from './browsers.ts'

/** Pairs a browser with an agent as a person does: in the options, with address and code. */
export async function pairBrowser(open: OpenBrowser, address: string, code = 'ABCD2345'): Promise<void> {
  const page = await openExtensionPage(open, 'options.html', '#code')
  await page.type('#address', address)
  await page.type('#code', code)
  await page.click('form.pair button[type=submit]')
  await page.waitForSelector('.agent')
  await page.close()
}
