import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { objections } from './axe.ts'
import { type BrowserName, openExtensionPage } from './browsers.ts'
import { pasted } from './pasted.ts'
import { openToldPages, type ToldPages } from './told-pages.ts'
import { tooWide } from './too-wide.ts'

const until = { timeout: 20_000 }
const id = 'work-order-contract:900004'

/** Else Firefox asks where to print to, and waits. */
const printsSilently = { 'print.always_print_silent': true, print_printer: 'Mozilla Save to PDF' }

/** What the page does on its own; the journey from the details on is in history-journey.test.ts. */
describe.each<BrowserName>(['chromium', 'firefox'])('the page of a record’s history in %s', (name) => {
  let pages: ToldPages
  let agent: string

  beforeAll(async () => {
    pages = await openToldPages(name, { browser: { firefoxPrefs: printsSilently } })
    const options = await openExtensionPage(pages.open, 'options.html', '.agent')
    const settings = (await own(options, 'settings')) as { value: { agents: { id: string }[] } }
    agent = settings.value.agents[0]?.id ?? ''
    await options.close()
  })
  afterAll(() => pages[Symbol.asyncDispose]())

  const own = (page: Page, call: string, input: unknown = {}): Promise<unknown> =>
    page.evaluate(`(globalThis.browser ?? chrome).runtime.sendMessage({ own: '${call}', input: ${JSON.stringify(input)} })`)
  const opened = async (selector: string, { of = agent, language = 'en', shows = '' } = {}): Promise<Page> => {
    const options = await openExtensionPage(pages.open, 'options.html', '.agent')
    await own(options, 'save', { language })
    await options.close()
    const page = await openExtensionPage(pages.open, `record.html?agent=${of}&id=${id}${shows}`, selector)
    await page.setViewport({ width: 1280, height: 900 })
    return page
  }
  const lightAndDark = async (page: Page): Promise<string[]> => {
    const found: string[] = []
    for (const value of name === 'chromium' ? ['light', 'dark'] : ['light']) {
      if (name === 'chromium') await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }])
      found.push(...(await objections(page)).map((one) => `${value} ${one}`))
    }
    return found
  }
  const text = (page: Page, css: string): Promise<string> => page.$eval(css, (one) => one.textContent ?? '')

  test.each(['en', 'de', 'fr-CA', 'fr-FR', 'es'])(
    'fits at twice the size, and has nothing axe objects to, light and dark (%s)',
    async (language) => {
      const page = await opened('ol li', { language })
      expect(await lightAndDark(page)).toEqual([])
      for (const width of [1280, 640, 400]) {
        await page.setViewport({ width, height: 900 })
        expect(await tooWide(page)).toEqual([])
      }
      await page.close()
    },
  )

  test('writes numbers as the reader does, old and new, and what is text stays text', async () => {
    const page = await opened('ol li', { language: 'de' })
    const rows = await page.$$eval('ol li:nth-child(7) tbody tr', (all) =>
      all.map((row) => [...row.children].map((cell) => cell.textContent)),
    )
    expect(rows).toEqual([
      ['Ursprünglich', '1.250.000,00', '1.250.000,00 → -1.246.789,50'],
      ['Titel', 'Structural steel', 'Structural steel → STRUCTURAL STEEL, PHASE TWO'],
      ['Abgeschlossen', '0', '0 → 1'],
      ['Unternehmen', 'leer', 'RIDGEWAY'],
    ])
    expect(await text(page, 'h1')).toBe('SC-0004 · Structural steel <b>& decking</b>')
    expect(await text(page, 'ol li:nth-child(7)')).toContain('Lauf 41 · JCM_MASTER__COMMITMENT_2026-11-22.csv, Zeile 214')
    const marked = await page.$$eval('ol li:nth-child(4) .pill', (all) =>
      all.map((one) => [one.textContent, one.querySelector('svg') !== null]),
    )
    expect(marked).toEqual([
      ['Gegen die Vorhersage', true],
      ['Aufhebung', true],
    ])
    await page.close()
  })

  test('by keyboard alone goes back to the very beginning, always saying how much is shown', async () => {
    const page = await opened('ol li')
    const shown = () => text(page, 'ol + [role="status"]')
    expect(await shown()).toBe('Entries shown: 50. There are older ones.')
    for (const [count, said] of [
      [100, 'Entries shown: 100. There are older ones.'],
      [120, 'Entries: 120. That is all of them.'],
    ] as const) {
      await page.focus('ol ~ div button')
      await page.keyboard.press('Enter')
      await page.waitForFunction((wanted) => document.querySelectorAll('ol li').length === wanted, until, count)
      expect(await shown()).toBe(said)
      await page.waitForFunction(
        (first) => document.activeElement === document.querySelectorAll('ol li')[first],
        until,
        count === 100 ? 50 : 100,
      )
    }
    expect(await page.$('ol ~ div button')).toBeNull()
    await page.close()
  })

  test('is copied for Excel with numbers to reckon with, a row for each field', async () => {
    const page = await opened('ol li', { language: 'de' })
    await page.bringToFront()
    await page.click('.copy-table button')
    await page.waitForSelector('.copy-table [role="status"]:not(:empty)', until)
    const lines = (await pasted(page)).split('\n').map((line) => line.split('\t'))
    expect(lines[0]?.slice(2, 7)).toEqual(['Feld', 'Procore – Vorher', 'Procore', 'Sage 300 CRE – Vorher', 'Sage 300 CRE'])
    const original = lines.find((line) => line[2] === 'Ursprünglich')
    expect(original?.slice(3, 7)).toEqual(['', '1250000,00', '1250000,00', '-1246789,50'])
    expect(original?.slice(-4)).toEqual(['41', 'JCM_MASTER__COMMITMENT_2026-11-22.csv', '214', 'ab'.repeat(32)])
    expect(lines.filter((line) => line[1]?.includes('Gegen die Vorhersage')).length).toBe(2)
    await page.close()
  })

  test('with nothing to tell, or not for this person, says so and what to do', async () => {
    const { told } = pages.agent
    const before = told.history
    told.history = () => ({ entries: [], before: null, snapshot: false })
    const empty = await opened('section')
    expect(await text(empty, 'section')).toContain('Nothing has happened yet.')
    expect(await text(empty, '.snapshot')).toBe('No snapshot is kept: one is made when the record is unlinked. ')
    expect(await empty.$('.snapshot button')).toBeNull()
    await empty.close()
    told.history = () => null
    const hidden = await opened('.problem')
    expect(await text(hidden, '.problem')).toMatch(/not yours to see.*ask an admin/)
    expect(await objections(hidden)).toEqual([])
    await hidden.close()
    told.history = before
    const unknown = await opened('.problem', { of: 'nobody' })
    expect(await unknown.$eval('.problem', (one) => (one as HTMLElement).dataset['code'])).toBe('not-paired')
    await unknown.close()
  })

  test('tells a person who may not have the snapshot why', async () => {
    const { told } = pages.agent
    const before = told.history
    told.history = () => ({ entries: [], before: null, snapshot: true })
    const page = await opened('.snapshot button')
    expect(await page.$eval('.snapshot button', (one) => (one as HTMLButtonElement).disabled)).toBe(false)
    told.me.person.role = 'viewer'
    const options = await openExtensionPage(pages.open, 'options.html', '.agent')
    await own(options, 'addresses', { id: agent, addresses: [pages.agent.url] }) // asks anew who we are
    await options.close()
    await page.evaluate('location.reload()')
    await page.waitForSelector('.snapshot button:disabled', until)
    expect(await text(page, '.snapshot')).toMatch(/This needs the role accountant\. An admin can grant it\./)
    told.me.person.role = 'accountant'
    told.history = before
    await page.close()
  })

  const printing = {
    'the button': (page: Page) => page.click('.bar .primary'),
    'the keys that print any page': async (page: Page) => {
      await page.focus('.bar .primary')
      await page.keyboard.down('Control')
      await page.keyboard.press('p')
      await page.keyboard.up('Control')
    },
  }
  test.each(['the button', 'the keys that print any page'] as const)(
    'shows the page for an auditor, where no script runs, and with %s prints all of it, not the frame around it',
    async (how) => {
      pages.agent.told.evidence =
        '<!doctype html><html lang="en"><head><title>E</title></head><body><h1>Both sides</h1><script>document.title="ran"</script></body></html>'
      const page = await opened('iframe', { shows: '&shows=evidence' })
      await page.waitForFunction(
        () => document.querySelector('iframe')?.contentDocument?.querySelector('h1')?.textContent === 'Both sides',
        until,
      )
      expect(await page.$eval('iframe', (frame) => [frame.contentDocument?.title, frame.title])).toEqual(['E', 'Evidence'])
      await page.evaluate(() => {
        const heard = (which: string) => () => document.body.setAttribute(`data-${which}`, '')
        addEventListener('beforeprint', heard('around'))
        document.querySelector('iframe')?.contentWindow?.addEventListener('beforeprint', heard('all'))
      })
      await printing[how](page)
      await page.waitForSelector('body[data-all]:not([data-around])', until)
      await page.$eval('iframe', (frame) => frame.remove()) // axe waits for ever for a frame where no script runs
      expect(await lightAndDark(page)).toEqual([])
      await page.close()
    },
  )

  test('an agent that is away is said to be, and asked again by a button', async () => {
    await pages.agent.stop()
    const page = await opened('.problem button')
    expect(await page.$eval('.problem', (one) => (one as HTMLElement).dataset['code'])).toBe('agent-unreachable')
    expect(await lightAndDark(page)).toEqual([])
    await pages.agent.start()
    await page.click('.problem button')
    await page.waitForSelector('ol li', until)
    await page.close()
  })
})
