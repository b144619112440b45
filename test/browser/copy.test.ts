import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BrowserName, openExtensionPage } from './browsers.ts'
import { pasted } from './pasted.ts'
import { stateOf } from './told.ts'
import { openToldPages, type ToldPages } from './told-pages.ts'

const until = { timeout: 20_000 }

/** The drawer's list is in list-line.test.ts. */
describe.each<BrowserName>(['chromium', 'firefox'])('“Copy for Excel” in %s', (name) => {
  let pages: ToldPages

  beforeAll(async () => {
    pages = await openToldPages(name, { pages: { mounts: 'at-once', locale: 'de-DE' } })
  })
  afterAll(() => pages[Symbol.asyncDispose]())

  test('a record’s numbers arrive as numbers of the reader’s language, and it is said', async () => {
    const { page, served, list } = pages
    const record = served.company.commitments(Number(served.project)).find(({ id }) => stateOf(String(id)) === 'changed-in-erp')
    await page.goto(`${list}/work_order_contracts/${record?.id}`)
    await page.bringToFront()
    const badge = await page.waitForSelector('.tieback-sync-status .tieback-pill[data-state="changed-in-erp"]', until)
    await badge?.click()
    await page.locator('tieback-popover >>> .copy-table button').setTimeout(until.timeout).click()
    const said = await page.waitForSelector('tieback-popover >>> .copy-table [role="status"]:not(:empty)', until)
    expect(await said?.evaluate((status) => status.textContent)).toBe('Kopiert')
    await page.keyboard.press('Escape')
    expect((await pasted(page)).split('\n')).toEqual([
      'Feld\tProcore\tSage 300 CRE\tDifferenz',
      'Ursprünglich\t1250000,00\t1250000,00\t0,00',
      'Genehmigte Nachträge\t48210,50\t45000,00\t3210,50',
      'Revidiert\t1298210,50\t1295000,00\t3210,50',
      'In Rechnung gestellt\t310000,00\tunbekannt\t',
      'Titel\tStructural steel\tSTRUCTURAL STEEL\t≠',
      '',
    ])
  })

  test('the popup’s problems come with all their counts', async () => {
    const popup = await openExtensionPage(pages.open, 'popup.html', '.copy-table button')
    await popup.click('.copy-table button')
    await popup.waitForSelector('.copy-table [role="status"]:not(:empty)', until)
    const [head, first] = (await pasted(popup)).split('\n')
    expect(head).toBe('Problem\tNächster Schritt\tBetroffen')
    expect(first).toMatch(/03-300\.\t.*\t14$/)
    await popup.close()
  })
})
