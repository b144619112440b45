import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parse } from 'csv-parse/sync'
import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { audit } from '../../agent/cli/audit.ts'
import { books, exportOf } from '../flow/books.ts'
import type { RunningAgent } from '../support/start-agent.ts'
import { waitFor } from '../support/wait-for.ts'
import { type ConsoleOffice, openConsoleOffice } from './console-office.ts'
import { looksWell } from './looks-well.ts'

const until = { timeout: 20_000 }
const rows = 'main .list tbody tr'

/** A real agent in which a record was archived, people came and a call was refused, and its log of acts in Chromium. */
describe('the audit screen', () => {
  let office: ConsoleOffice
  let agent: RunningAgent
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tieback-audit-screen-'))
    office = await openConsoleOffice()
    agent = office.agent
    await agent.export(exportOf(books(), 'vendors'), 'vendors')
    await agent.atRest()
    for (let n = 1; n <= 60; n += 1)
      await agent.ask('addPerson', { body: { name: `=Person ${n}`, email: `p${n}@practice.example`, role: 'viewer', scope: null } })
    await agent.writing('vendors', 'on')
    await agent.ask('setWriting', { params: { id: '1' }, body: { entity: 'vendors', writing: false, creating: false } })
  }, 180_000)
  afterAll(async () => {
    await office[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  const opened = (language = 'en-US'): Promise<Page> => office.at('audit', { language, shows: 'a[href^="#/audit/"]' })
  const text = (page: Page, css: string): Promise<string> => page.$eval(css, (one) => one.textContent ?? '')
  const listed = (page: Page): Promise<string[]> => page.$$eval(rows, (all) => all.map((one) => one.textContent ?? ''))
  const count = async (page: Page, wanted: number): Promise<void> => {
    await page.waitForFunction((css, many) => document.querySelectorAll(css).length === many, until, rows, wanted)
  }
  const button = async (page: Page, css: string, nth = 0): Promise<void> => {
    await (await page.$$(css))[nth]?.click()
  }

  test('lists acts the newest first, page by page, and finds by text, person and act', async () => {
    const page = await opened()
    await count(page, 50)
    const newest = await listed(page)
    expect(newest.slice(0, 5).some((one) => one.includes('Browser paired'))).toBe(true)
    await button(page, '.pages button', 1)
    await page.waitForFunction((css) => /=Person 1 /.test(document.querySelector(css)?.textContent ?? ''), until, 'main .list tbody')
    expect((await listed(page)).filter((one) => newest.includes(one) && one.includes('=Person'))).toEqual([])
    await page.type('#audit-search', 'p17@PRACTICE')
    await page.keyboard.press('Enter')
    await count(page, 1)
    expect((await listed(page))[0]).toContain('=Person 17')
    await page.select('#audit-act', 'refused')
    await page.waitForSelector('main .empty', until)
    expect(await text(page, 'main .empty')).toBe('No act matches. Show all, or look for something else.')
    await button(page, 'form .steps button', 1)
    await count(page, 50)
    await page.select('#audit-act', 'writing-set')
    await count(page, 2)
    await page.select('#audit-person', 'cli')
    await page.waitForSelector('main .empty', until)
    await page.close()
  })

  test('tells one act with what was before and after, and that its hash follows', async () => {
    const page = await opened()
    await page.select('#audit-act', 'writing-set')
    await count(page, 2)
    await page.click(`${rows} a`)
    await page.waitForSelector('.facts', until)
    expect(await text(page, 'main')).toMatch(/Writing switched/)
    expect((await listed(page)).some((one) => /writing.*(true|1).*(false|0)/.test(one))).toBe(true)
    expect(await text(page, '.proof')).toContain('It follows from the act before it.')
    expect(await text(page, '.proof code')).toMatch(/^[0-9a-f]{64}$/)
    await page.goBack()
    await count(page, 50)
    await page.evaluate(() => {
      location.hash = '#/audit/999999'
    })
    await page.waitForSelector('.problem[data-code="request-refused"]', until)
    await page.close()
  })

  test('hands out what the command line hands out, as CSV no spreadsheet runs and as JSON', async () => {
    const page = await opened()
    const client = await page.createCDPSession()
    await client.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder })
    const handed = async (nth: number, kind: 'csv' | 'json'): Promise<string> => {
      await button(page, '.hand-out button', nth)
      const path = join(folder, `tieback-acts-${new Date().toISOString().slice(0, 10)}.${kind}`)
      await page.waitForFunction((end) => document.querySelector('.hand-out [role=status]')?.textContent?.endsWith(`.${end}.`), until, kind)
      return waitFor(`${path} is there`, () => readFile(path, 'utf8').catch(() => null))
    }
    for (const [nth, kind] of [
      [0, 'csv'],
      [1, 'json'],
    ] as const) {
      const own = join(folder, `own.${kind}`)
      await agent.cli(audit, ['export', own])
      const [ours, theirs] = [await handed(nth, kind), await readFile(own, 'utf8')]
      if (kind === 'csv') {
        expect(ours.startsWith(theirs)).toBe(true) // acts may have been added since
        const told = parse(ours, { columns: true }) as Record<string, string>[]
        expect(told.length).toBeGreaterThan(60)
        expect(told.flatMap((row) => Object.values(row)).filter((cell) => /^[=+\-@]/.test(cell))).toEqual([])
      } else {
        const [one, other] = [ours, theirs].map((json) => JSON.parse(json) as { chain: Record<string, unknown>; acts: unknown[] })
        expect(one?.acts.slice(0, other?.acts.length)).toEqual(other?.acts)
        expect(one?.chain).toMatchObject({ broken: null, holds: null, head: expect.stringMatching(/^[0-9a-f]{64}$/) })
        expect(Object.keys(one ?? {})).toEqual(Object.keys(other ?? {}))
      }
    }
    await page.close()
  })

  test('is used by keyboard alone', async () => {
    const page = await opened()
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.id || (document.activeElement?.textContent ?? ''))
    await page.focus('#kept')
    const reached: string[] = []
    for (const wanted of ['Verify the chain', 'audit-person', 'audit-act', 'audit-search', 'Search']) {
      await page.keyboard.press('Tab')
      reached.push(await focused())
      expect(reached.at(-1)).toBe(wanted)
    }
    await page.focus('#audit-search')
    await page.keyboard.type('writing-set')
    await page.keyboard.press('Enter')
    await count(page, 2)
    await page.focus(`${rows} a`)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.facts', until)
    await page.close()
  })

  test.each(['en-US', 'de-DE', 'fr-FR', 'fr-CA', 'es-MX'])(
    'has nothing axe objects to and fits, light and dark, list and act (%s)',
    async (language) => {
      const page = await opened(language)
      await page.click('form.fields button')
      await page.waitForSelector('.proof [data-tone=green]', until)
      await looksWell(page, 'list')
      await page.select('#audit-act', 'writing-set')
      await count(page, 2)
      await page.click(`${rows} a`)
      await page.waitForSelector('.facts', until)
      await looksWell(page, 'act')
      await page.close()
    },
  )

  /** Last: it damages the ledger. */
  test('proves the chain in words, that nothing was cut off since, and names the act another program changed', async () => {
    const page = await opened()
    const verified = async (tone: 'green' | 'red'): Promise<string> => {
      await page.click('form.fields button')
      await page.waitForFunction((css) => document.querySelector(css) !== null, until, `.proof [data-tone=${tone}]`)
      return text(page, `.proof [data-tone=${tone}]`)
    }
    expect(await verified('green')).toMatch(/^All \d+ acts follow from each other\. Keep this hash elsewhere/)
    const head = await text(page, '.proof code')
    await page.type('#kept', head)
    await page.click('form.fields button')
    await page.waitForFunction(() => /none was taken away\. The newest/.test(document.querySelector('.proof')?.textContent ?? ''), until)
    const raw = new DatabaseSync(agent.home.ledger)
    raw.exec(`update audit set after = '{}' where id = 5`)
    raw.close()
    expect(await verified('red')).toMatch(/^Act 5 \(.*\) does not follow from the 4 before it/)
    await page.click('.proof a')
    await page.waitForSelector('.facts', until)
    expect(await text(page, '.proof')).toContain('It does not follow from the act before it')
    await page.close()
  })
})
