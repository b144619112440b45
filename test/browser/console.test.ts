import type { BrowserContext, Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { books, exportOf } from '../flow/books.ts'
import type { RunningAgent } from '../support/start-agent.ts'
import { waitFor } from '../support/wait-for.ts'
import { arrived, type ConsoleOffice, openConsoleOffice } from './console-office.ts'
import { looksWell } from './looks-well.ts'

const until = { timeout: 20_000 }
const screens = ['overview', 'connections', 'schedule', 'runs', 'trouble', 'people', 'audit']

/** A real agent with exports taken, one of them with a bad row, and its console in Chromium. */
describe('the console', () => {
  const erp = books()
  let office: ConsoleOffice
  let agent: RunningAgent

  beforeAll(async () => {
    office = await openConsoleOffice()
    agent = office.agent
    for (const entity of ['jobs', 'vendors', 'commitment-items', 'commitments'] as const) await agent.export(exportOf(erp, entity), entity)
    await agent.atRest()
    await agent.drop('bad.csv', 'Vendor,Nom\r\n"A,B\r\n')
    await agent.atRest()
  }, 180_000)
  afterAll(() => office[Symbol.asyncDispose]())

  /** A browser of somebody who was never here. */
  const opened = async (language: string): Promise<BrowserContext> => (await office.browser(language)).browser.createBrowserContext()

  const onScreen = async (page: Page, path: string): Promise<void> => {
    await page.evaluate((to) => {
      location.hash = `#/${to}`
    }, path)
    await page.waitForSelector(`nav a[aria-current="page"][href="#/${path}"]`, until)
    await page.waitForFunction(() => document.querySelector('main .list, main .causes, main .people, main .empty') !== null, until)
    await page.waitForFunction(() => !document.querySelector('main > p[role=status], .card > p[role=status]'), until)
  }
  const text = (page: Page, css: string): Promise<string> => page.$eval(css, (one) => one.textContent ?? '')

  test('opens by a link that joins it once, and shows how everything stands', async () => {
    const open = await opened('en-US')
    const address = await office.link()
    const page = await arrived(open, address, { shows: 'main .list' })
    expect(page.url()).toBe(`${agent.url}/console/`)
    expect(await text(page, 'header')).toContain('admin')
    const overview = await text(page, 'main')
    for (const words of [
      'Books',
      'commitments',
      'JCM_MASTER__COMMITMENT.csv',
      'watch only',
      'Read Procore',
      'Open problems: ',
      'There is only one admin',
    ])
      expect(overview).toContain(words)
    expect(await page.$$eval('.chart .runs', (bars) => bars.filter((bar) => Number(bar.getAttribute('height')) > 0).length)).toBe(1)
    const again = await opened('en-US')
    const other = await again.newPage()
    await other.goto(address)
    await other.waitForSelector('.problem[data-code="code-wrong"]', until)
    await page.reload()
    await page.waitForSelector('main .list', until)
    expect(await page.evaluate(() => document.cookie)).toBe('')
    await again.close()
    await open.close()
  })

  test('hears of a new export by itself, and drills to its rows', async () => {
    const open = await opened('en-US')
    const page = await arrived(open, await office.link(), { shows: 'main .list' })
    const vendor = erp.APM_MASTER__VENDOR[0] as Record<string, string>
    vendor['Name'] = 'Renamed Ltd'
    await agent.export(exportOf(erp, 'vendors'), 'vendors')
    await agent.atRest()
    await onScreen(page, 'runs')
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length >= 6, until)
    const href = await page.$$eval('tbody tr', (rows) =>
      rows
        .find((row) => /vendors/.test(row.textContent ?? ''))
        ?.querySelector('a')
        ?.getAttribute('href'),
    )
    await page.click(`a[href="${href}"]`)
    await page.waitForSelector('.counts', until)
    expect(await text(page, '.counts')).toMatch(/Rows\d+.*Changed1/)
    await page.goBack()
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length >= 6, until)
    await open.close()
  })

  test('tells trouble with its file and next step', async () => {
    const open = await opened('en-US')
    const page = await arrived(open, await office.link(), { shows: 'main .list' })
    await onScreen(page, 'trouble')
    expect(await text(page, '.causes')).toContain('bad.csv')
    expect((await text(page, '.causes .next')).length).toBeGreaterThan(10)
    await open.close()
  })

  test('lets a person in and shuts a browser out at once', async () => {
    const open = await opened('en-US')
    const page = await arrived(open, await office.link(), { shows: 'main .list' })
    await onScreen(page, 'people')
    const people = (): Promise<string[]> => page.$$eval('.people > li', (all) => all.map((one) => one.textContent ?? ''))
    await page.type('#person-name', 'Robin Reyes')
    await page.type('#person-email', 'robin@practice.example')
    await page.click('form.fields button')
    await page.waitForFunction(() => document.querySelectorAll('.people > li').length === 2, until)
    await page.type('#person-name', 'Somebody Else')
    await page.type('#person-email', 'ROBIN@practice.example')
    await page.click('form.fields button')
    await page.waitForFunction(() => document.querySelector('form.fields [role=status]')?.textContent?.includes('Robin Reyes'), until)
    expect((await people()).find((one) => one.includes('Robin'))).toContain('accountant · robin@practice.example · all projects')
    const robin = await page.$$eval('.people > li', (all) => all.findIndex((one) => one.textContent?.includes('Robin Reyes')))
    await page.click(`.people > li:nth-child(${robin + 1}) .steps button`)
    await page.waitForSelector('.people .code', until)
    expect(await text(page, '.people .code')).toMatch(/^\w{4} \w{4}$/)
    expect(await page.$$eval('.people .lines > li', (all) => all.filter((one) => /command line/.test(one.textContent ?? '')).length)).toBe(
      1,
    )
    const joinedAs = (await agent.ask('people')).people.flatMap(({ keys }) => keys).filter(({ origin }) => origin === agent.url)
    for (const { id } of joinedAs) await agent.ask('revokeKey', { params: { id } })
    await page.reload()
    await page.waitForSelector('.join .problem[data-code="not-paired"]', until)
    expect(await page.$('#code')).not.toBeNull()
    await open.close()
  })

  test('is for every role what the role may see', async () => {
    const open = await opened('en-US')
    const { id } = await agent.ask('addPerson', { body: { name: 'Vi', email: 'vi@practice.example', role: 'viewer', scope: null } })
    const { code } = await agent.ask('makeCode', { params: { id }, body: {} })
    const page = await arrived(open, `${agent.url}/console/`, { shows: '#code' })
    await page.type('#code', code)
    await page.click('button[type=submit]')
    await page.waitForSelector('main .list', until)
    expect(await page.$$eval('nav a', (all) => all.map((one) => one.textContent))).toEqual(['Overview', 'Schedule', 'Runs', 'Trouble'])
    await onScreen(page, 'schedule')
    expect(await page.$$('main .list button.small')).toEqual([])
    await open.close()
  })

  test('is used by keyboard alone', async () => {
    const open = await opened('en-US')
    const page = await arrived(open, await office.link(), { shows: 'main .list' })
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Skip to the content')
    for (let tabs = 0; tabs < 5; tabs += 1) await page.keyboard.press('Tab')
    expect(await focused()).toBe('Runs')
    await page.keyboard.press('Enter')
    await page.waitForSelector('nav a[aria-current="page"][href="#/runs"]', until)
    await waitFor('the screen has the focus', async () => (await page.evaluate(() => document.activeElement?.id)) === 'content')
    await open.close()
  })

  test.each(['en-US', 'de-DE', 'fr-CA', 'es-ES'])('fits at 400 % and has nothing axe objects to, light and dark (%s)', async (language) => {
    const open = await opened(language)
    const page = await arrived(open, await office.link(), { shows: 'main .list' })
    expect(language.startsWith(await page.evaluate(() => document.documentElement.lang.slice(0, 2)))).toBe(true)
    for (const path of screens) {
      await onScreen(page, path)
      await looksWell(page, path)
    }
    await open.close()
  })
})
