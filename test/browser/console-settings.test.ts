import { writeFile } from 'node:fs/promises'
import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consoleCommand } from '../../agent/cli/console.ts'
import { issued, officeAuthority } from '../agent/settings/certificates.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { type TempFolder, tempFolder } from '../support/temp-folder.ts'
import { freePort } from '../support/tieback-process.ts'
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

  let folder: TempFolder

  beforeAll(async () => {
    folder = await tempFolder('certificates')
    const office = await officeAuthority(Date.now())
    for (const [name, dns] of Object.entries({ right: ['erp.office.example'], wrong: ['other.example'] })) {
      const { cert, key } = await issued(office, Date.now(), { dns })
      await writeFile(`${folder.path}/${name}.pem`, cert + office.cert + key)
    }
    served = await startPages()
    api = await standInWithAccess({ company: served.company })
    agent = await startAgent({ access: api.access })
  }, 180_000)
  afterAll(async () => {
    await browsers.close()
    await agent[Symbol.asyncDispose]()
    await api.close()
    await served.close()
    await folder[Symbol.asyncDispose]()
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
    await page.waitForSelector('#certificate-given', until)
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

  test('a certificate is made, one is handed in, a wrong one is refused, and the one before is one press away', async () => {
    const page = await at()
    await page.waitForSelector('#settings-tls .empty', until)
    await press(page, '#certificate-own summary')
    await page.$eval('#own-names', (one) => (one as HTMLTextAreaElement).select())
    await page.focus('#own-names')
    await page.keyboard.type('erp.office.example\n127.0.0.2')
    await page.$eval('#own-port', (one) => (one as HTMLInputElement).select())
    await page.focus('#own-port')
    await page.keyboard.type(String(await freePort()))
    await press(page, '#certificate-own button')
    await page.waitForSelector('#settings-tls dl', until)
    const served = () => page.$eval('#settings-tls dl', (one) => one.textContent ?? '')
    expect(await served()).toContain('Tieback at erp.office.example')

    await press(page, '#certificate-given summary')
    const hand = async (file: string): Promise<void> => {
      const input = await page.$('input#certificate-file')
      await input?.uploadFile(file)
      await press(page, '#certificate-given button')
    }
    await hand(`${folder.path}/wrong.pem`)
    await page.waitForSelector('#certificate-given .problem[data-code=certificate-names]', until)
    await hand(`${folder.path}/right.pem`)
    await page.waitForSelector('#certificate-back', until)
    await page.waitForFunction(() => document.querySelector('#settings-tls dl')?.textContent?.includes('Office CA'), until)
    await press(page, '#certificate-back')
    await page.waitForFunction(() => document.querySelector('#settings-tls dl')?.textContent?.includes('Tieback at'), until)
    await page.close()
  })

  test('has nothing axe objects to, light and dark, and fits at 400 %', async () => {
    const page = await at('de-DE')
    await open(page)
    await looksWell(page, 'settings')
    await page.close()
  })

  /** Everything open. */
  const open = (page: Page) =>
    page.evaluate(() => {
      for (const one of document.querySelectorAll('details')) one.open = true
    })

  test.each(['fr-CA', 'es-ES'])('fits at 400 % in other languages (%s)', async (language) => {
    const page = await at(language)
    await open(page)
    await fits(page, 'settings')
    await page.close()
  })
})
