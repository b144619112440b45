import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consoleCommand } from '../../agent/cli/console.ts'
import { books, exportOf } from '../flow/books.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { browsersByLanguage } from './browsers-by-language.ts'
import { looksWell } from './looks-well.ts'
import { type ServedPages, startPages } from './start-pages.ts'

const until = { timeout: 20_000 }

/** A first sync as a plan, in the console of a real agent. */
describe('the console’s sync plans', () => {
  let served: ServedPages
  const browsers = browsersByLanguage(() => served)
  let api: Awaited<ReturnType<typeof standInWithAccess>>
  let agent: RunningAgent

  beforeAll(async () => {
    served = await startPages()
    api = await standInWithAccess({ company: served.company })
    agent = await startAgent({ access: api.access })
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
  afterAll(async () => {
    await browsers.close()
    await agent[Symbol.asyncDispose]()
    await api.close()
    await served.close()
  })

  const at = async (place: string, language = 'en-US'): Promise<Page> => {
    const open = await browsers.in(language)
    const { result } = await agent.cli(consoleCommand)
    const page = await open.browser.newPage()
    await page.setViewport({ width: 1280, height: 1000 })
    await page.goto((result as { link: string }).link)
    await page.waitForSelector('nav', until)
    await page.evaluate((hash) => {
      location.hash = hash
    }, place)
    return page
  }
  const press = async (page: Page, css: string): Promise<void> => {
    await page.waitForSelector(`${css}:not(:disabled)`, until)
    await page.focus(css)
    await page.keyboard.press('Enter')
  }

  test('what is to be synced is chosen, both sides are listed as a diff, and what is ticked is written', async () => {
    const page = await at('#/plans')
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

  test('has nothing axe objects to, light and dark, and fits at 400 %', async () => {
    const made = await agent.ask('askPlan', { body: { depth: 'quick', since: null, scope: [{ connection: '1', entities: ['vendors'] }] } })
    const page = await at('#/plans', 'de-DE')
    await page.waitForSelector('#new-plan', until)
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
  })
})
