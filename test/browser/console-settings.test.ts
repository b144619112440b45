import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consoleCommand } from '../../agent/cli/console.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { browsersByLanguage } from './browsers-by-language.ts'
import { fits, looksWell } from './looks-well.ts'
import { type ServedPages, startPages } from './start-pages.ts'

const until = { timeout: 20_000 }

/** What is set of the agent as a whole, in the console of a real one. */
describe('the console’s settings', () => {
  let served: ServedPages
  const browsers = browsersByLanguage(() => served)
  let api: Awaited<ReturnType<typeof standInWithAccess>>
  let agent: RunningAgent

  beforeAll(async () => {
    served = await startPages()
    api = await standInWithAccess({ company: served.company })
    agent = await startAgent({ access: api.access })
  }, 180_000)
  afterAll(async () => {
    await browsers.close()
    await agent[Symbol.asyncDispose]()
    await api.close()
    await served.close()
  })

  const at = async (language = 'en-US'): Promise<Page> => {
    const open = await browsers.in(language)
    const { result } = await agent.cli(consoleCommand)
    const page = await open.browser.newPage()
    await page.setViewport({ width: 1280, height: 1000 })
    await page.goto((result as { link: string }).link)
    await page.waitForSelector('nav', until)
    await page.evaluate(() => {
      location.hash = '#/settings'
    })
    await page.waitForSelector('#settings-log', until)
    return page
  }
  const press = async (page: Page, css: string): Promise<void> => {
    await page.focus(css)
    await page.keyboard.press('Enter')
  }

  test('a backup is made now and set for every day, and debug runs out by itself, all by keyboard', async () => {
    const page = await at()
    expect(await page.$eval('#settings-backup .empty', (one) => one.textContent)).toContain('Choose Back up now')
    await press(page, '#settings-backup .primary')
    await page.waitForSelector('#settings-backup table tbody tr', until)
    await page.focus('#backup-daily')
    await page.keyboard.press('Space')
    await page.waitForSelector('#backup-at', until)
    await press(page, '#settings-backup form button')
    await agent.until('it is set', async () => (await agent.ask('settings')).backup.daily?.at === '02:00')
    await page.focus('#log-level')
    await page.keyboard.type('Every')
    await press(page, '#settings-log button:not(:disabled)')
    await page.waitForSelector('#settings-log .until', until)
    expect((await agent.ask('settings')).log).toMatchObject({ level: 'debug', after: 'info' })
    await fits(page, 'settings')
    await page.close()
  })

  test('has nothing axe objects to, light and dark, and fits at 400 %', async () => {
    const page = await at('de-DE')
    await looksWell(page, 'settings')
    await page.close()
  })

  test.each(['fr-CA', 'es-ES'])('fits at 400 % in other languages (%s)', async (language) => {
    const page = await at(language)
    await fits(page, 'settings')
    await page.close()
  })
})
