import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { books, exportOf } from '../flow/books.ts'
import type { RunningAgent } from '../support/start-agent.ts'
import { type ConsoleOffice, openConsoleOffice } from './console-office.ts'
import { looksWell } from './looks-well.ts'

const until = { timeout: 20_000 }

/** A first sync as a plan, in the console of a real agent. */
describe('the console’s sync plans', () => {
  let office: ConsoleOffice
  let agent: RunningAgent

  beforeAll(async () => {
    office = await openConsoleOffice()
    agent = office.agent
    const erp = books()
    const some = (fits: (one: (typeof erp.business.vendors)[number]) => boolean) =>
      erp.business.vendors.filter((one) => one.disaster === undefined && fits(one)).slice(0, 3)
    const codes = [
      ...some((one) => one.where === 'erp'),
      ...some((one) => one.procoreHas === 'code' && one.name === one.erpName && one.code !== erp.known.vendors.duplicatedCode),
    ].map(({ code }) => code)
    const rows = erp.APM_MASTER__VENDOR.filter((row) => codes.includes(row['Vendor'] ?? ''))
    await agent.export(exportOf(erp, 'vendors', rows), 'vendors')
    await agent.atRest()
  }, 180_000)
  afterAll(() => office[Symbol.asyncDispose]())

  const at = (language = 'en-US'): Promise<Page> => office.at('plans', { language, shows: '#new-plan' })
  const press = async (page: Page, css: string): Promise<void> => {
    await page.waitForSelector(`${css}:not(:disabled)`, until)
    await page.focus(css)
    await page.keyboard.press('Enter')
  }

  test('what is to be synced is chosen, both sides are listed as a diff, and what is ticked is written', async () => {
    const page = await at()
    await press(page, '#new-plan fieldset[data-connection] button:first-child') // select none
    await page.waitForSelector('#new-plan .primary:disabled', until)
    await page.click('#plan-1-vendors')
    await press(page, '#new-plan .primary')
    await page.waitForSelector('[data-state=ready]', until)
    expect(await page.$$eval('[data-group] strong', (all) => all.map((one) => one.textContent?.trim()))).toEqual([
      '3 New',
      '3 On both sides, to be linked',
    ])
    expect(agent.ledger.outbox()).toEqual([])
    await press(page, '[data-group=new] summary')
    await page.waitForSelector('[data-group=new] tbody tr', until)
    await page.focus('[data-group=link] input')
    await page.keyboard.press('Space')
    await press(page, '#approve .primary')
    await page.waitForSelector('[data-state=done]', until)
    await page.waitForFunction(() => document.querySelector('[data-group=new]')?.textContent?.includes('3 written'), until)
    expect(await page.$eval('[data-group=link]', (one) => one.textContent)).toContain('not approved')
    expect(agent.ledger.rows('select 1 from links where tied = 1')).toHaveLength(3)
    await page.close()
  })

  test.each(['en-US', 'de-DE', 'fr-CA', 'es-ES'])(
    'has nothing axe objects to, light and dark, and fits at 400 % (%s)',
    async (language) => {
      const made = await agent.ask('askPlan', {
        body: { depth: 'quick', since: null, scope: [{ connection: '1', entities: ['vendors'] }] },
      })
      const page = await at(language)
      await page.click('#plan-day')
      await looksWell(page, 'plans')
      await page.evaluate((id) => {
        location.hash = `#/plans/${id}`
      }, made.plan)
      await page.waitForSelector('[data-state=ready]', until)
      await press(page, '[data-group=link] summary')
      await page.waitForSelector('[data-group=link] tbody tr', until)
      await looksWell(page, 'plan')
      await page.close()
    },
  )
})
