import { writeFile } from 'node:fs/promises'
import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issued, officeAuthority } from '../agent/settings/certificates.ts'
import type { RunningAgent } from '../support/start-agent.ts'
import { type TempFolder, tempFolder } from '../support/temp-folder.ts'
import { freePort } from '../support/tieback-process.ts'
import { type ConsoleOffice, openConsoleOffice } from './console-office.ts'
import { looksWell } from './looks-well.ts'

const until = { timeout: 20_000 }

/** What is set of the agent as a whole, in the console of a real one. */
describe('the console’s settings', () => {
  let office: ConsoleOffice
  let agent: RunningAgent

  let folder: TempFolder

  beforeAll(async () => {
    folder = await tempFolder('certificates')
    const authority = await officeAuthority(Date.now())
    for (const [name, dns] of Object.entries({ right: ['erp.office.example'], wrong: ['other.example'] })) {
      const { cert, key } = await issued(authority, Date.now(), { dns })
      await writeFile(`${folder.path}/${name}.pem`, cert + authority.cert + key)
    }
    office = await openConsoleOffice()
    agent = office.agent
  }, 180_000)
  afterAll(async () => {
    await office[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  })

  const at = (language = 'en-US'): Promise<Page> => office.at('settings', { language, shows: '#certificate-given' })
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
    await looksWell(page, 'settings')
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

  test.each(['en-US', 'de-DE', 'fr-CA', 'es-ES'])(
    'has nothing axe objects to, light and dark, and fits at 400 % (%s)',
    async (language) => {
      const page = await at(language)
      await page.evaluate(() => {
        for (const one of document.querySelectorAll('details')) one.open = true
      })
      await looksWell(page, 'settings')
      await page.close()
    },
  )
})
