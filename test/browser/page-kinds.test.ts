import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { whichPage } from '../../extension/pages/which-page.ts'
import { routes } from '../../shared/pages/routes.ts'
import { type PagesOptions, pagesOptions } from '../procore/pages/options.ts'
import { practiceCompany } from '../procore/practice-company.ts'
import { objections } from './axe.ts'
import type { BrowserName } from './browsers.ts'
import { type Sample, samplesOf, wrongMarks } from './page-kinds.ts'
import { openToldPages, type ToldPages } from './told-pages.ts'

const until = { timeout: 15_000 }
/** The same seed gives the same company, so that names and ids are known before any page is served. */
const samples = new Map(samplesOf(practiceCompany()).map((sample) => [sample.name, sample]))
const core = ['commitments, new', 'commitments, legacy', 'subcontract, new', 'subcontract, legacy', 'direct cost, legacy', 'portfolio']

const focusIn = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.querySelector('tieback-popover')?.shadowRoot?.activeElement?.getAttribute('aria-label') ?? null)

async function altT(page: Page): Promise<void> {
  await page.keyboard.down('Alt')
  await page.keyboard.press('KeyT')
  await page.keyboard.up('Alt')
}

/** Opens the details of a row or of the title by keyboard alone and closes them; the keyboard is back where it was. */
async function keyboardRound(page: Page, where: 'row' | 'title', opened: () => Promise<void>): Promise<void> {
  const selector = where === 'title' ? '.tieback-sync-status button' : ':is(.ag-row, tr, [data-id]):has(.tieback-list-status) a'
  await page.focus(selector)
  if (where === 'title') await page.keyboard.press('Enter')
  else await altT(page)
  await expect.poll(() => focusIn(page), until).not.toBeNull()
  await opened()
  await page.keyboard.press('Escape')
  await page.waitForSelector('tieback-popover', { ...until, hidden: true })
  // Back to the badge where it is a button, else to what had the keyboard.
  const back = await page.$eval(selector, (element) => {
    const badge = document.querySelector('.tieback-list-status, .tieback-sync-status')
    return (
      document.activeElement === element ||
      (badge?.querySelector('button') !== null && document.activeElement?.className === 'tieback-pill')
    )
  })
  expect(back).toBe(true)
}

describe.each<BrowserName>(['chromium', 'firefox'])('each kind of page in %s', (name) => {
  let pages: ToldPages
  const goTo = async (sample: Sample, locale: PagesOptions['locale'] = 'en'): Promise<void> => {
    const { served, page } = pages
    Object.assign(served.options, pagesOptions({ locale, newContracts: !sample.name.includes('legacy') }))
    await page.goto(sample.address)
  }

  beforeAll(async () => {
    pages = await openToldPages(name)
  })
  afterAll(() => pages[Symbol.asyncDispose]())

  test('every kind of page that shows records is among those tried', () => {
    const tried = new Set([...samples.values()].map(({ kind }) => kind))
    expect(routes.map(({ kind }) => kind).filter((kind) => !tried.has(kind))).toEqual(['erp-settings'])
  })

  const names = name === 'chromium' ? [...samples.keys()] : core
  test.each(names)('%s: every record is marked once, and its details open by keyboard', async (which) => {
    const sample = samples.get(which)
    if (!sample) throw new Error(`No sample ${which}`)
    await goTo(sample)
    const { page } = pages
    expect(whichPage(page.url())?.kind).toBe(sample.kind)
    await expect.poll(() => wrongMarks(page, sample), until).toEqual([])
    const opened = async (): Promise<void> => {
      if (name === 'chromium') expect(await objections(page, '.tieback-badge', 'tieback-popover')).toEqual([])
    }
    if (sample.rows) await keyboardRound(page, 'row', opened)
    if (sample.title) await keyboardRound(page, 'title', opened)
  })

  test.each(['budgets', 'legacy'])('a budget (%s) says how its project stands, and its lines are left as they are', async (family) => {
    const { served, page } = pages
    Object.assign(served.options, pagesOptions({ locale: 'de-DE' }))
    const troubles: string[] = []
    page.on('pageerror', (trouble) => void troubles.push(String(trouble)))
    const host = `https://us02.procore.com/webclients/host/companies/${served.company.id}/projects/${served.project}/tools/budgets`
    await page.goto(family === 'legacy' ? `https://us02.procore.com/${served.project}/project/budgeting` : host)
    await page.waitForSelector(family === 'legacy' ? 'table.item-list tbody tr' : '.ag-row')
    await page.waitForSelector('.tieback-sync-status [data-state]', until)
    expect(await page.$$eval('.tieback-badge', (all) => all.map((one) => [(one as HTMLElement).dataset['key'], one.textContent]))).toEqual([
      [`project:${served.project}`, expect.stringMatching(/^Projekt: ./)],
    ])
    expect(troubles).toEqual([])
    page.off('pageerror')
  })

  test('in a plain list the badge stands on the line of its link, and a number stays whole', async () => {
    const sample = samples.get('commitments, legacy')
    if (!sample) throw new Error('No legacy list')
    await goTo(sample, 'de-DE') // whose longer headings leave the numbers less
    const { page } = pages
    await expect.poll(() => wrongMarks(page, sample), until).toEqual([])
    const apart = await page.$$eval('table.item-list td:has(> .tieback-badge)', (cells) =>
      cells
        .filter((cell) => {
          const [link, pill] = [cell.querySelector('a'), cell.querySelector('.tieback-pill')]
          const [text, icon] = [link?.getClientRects(), pill?.getBoundingClientRect()]
          const [line] = text ?? []
          const middle = icon ? (icon.top + icon.bottom) / 2 : -1
          const within = icon && icon.right <= cell.getBoundingClientRect().right
          return text?.length !== 1 || !line || middle < line.top || middle > line.bottom || !within
        })
        .map((cell) => cell.textContent),
    )
    expect(apart).toEqual([])
  })

  test('a record’s tabs follow each other in place: each shows its own rows, and the title keeps its badge', async () => {
    const change = samples.get('its change orders, both kinds, new')
    const invoices = samples.get('its invoices, prime, new')
    if (!change || !invoices) throw new Error('No prime contract')
    await goTo(change)
    const { page } = pages
    await expect.poll(() => wrongMarks(page, change), until).toEqual([])
    await page.click('nav.tabs a[href$="/invoices"]')
    await expect.poll(() => wrongMarks(page, invoices), until).toEqual([])
    await page.click('nav.tabs a[href$="/change_orders"]')
    await expect.poll(() => wrongMarks(page, change), until).toEqual([])
  })
})
