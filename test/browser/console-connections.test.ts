import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { books, exportOf } from '../flow/books.ts'
import type { RunningAgent } from '../support/start-agent.ts'
import { startConnector } from '../support/start-connector.ts'
import { type ConsoleOffice, openConsoleOffice } from './console-office.ts'
import { looksWell } from './looks-well.ts'

const until = { timeout: 20_000 }
const save = '.set-up button[type=submit]'
const passed = `${save}:not(:disabled)`

/** Connections set up in the console of a real agent, against the stand-in. */
describe('the console’s connections', () => {
  let office: ConsoleOffice
  let agent: RunningAgent
  let second: string

  beforeAll(async () => {
    office = await openConsoleOffice()
    agent = office.agent
    second = join(agent.home.exports, '..', 'second')
    await mkdir(second)
    await writeFile(join(second, 'vendors.csv'), 'Vendor,Name,City\r\nZ1,Abel,Portwell\r\n')
  }, 180_000)
  afterAll(() => office[Symbol.asyncDispose]())

  const at = (place: string, language = 'en-US'): Promise<Page> =>
    office.at(place, { language, shows: place === 'connections' ? 'main .people' : '.set-up' })
  const type = async (page: Page, name: string, text: string): Promise<void> => {
    await page.click(`#set-up-${name}`, { count: 3 })
    await page.keyboard.press('Backspace')
    await page.type(`#set-up-${name}`, text)
  }
  /** Everything a new connection must say. */
  const fill = async (page: Page, more: Record<string, string> = {}): Promise<void> => {
    await page.select('#set-up-environment', 'custom')
    const { companyId, apiBase, loginBase, clientId, clientSecret } = office.api.access
    const said = {
      ...{ name: 'Second books', erpCompany: 'Practice Civil', path: second, company: companyId, companyName: 'Practice Builders' },
      ...{ apiBase, loginBase, clientId, secret: clientSecret, ...more },
    }
    for (const [name, text] of Object.entries(said)) await type(page, name, text)
  }
  /** The card of what was saved last, once the list was read anew; what a card holds comes behind it. */
  const cardOf = async (page: Page, name: string): Promise<string> => {
    const card = 'main .people > li:last-child'
    await page.waitForFunction((css, wanted) => document.querySelector(css)?.textContent?.includes(wanted), until, card, name)
    return card
  }
  const press = (page: Page): Promise<void> => page.click('.set-up .steps button[type=button]')
  const steps = (page: Page): Promise<string[]> =>
    page.$$eval('.set-up .lines > li', (all) =>
      all.map((one) => `${one.getAttribute('data-step')} ${one.querySelector('.pill')?.textContent}`),
    )

  test('Save opens with a test that passed, and closes with every letter that is changed after it', async () => {
    const page = await at('connections/new')
    expect(await page.$(passed)).toBeNull()
    await fill(page)
    expect(await page.$(passed)).toBeNull()
    await press(page)
    await page.waitForSelector(passed, until)
    expect(await steps(page)).toEqual(
      ['reachable', 'writable', 'sample', 'environment', 'clock', 'company', 'projects', 'directory'].map((step) => `${step} fine`),
    )
    for (const name of ['name', 'description', 'erpCompany', 'path', 'keepDays', 'company', 'clientId', 'secret']) {
      await page.focus(`#set-up-${name}`)
      await page.keyboard.press('End')
      await page.keyboard.type('1')
      expect([name, await page.$(passed)]).toEqual([name, null])
      await page.keyboard.press('Backspace')
      await page.waitForSelector(passed, until)
    }
    await page.select('#set-up-owner', 'procore')
    expect(await page.$(passed)).toBeNull()
    await page.select('#set-up-owner', 'tieback')
    await page.click('#set-up-share')
    expect(await page.$(passed)).toBeNull()
    await page.close()
  })

  test('without any one of what is wanted there is no test', async () => {
    const page = await at('connections/new')
    await fill(page)
    for (const name of ['name', 'erpCompany', 'path', 'company', 'companyName', 'apiBase', 'loginBase', 'clientId', 'secret']) {
      const said = await page.$eval(`#set-up-${name}`, (one) => (one as HTMLInputElement).value)
      await type(page, name, ' ')
      await page.keyboard.press('Backspace')
      await press(page)
      await page.waitForFunction((id) => document.activeElement?.id === id, until, `set-up-${name}`)
      expect([name, await page.$(passed), await steps(page)]).toEqual([name, null, []])
      await type(page, name, said)
    }
    await press(page)
    await page.waitForSelector(passed, until)
    await page.close()
  })

  test('what is wrong is told at its step, and nothing is saved', async () => {
    const page = await at('connections/new')
    await fill(page)
    for (const [name, wrong, step, code] of [
      ['path', '/nowhere/at/all', 'reachable', 'folder-unreachable'],
      ['secret', 'wrong', 'company', 'procore-secret'],
      ['company', '99', 'company', 'procore-not-connected'],
    ] as const) {
      const said = await page.$eval(`#set-up-${name}`, (one) => (one as HTMLInputElement).value)
      await type(page, name, wrong)
      await press(page)
      await page.waitForSelector(`[data-step="${step}"] .problem[data-code="${code}"]`, until)
      expect([name, await page.$(passed)]).toEqual([name, null])
      await type(page, name, said)
    }
    await page.close()
  })

  test('is saved, started and stopped by keyboard, and says how it stands', async () => {
    const page = await at('connections/new')
    await fill(page)
    await page.focus('.set-up .steps button[type=button]')
    await page.keyboard.press('Enter')
    await page.waitForSelector(passed, until)
    await page.focus(save)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.querySelectorAll('main .people > li').length === 2, until)
    const card = (): Promise<string> => page.$eval('main .people > li:nth-child(2)', (one) => one.textContent ?? '')
    expect(await card()).toContain('stopped')
    expect(await page.$eval('main [role=status]', (one) => one.textContent)).toContain('It does not run yet')
    const turn = async (into: string): Promise<void> => {
      await page.focus('main .people > li:nth-child(2) button')
      await page.keyboard.press('Enter')
      await page.waitForFunction(
        (words) => document.querySelector('main .people > li:nth-child(2) .pill')?.textContent === words,
        until,
        into,
      )
    }
    await turn('runs')
    await agent.until('its folder is read', () => agent.ledger.rows("select 1 from records where key = 'Z1'").length === 1)
    await turn('stopped')

    await rm(second, { recursive: true })
    await page.click('main .people > li:nth-child(2) button')
    await page.waitForSelector('main .people > li:nth-child(2) .problem[data-code="folder-unreachable"]', until)
    expect(await card()).toContain('It was not started.')
    await mkdir(second)
    await page.close()
  })

  test('a newcomer comes from the console’s link to a first green record in ten acts', async () => {
    const folder = join(agent.home.exports, '..', 'third')
    await mkdir(folder)
    const erp = books()
    const known = erp.business.vendors.find(
      ({ procoreHas, disaster, name, erpName }) => procoreHas === 'code' && !disaster && name === erpName,
    )
    const row = erp.APM_MASTER__VENDOR.find(({ Vendor }) => Vendor === known?.code)
    const { name, bytes } = exportOf(erp, 'vendors', row ? [row] : [])
    await writeFile(join(folder, name), bytes)
    const key = String(known?.code)
    const ofThird = (where: string) =>
      agent.ledger.rows(`select 1 from links l join records r on r.id = l.record join sources s on s.id = r.source
        join connections c on c.id = s.connection where c.name = 'Third books' and r.key = '${key}' and ${where}`)
    let acts = 2 // the link is opened, and “New connection”
    const page = await at('connections/new')
    const act = async (what: Promise<unknown>): Promise<void> => {
      acts += 1
      await what
    }
    await act(fill(page, { name: 'Third books', erpCompany: 'Practice Paving', path: folder }))
    await act(press(page))
    await page.waitForSelector(passed, until)
    await act(page.click(save))
    const card = await cardOf(page, 'Third books')
    await act(page.click(`${card} button`))
    await page.waitForFunction((css) => document.querySelector(css)?.textContent === 'runs', until, `${card} .pill`)
    await agent.until('the export is read', () => ofThird('1').length === 1)
    const { connections } = await agent.ask('connections')
    const third = connections.find(({ draft }) => draft.name === 'Third books')?.id ?? ''

    const { runs } = await agent.ask('runs', { query: { connection: third } })
    const took = runs.find(({ kind }) => kind === 'file')
    await act(page.evaluate((to) => (location.hash = to), `#/runs/${took?.id}`))
    await page.waitForFunction(() => document.querySelector('main')?.textContent?.includes('What it would have written'), until)
    expect(await page.$eval('main', (one) => one.textContent)).toContain(key)
    await act(page.evaluate((to) => (location.hash = to), `#/connections/${third}`))
    await page.waitForSelector('[data-entity=vendors] select', until)
    await act(page.select('[data-entity=vendors] select', 'console.writes'))
    await act(page.click('[data-entity=vendors] button'))
    await page.waitForFunction(
      () => (document.querySelector('[data-entity=vendors] select') as HTMLSelectElement | null)?.value === 'console.writes',
      until,
    )
    await agent.until('it is tied in Procore', () => ofThird('l.tied = 1').length === 1)
    expect(office.served.company.tables.vendors.live().filter(({ origin_id }) => origin_id?.endsWith(`:vendors:${key}`))).toHaveLength(1)
    await act(page.evaluate((to) => (location.hash = to), '#/overview'))
    await page.waitForFunction(() => /Third books.*vendors.*writes/s.test(document.querySelector('main')?.textContent ?? ''), until)
    expect(acts).toBeLessThanOrEqual(12)
    await page.close()
  })

  test('what a web connector asks for stands in the form once it is chosen, and its key is kept without being shown', async () => {
    await using made = await startConnector()
    made.vendors = [{ changed: 1, row: { vendor: 'W1', name: 'Ward', city: null } }]
    const page = await at('connections/new')
    await page.select('#set-up-connector', 'http')
    await page.waitForSelector('#set-up-url', until)
    expect(await page.$('#set-up-path')).toBeNull()
    expect(await page.$eval('#set-up-everyMinutes', (one) => (one as HTMLInputElement).value)).toBe('60')
    await page.select('#set-up-environment', 'custom')
    const { companyId, apiBase, loginBase, clientId, clientSecret } = office.api.access
    const said = {
      name: 'Asked books',
      erpCompany: 'Practice Civil',
      url: made.url,
      key: made.key,
      company: companyId,
      companyName: 'Practice Builders',
    }
    for (const [name, text] of Object.entries({ ...said, apiBase, loginBase, clientId, secret: clientSecret })) await type(page, name, text)
    await press(page)
    await page.waitForSelector(passed, until)
    expect((await steps(page)).slice(0, 3)).toEqual(['describe fine', 'connector fine', 'first-page fine'])
    await page.click(save)
    const card = await cardOf(page, 'Asked books')
    expect(await page.$eval(card, (one) => one.textContent)).toContain(made.url)
    await page.click(`${card} button`)
    await page.waitForFunction((css) => document.querySelector(css)?.textContent === 'runs', until, `${card} .pill`)
    await agent.until('it was asked', () => agent.ledger.rows("select 1 from records where key = 'W1'").length === 1)
    await page.click(`${card} a.button`)
    await page.waitForSelector('#set-up-key', until)
    expect(await page.$eval('#set-up-key', (one) => [(one as HTMLInputElement).value, (one as HTMLInputElement).required])).toEqual([
      '',
      false,
    ])

    // Stopped and put away before its connector goes: what that means is said first, and it can be had back.
    await page.evaluate(() => {
      location.hash = '#/connections'
    })
    await page.waitForSelector(card, until)
    await page.click(`${card} button[aria-expanded]`)
    await page.waitForSelector(`${card} .deletion button`, until)
    expect(await page.$eval(`${card} .deletion`, (one) => one.textContent)).toContain('can be restored here')
    await looksWell(page, 'deletion')
    await page.click(`${card} .deletion button`)
    await page.waitForSelector('.deleted button', until)
    expect(await page.$eval('.deleted', (one) => one.textContent)).toContain('Asked books')
    await looksWell(page, 'deleted')
    await page.click('.deleted button')
    await page.waitForFunction(() => !document.querySelector('.deleted'), until)
    expect(await page.$eval(card, (one) => one.textContent)).toContain('stopped')
    await page.close()
  })

  test('what would run here is shown whole, and runs once somebody has agreed', async () => {
    const folder = join(agent.home.exports, '..', 'made')
    await mkdir(folder)
    const [script, job] = [join(folder, '..', 'extractor.mjs'), join(folder, '..', 'sage.job.json')]
    await writeFile(script, await readFile(new URL('../support/extractor.mjs', import.meta.url)))
    await writeFile(join(folder, '..', 'vendors.json'), JSON.stringify({ rows: [{ Vendor: 'X1', Name: 'Xavier' }] }))
    const queries = [{ name: 'vendors', entity: 'vendors', sql: 'SELECT Vendor, Name FROM APM_MASTER__VENDOR' }]
    await writeFile(job, JSON.stringify({ answers: join(folder, '..'), tables: ['APM_MASTER__VENDOR'], queries }))
    const page = await at('connections/new', 'de-DE')
    await page.select('#set-up-connector', 'extract')
    await page.waitForSelector('#set-up-job', until)
    await fill(page, { name: 'Made books', path: folder, command: process.execPath, script, job })
    await press(page)
    await page.waitForSelector(passed, until)
    await page.click(save)
    const card = await cardOf(page, 'Made books')
    await page.click(`${card} button`)
    await page.waitForSelector(`${card} .problem[data-code="script-not-agreed"]`, until)
    await page.click(`${card} a.button`)
    await page.waitForSelector('.program-here[data-agreed=false] pre', until)
    expect(await page.$$eval('.program-here pre', (all) => all.map((one) => one.textContent))).toEqual([
      await readFile(script, 'utf8'),
      await readFile(job, 'utf8'),
    ])
    await looksWell(page, 'program')
    await page.click('.program-here button')
    await page.waitForSelector('.program-here[data-agreed=true]', until)
    await page.evaluate(() => {
      location.hash = '#/connections'
    })
    await page.waitForSelector(`${card} button`, until)
    await page.click(`${card} button`)
    await agent.until('it ran', () => agent.ledger.rows("select 1 from records where key = 'X1'").length === 1)
    await page.close()
  })

  test('a known one is changed without its secret, and keeps what its links hang on', async () => {
    const page = await at('connections/1')
    expect(await page.$eval('#set-up-name', (one) => (one as HTMLInputElement).readOnly)).toBe(true)
    expect(await page.$eval('#set-up-owner', (one) => (one as HTMLSelectElement).disabled)).toBe(true)
    await type(page, 'description', 'The main books')

    const { id: vera } = await agent.ask('addPerson', { body: { name: 'Vera Viewer', email: 'vera@practice.example', role: 'viewer' } })
    await page.click('#scope-named')
    await page.waitForFunction(() => /open to admins alone/.test(document.querySelector('.who-sees-it')?.textContent ?? ''), until)
    await looksWell(page, 'scope')
    await page.click(`#scope-people-${vera}`)
    await page.click('.who-sees-it button')
    await page.waitForFunction(() => /Applied/.test(document.querySelector('.who-sees-it')?.textContent ?? ''), until)
    expect((await agent.ask('connections')).connections[0]?.scope).toEqual({ people: [vera], groups: [] })
    await page.click('#scope-everyone')
    await page.click('.who-sees-it button')
    await agent.until('it is open to everyone', async () => (await agent.ask('connections')).connections[0]?.scope === null)
    await press(page)
    await page.waitForSelector(passed, until)
    await page.click(save)
    await page.waitForFunction(() => document.querySelector('main .people')?.textContent?.includes('The main books'), until)
    await page.close()
  })

  test('a sheet for the Procore admin is printed, and what they hand in by its code is tested and saved', async () => {
    const page = await at('connections/new', 'de-DE')
    const ask = '.procore-admin button'
    await page.click(ask)
    await page.waitForFunction(() => document.activeElement?.id === 'set-up-name', until) // what a sheet says has to be there
    await fill(page, { name: 'Handed books', clientId: '', secret: '' })
    await page.click(ask)
    await page.waitForSelector('.sheet', until)
    const sheet = await page.$eval('.sheet', (one) => one.textContent ?? '')
    for (const words of ['Practice Builders', office.api.access.companyId, 'Direct Costs', 'Read Only', 'DMSA'])
      expect(sheet).toContain(words)
    const link = await page.$eval('.sheet [data-link]', (one) => one.textContent ?? '')
    await looksWell(page, 'sheet')
    await page.emulateMediaType('print')
    expect(await page.$$eval('main > *', (all) => all.filter((one) => one.checkVisibility()).map(({ className }) => className))).toEqual([
      'card sheet',
    ])
    await page.emulateMediaType('screen')

    // Somebody who never was here, in a browser of their own.
    const { browser } = await office.browser('en-US')
    const theirs = await (await browser.createBrowserContext()).newPage()
    await theirs.goto(`${agent.url}/console/${link.slice(link.indexOf('#'))}`)
    await theirs.waitForSelector('#code', until)
    expect(theirs.url()).toBe(`${agent.url}/console/#hand-in`)
    await theirs.click('button[type=submit]')
    await theirs.waitForSelector('#secret', until)
    expect(await theirs.$eval('main', (one) => one.textContent)).toContain('Handed books')
    await looksWell(theirs, 'hand-in')
    await theirs.type('#clientId', ` ${office.api.access.clientId}`)
    await theirs.type('#secret', office.api.access.clientSecret)
    await theirs.keyboard.press('Enter')
    await theirs.waitForFunction(() => /You can close this page/.test(document.querySelector('main')?.textContent ?? ''), until)
    expect(await theirs.evaluate(() => [document.cookie, JSON.stringify(localStorage)])).toEqual(['', '{}'])
    await theirs.browserContext().close()

    await page.click('.steps .button:not(.primary)')
    await page.waitForSelector('.procore-admin[data-state=arrived]', until)
    expect(await page.$('#set-up-secret')).toBeNull()
    await page.evaluate(() => {
      location.hash = '#/connections'
    })
    await page.waitForSelector('.out li[data-state=arrived] a', until)
    await looksWell(page, 'arrived')
    await page.click('.out li[data-state=arrived] a')
    await page.waitForSelector('.procore-admin[data-state=arrived]', until)
    await press(page)
    await page.waitForSelector(passed, until)
    await page.click(save)
    await cardOf(page, 'Handed books')
    await page.waitForFunction(() => !document.querySelector('.out'), until)
    await page.close()
  })

  test.each(['en-US', 'de-DE', 'fr-CA', 'es-ES'])('fits at 400 % and has nothing axe objects to, light and dark (%s)', async (language) => {
    const page = await at('connections', language)
    await looksWell(page, 'list')
    await page.evaluate(() => {
      location.hash = '#/connections/new'
    })
    await page.waitForSelector('.set-up', until)
    await fill(page, { path: '/exports', secret: 'wrong' })
    await press(page)
    await page.waitForSelector('.set-up .problem', until)
    await looksWell(page, 'connection')
    await page.close()
  })
})
