import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PagesOptions, pagesOptions } from '../procore/pages/options.ts'
import { objections } from './axe.ts'
import type { BrowserName } from './browsers.ts'
import { stateOf } from './told.ts'
import { openToldPages, type ToldPages } from './told-pages.ts'

const until = { timeout: 20_000 }
const one = {
  ...{ link: '7', entity: 'commitments', erpKey: 'SC-77', erpName: 'Norwell <b>Steel</b>', number: 'SC-1', name: 'Norwell Steel Inc.' },
  ...{ item: { type: 'work-order-contract', id: '1', project: null }, score: 0.92, conflicts: [] },
  reasons: [{ code: 'name-alike', erp: 'Norwell <b>Steel</b>', procore: 'Norwell Steel Inc.' }],
  against: [{ code: 'amount-differs', field: 'original', erp: '1234.50', procore: '12.00' }],
}
const taken = {
  ...one,
  link: '8',
  erpKey: 'SC-78',
  score: 0.5,
  against: [],
  conflicts: [{ code: 'record-linked', params: { number: 'SC-2' } }],
}

describe.each<BrowserName>(['chromium', 'firefox'])('a record nothing is tied to, in %s', (name) => {
  let pages: ToldPages
  const done: string[] = []

  beforeAll(async () => {
    pages = await openToldPages(name, { pages: { mounts: 'at-once' } })
    pages.agent.told.put = (act) => void done.push(act)
  })
  afterAll(() => pages[Symbol.asyncDispose]())

  const opened = async (locale: PagesOptions['locale']): Promise<Page> => {
    const { page, served, list } = pages
    Object.assign(served.options, pagesOptions({ mounts: 'at-once', locale }))
    const all = served.company.tables.work_order_contracts.live().filter(({ project_id }) => String(project_id) === served.project)
    const id = all.map((contract) => String(contract.id)).find((contract) => stateOf(contract) === 'not-linked')
    await page.goto(`${list}/work_order_contracts/${id}`)
    await page.waitForSelector('.tieback-sync-status button', until)
    await page.click('.tieback-sync-status button')
    await page.waitForSelector('tieback-popover', until)
    return page
  }
  const shown = (page: Page): Promise<string[]> =>
    page.evaluate(() =>
      [...(document.querySelector('tieback-popover')?.shadowRoot?.querySelectorAll('.partners li') ?? [])].map(
        ({ textContent }) => textContent,
      ),
    )

  test('shows what may be its partner, why, and what stands in the way; a person says which it is', async () => {
    pages.agent.told.candidates = { candidates: [one, taken], more: 0 }
    const page = await opened('de-DE')
    await page.locator('tieback-popover >>> .partners button').click()
    await expect.poll(() => shown(page), until).toHaveLength(2)
    const [first, second] = await shown(page)
    expect(first).toMatch(
      /^SC-77 · Norwell <b>Steel<\/b>92\s%Ähnlicher Name: Norwell <b>Steel<\/b> und Norwell Steel Inc\.Anderer Betrag \(Ursprünglich\): 1\.234,50 im ERP, 12,00 in Procore/,
    )
    expect(second).toMatch(/Der Datensatz im ERP ist schon verknüpft: mit SC-2$/)
    expect(await objections(page, 'tieback-popover')).toEqual([])
    await page.locator('tieback-popover >>> .partners li button').click()
    await expect.poll(() => done, until).toEqual(['confirm 7'])
  })

  test('says that nothing looks like it, and can be put away', async () => {
    done.length = 0
    pages.agent.told.candidates = { candidates: [], more: 0 }
    const page = await opened('fr-CA')
    await page.locator('tieback-popover >>> .partners button').click()
    const text = () => page.evaluate(() => document.querySelector('tieback-popover')?.shadowRoot?.querySelector('.partners')?.textContent)
    await expect.poll(text, until).toMatch(/Rien dans l’ERP ne lui ressemble\./)
    await page.locator('tieback-popover >>> .partners button:nth-of-type(2)').click()
    await expect.poll(() => done, until).toEqual(['archive true'])
  })
})
