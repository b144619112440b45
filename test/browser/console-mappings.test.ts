import { readFile } from 'node:fs/promises'
import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { books, exportOf } from '../flow/books.ts'
import type { RunningAgent } from '../support/start-agent.ts'
import { type ConsoleOffice, openConsoleOffice } from './console-office.ts'
import { looksWell } from './looks-well.ts'

const until = { timeout: 20_000 }

/** What is ticked, in the console of a real agent. */
describe('the console’s mappings', () => {
  let office: ConsoleOffice
  let agent: RunningAgent

  beforeAll(async () => {
    office = await openConsoleOffice()
    agent = office.agent
    const erp = books()
    await agent.export(exportOf(erp, 'vendors', erp.APM_MASTER__VENDOR.slice(0, 5)), 'vendors')
    await agent.atRest()
  }, 180_000)
  afterAll(() => office[Symbol.asyncDispose]())

  const at = (language = 'en-US'): Promise<Page> => office.at('mappings', { language, shows: '.branch' })
  const changes = (page: Page): Promise<string[]> => page.$$eval('.change', (all) => all.map((one) => one.textContent ?? ''))
  const saveButton = '.changes .primary'
  const press = async (page: Page, css: string): Promise<void> => {
    await page.focus(css)
    await page.keyboard.press('Enter')
  }
  const newest = () => agent.ask('mappings', { params: { id: '1' } })
  const preset = (id: string, inside: string): string => `[data-preset=${id}] ${inside}`
  const saved = (page: Page, version: number) =>
    page.waitForFunction(
      (text) => document.querySelector('.changes [role=status]')?.textContent?.includes(text),
      until,
      `Saved as version ${version}.`,
    )

  test('a field is unticked by keyboard, shown before it is saved, saved, and gone back from with one press', async () => {
    const page = await at()
    expect(await page.$(`${saveButton}:not(:disabled)`)).toBeNull()
    await page.focus('[data-entity=vendors] summary')
    await page.keyboard.press('Enter')
    await page.focus('#tick-vendors-fax')
    await page.keyboard.press('Space')
    expect(await changes(page)).toEqual(['vendors, fields unticked: Fax'])
    expect((await newest()).version).toBe(0)
    await press(page, saveButton)
    await saved(page, 1)
    expect((await newest()).ticks['vendors']).toEqual({ on: true, off: ['fax'] })
    await page.waitForSelector('[data-version="1"]', until)
    await press(page, '[data-version="0"] button')
    await saved(page, 2)
    expect((await newest()).ticks['vendors']).toEqual({ on: true, off: [] })
    await page.close()
  })

  test('a figure is moved by keyboard, stays under it, and is gone back from', async () => {
    const page = await at()
    const { version } = await newest()
    await page.focus('[data-entity=vendors] summary')
    await page.keyboard.press('Enter')
    await page.focus('[data-entity=vendors] [data-figure=city] button')
    for (let n = 0; n < 2; n += 1) await page.keyboard.press('Enter')
    expect(await page.$eval('[data-entity=vendors] .order', (one) => one.children[0]?.getAttribute('data-figure'))).toBe('city')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Down: City')
    expect(await changes(page)).toEqual(['vendors: shown in another order'])
    await press(page, saveButton)
    await saved(page, version + 1)
    expect((await newest()).ticks['vendors']?.order?.slice(0, 3)).toEqual(['city', 'name', 'address'])
    await page.waitForSelector(`[data-version="${version + 1}"]`, until) // and the one before can be gone back to
    await press(page, `[data-version="${version}"] button`)
    await saved(page, version + 2)
    expect((await newest()).ticks['vendors']).not.toHaveProperty('order')
    await page.close()
  })

  test('a preset shows both panels and what it cannot do, ticks nothing away, and is discarded', async () => {
    const page = await at()
    const { version } = await newest()
    await page.click(preset('pcco-export-pj', 'summary'))
    const said = await page.$eval(preset('pcco-export-pj', 'details'), (one) => one.textContent ?? '')
    for (const part of [
      'Advanced Mappings',
      'Deselect All',
      'Contract Change Request (PJ)',
      'all fields but',
      'Pay ID',
      'What it cannot do here',
    ])
      expect(said).toContain(part)
    await press(page, preset('pcco-export-pj', 'button'))
    const lines = await changes(page)
    expect(lines).toContain('Customer: ticked')
    expect(lines.filter((line) => line.includes('unticked'))).toEqual([])
    await press(page, '.changes button:not(.primary)')
    expect(await changes(page)).toEqual([])
    expect((await newest()).version).toBe(version)
    await page.close()
  })

  test('what somebody saved meanwhile is told, and not overwritten', async () => {
    const page = await at()
    const { version, ticks } = await newest()
    await page.click('#tick-insurances')
    const body = { basedOn: version, ticks: { ...ticks, extras: { on: false, off: [] } } }
    await agent.ask('saveMapping', { params: { id: '1' }, body })
    await press(page, saveButton)
    await page.waitForSelector('.changes .problem[data-code=mapping-moved]', until)
    expect((await newest()).ticks['insurances']?.on).toBe(true)
    await press(page, '.changes button:not(.primary)')
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#tick-extras')?.checked === false, until)
    await page.close()
  })

  const choose = async (page: Page): Promise<void> => {
    const input = await page.$('input#own-file-sample')
    await input?.uploadFile('docs/samples/insurance.csv')
    await page.waitForSelector('#own-file [data-field]', until)
  }

  test('a file’s columns are proposed, saved only once each is confirmed, and the running agent reads by them', async () => {
    const page = await at()
    const ownSave = '#own-file .primary'
    await choose(page)
    expect(await page.$eval('#own-file [data-field=policy_number]', (one) => one.textContent)).toMatch(/certain|likely/)
    const boxes = await page.$$('#own-file [data-field] input')
    for (const box of boxes) {
      expect(await page.$(`${ownSave}:not(:disabled)`)).toBeNull()
      await box.press('Space')
    }
    await page.waitForSelector(`${ownSave}:not(:disabled)`, until)
    const second = await page.$$eval('#own-file [data-field=name] option', (all) => (all[1] as HTMLOptionElement).value)
    await page.select('#own-file [data-field=name] select', second)
    await page.waitForSelector('#own-file .change', until)
    expect(await page.$(`${ownSave}:not(:disabled)`)).toBeNull()
    await page.select('#own-file [data-field=name] select', '')
    await press(page, `${ownSave}:not(:disabled)`)
    await page.waitForFunction(() => document.querySelector('[data-entity=insurances]')?.textContent?.includes('your own file'), until)
    await agent.drop('insurance.csv', await readFile('docs/samples/insurance.csv'))
    await agent.until(
      'it is taken by its columns',
      () => agent.ledger.rows("select 1 from records where key like 'ACE%GL-4471'").length === 1,
    )
    await page.close()
  })

  /** Everything open, and something changed. */
  const full = async (page: Page): Promise<void> => {
    await choose(page)
    await page.evaluate(() => {
      for (const one of document.querySelectorAll('details')) one.open = true
    })
    await page.click('#tick-vendors-fax')
    await page.waitForSelector('.change', until)
  }

  test.each(['en-US', 'de-DE', 'fr-CA', 'es-ES'])(
    'has nothing axe objects to, light and dark, and fits at 400 % (%s)',
    async (language) => {
      const page = await at(language)
      await full(page)
      await looksWell(page, 'mappings')
      await page.close()
    },
  )
})
