import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { books, exportOf } from '../flow/books.ts'
import type { RunningAgent } from '../support/start-agent.ts'
import { objections } from './axe.ts'
import { extensionFor, type OpenBrowser, openExtensionPage } from './browsers.ts'
import { arrived, type ConsoleOffice, openConsoleOffice } from './console-office.ts'
import { looksWell } from './looks-well.ts'

const until = { timeout: 20_000 }
/** An admin whom Procore's directory has. */
const email = 'jonas.keller@practice-builders.example'

/** A person's browser with the extension, and an admin's with the console, against a real agent. */
describe('a browser that asks to join', () => {
  let office: ConsoleOffice
  let agent: RunningAgent

  beforeAll(async () => {
    office = await openConsoleOffice({ extensionDir: extensionFor('chromium') })
    agent = office.agent
    const erp = books()
    for (const entity of ['jobs', 'vendors', 'commitments'] as const) await agent.export(exportOf(erp, entity), entity)
    await agent.atRest()
    await agent.ask('addPerson', { body: { name: 'Jonas Keller', email, role: 'admin', scope: null } })
  }, 180_000)
  afterAll(() => office[Symbol.asyncDispose]())

  /** In one Chromium a language: the extension in its own profile, the console in a context that knows nothing of it. */
  async function sit(language: string): Promise<{ open: OpenBrowser; admin: Page }> {
    const open = await office.browser(language)
    const admin = await arrived(await open.browser.createBrowserContext(), await office.link(email), { place: 'people', shows: '.people' })
    return { open, admin }
  }
  const said = (page: Page, css: string): Promise<string> => page.$eval(css, (one) => one.textContent ?? '')
  /** The ask as people make it: the popup, the address, one press. */
  async function ask(open: OpenBrowser): Promise<Page> {
    const popup = await openExtensionPage(open, 'popup.html', '#ask-address')
    await popup.type('#ask-address', agent.url)
    await popup.click('form.ask button[type=submit]')
    await popup.waitForSelector('.digits', until)
    return popup
  }

  test('shows the digits the console shows, is let in by name, and goes on by itself', async () => {
    const { open, admin } = await sit('en-US')
    const popup = await ask(open)
    await admin.waitForFunction(() => /\d{3} \d{3}/.test(document.querySelector('.asks .digits')?.textContent ?? ''), until)
    expect(await said(admin, '.asks .digits')).toBe(await said(popup, '.digits'))
    await looksWell(admin, 'console')
    await admin.type('.asks input[type=search]', 'serrano')
    await admin.click('.asks form.find button')
    await admin.waitForFunction(() => document.querySelector<HTMLInputElement>('.asks input[name=email]')?.value !== '', until)
    const filled = await admin.$$eval('.asks form.fields :is(input:not([type=checkbox]), select)', (all) =>
      all.map((one) => (one as HTMLInputElement).value),
    )
    expect(filled).toEqual(['Lucía Serrano', 'lucia.serrano@practice-builders.example', 'viewer'])
    await admin.click('.asks summary')
    await admin.select('.asks select[name=role]', 'accountant')
    await admin.click('.asks form.fields button[type=submit]')
    await popup.waitForFunction(
      () => /Lucía Serrano \(accountant\)/.test(document.querySelector('[role=status]')?.textContent ?? ''),
      until,
    )
    await admin.waitForFunction(() => document.querySelector('.asks') === null, until)
    expect(await said(admin, '.people')).toContain('Lucía Serrano')
    await popup.waitForFunction(() => document.querySelector('.pill[data-tone="green"]') !== null, until)
    await popup.close()
    const page = await open.browser.newPage()
    await page.goto(
      `https://us02.procore.com/webclients/host/companies/${office.served.company.id}/projects/${office.served.project}/tools/contracts/commitments`,
    )
    await page.waitForSelector('.tieback-badge', until)
    const acts = agent.ledger.rows("select act from audit where act like 'join-%' order by id").map(({ act }) => act)
    expect(acts).toEqual(['join-asked', 'join-approved'])
  })

  test('joins a group an admin makes, and its projects bind it', async () => {
    const { admin } = await sit('en-US')
    const form = '.groups form'
    await admin.click('.groups > div > button')
    await admin.waitForSelector(form, until)
    await admin.type('#group-name', 'North')
    await admin.click(`${form} .choices input`)
    await admin.click(`${form} summary`)
    await admin.click(`${form} details input`)
    await looksWell(admin, 'console')
    await admin.click(`${form} button[type=submit]`)
    await admin.waitForFunction(() => document.querySelector('.groups form') === null, until)
    const { groups } = await agent.ask('groups')
    expect(groups.map(({ name, members, scope }) => [name, members.length, scope?.length])).toEqual([['North', 1, 1]])
    await admin.waitForFunction(() => document.querySelector('.people')?.textContent?.includes('projects: 1 · North'), until)
    await admin.click('.groups li button:nth-of-type(2)')
    await admin.waitForFunction(() => document.querySelector('.groups li') === null, until)
    expect((await agent.ask('groups')).groups).toEqual([])
  })

  test.each(['en-US', 'de-DE'])('prints a recovery sheet that holds all and nothing else (%s)', async (language) => {
    const { admin } = await sit(language)
    await admin.evaluate(() => {
      location.hash = '#/people/recovery'
    })
    await admin.waitForSelector('.sheet dd', until)
    await admin.waitForFunction(
      () => /^[\w-]{43}$/m.test([...document.querySelectorAll('.sheet dd')].map((one) => one.textContent?.trim()).join('\n')),
      until,
    )
    expect(await said(admin, '.sheet')).toContain(`tieback break-glass --email`)
    expect(await said(admin, '.sheet')).toContain(agent.home.data)
    await looksWell(admin, 'recovery')
    await admin.emulateMediaType('print')
    const shown = await admin.$$eval('.console > *, main > *', (all) =>
      all.filter((one) => (one as HTMLElement).offsetHeight > 0).map(({ className }) => className),
    )
    expect(shown).toEqual(['', 'card sheet'])
    await admin.emulateMediaType('screen')
  })

  test('hears that it was refused though the popup was closed, may ask again, and reads well (de)', async () => {
    const { open, admin } = await sit('de-DE')
    const options = await openExtensionPage(open, 'options.html', 'select')
    await options.select('select', 'de')
    await options.waitForFunction(() => document.documentElement.lang === 'de', until)
    await options.close()
    const popup = await ask(open)
    expect(await said(popup, 'h2')).toBe('Zugang anfragen')
    expect(await objections(popup)).toEqual([])
    await popup.close()
    await admin.waitForSelector('.asks', until)
    await admin.click('.asks summary')
    await looksWell(admin, 'console')
    await admin.click('.asks .steps.wide button[type=button]')
    await admin.waitForFunction(() => document.querySelector('.asks') === null, until)
    const again = await openExtensionPage(open, 'popup.html', 'h1')
    await again.waitForSelector('.problem[data-code="ask-refused"]', until)
    expect(await again.$('#ask-address')).not.toBeNull()
  })
})
