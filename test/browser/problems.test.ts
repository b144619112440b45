import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ProblemGroup } from '../../shared/api/problems.ts'
import { objections } from './axe.ts'
import { type BrowserName, openExtensionPage } from './browsers.ts'
import { openToldPages, type ToldPages } from './told-pages.ts'
import { tooWide } from './too-wide.ts'

const until = { timeout: 20_000 }
const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString()

const missingCode: ProblemGroup = {
  ...{
    cause: 'cost-code-missing 1 code=03-3000 project=2203',
    count: 214,
    connection: '1',
    since: at(1500),
    items: [],
    who: 'project-admin',
  },
  problem: {
    ...{ code: 'cost-code-missing', next: 'fix-data', params: { project: '2203', code: '03-3000' } },
    ...{ says: 'Project 2203 has no cost code 03-3000.', do: 'Add the code in Procore; this is sent again by itself.' },
  },
  kinds: [
    { entity: 'jc-transactions', count: 211 },
    { entity: 'ap-invoices', count: 3 },
  ],
  project: { id: '7', number: '2203', name: 'Library refit' },
  records: [1, 2, 3].map((n) => ({
    ...{ link: String(n), entity: 'jc-transactions', key: `24-1001|03-3000|L|${n}`, item: null, project: '7' },
    at: { file: 'JCT_CURRENT__TRANSACTION.csv', line: 40 + n },
  })),
  ...{ more: 211, waiting: 214 },
}
const namesakes: ProblemGroup = {
  ...{ cause: 'match-to-confirm 1', count: 42, connection: '1', since: at(30), items: [], who: 'accountant', project: null },
  problem: {
    ...{ code: 'match-to-confirm', next: 'ask', params: { key: 'RIDGEWAY', item: 'Ridgeway & Sons', why: 'name' } },
    ...{
      says: 'RIDGEWAY looks like Ridgeway & Sons in Procore (name).',
      do: 'Confirm that they are the same, or archive the one of Procore here.',
    },
  },
  kinds: [{ entity: 'vendors', count: 42 }],
  ...{ records: [], more: 42, waiting: 0 },
}
const refused: ProblemGroup = {
  ...{ cause: 'locked-in-procore 1 said=0a1b', count: 1, connection: '1', since: at(5), items: [], who: 'project-admin' },
  problem: {
    ...{ code: 'locked-in-procore', next: 'ask', params: { item: 'SC-0012', text: 'Contract is not editable' } },
    ...{ says: 'Procore refuses to change SC-0012: Contract is not editable', do: 'Unlock it in Procore or leave it as it is.' },
  },
  kinds: [{ entity: 'commitments', count: 1 }],
  project: { id: '7', number: '2203', name: 'Library refit' },
  records: [
    { ...{ link: '9', entity: 'commitments', key: 'SC-0012', project: '7', at: null }, item: { type: 'work-order-contract', id: '812' } },
  ],
  ...{ more: 0, waiting: 1 },
}
const busy: ProblemGroup = {
  ...{
    cause: 'procore-down 1',
    count: 1,
    connection: '1',
    since: at(2),
    items: [],
    who: 'nobody',
    project: null,
    kinds: [],
    records: [],
    more: 0,
  },
  problem: {
    ...{ code: 'procore-down', next: 'wait', params: { reason: 'HTTP 503', when: '14:05' } },
    ...{ says: 'Procore does not answer (HTTP 503).', do: 'Nothing is lost. Next try 14:05.' },
  },
}
const ambiguousRow: ProblemGroup = {
  ...{
    cause: 'amount-unreadable 1 vendors.csv Amount',
    count: 12,
    connection: '1',
    since: at(80),
    items: [],
    who: 'accountant',
    project: null,
  },
  problem: {
    ...{ code: 'amount-unreadable', next: 'fix-data', params: { line: 17, column: 'Amount', text: '1.2.3' } },
    ...{ says: 'Line 17, Amount: the amount “1.2.3” could not be read.', do: 'Correct it, or set the number style of this connection.' },
    at: { file: 'APM_MASTER__INVOICE_DISTRIBUTION_2026-11-22.csv', line: 17, column: 'Amount' },
  },
  kinds: [{ entity: 'ap-distributions', count: 12 }],
  records: [{ link: null, entity: 'ap-distributions', key: null, item: null, project: null, at: { file: 'vendors.csv', line: 17 } }],
  ...{ more: 11, waiting: 0 },
}

const texts = (page: Page, css: string): Promise<string[]> => page.$$eval(css, (all) => all.map((one) => one.textContent ?? ''))
const cause = (code: string): string => `.causes > [data-code="${code}"]`

describe.each<BrowserName>(['chromium', 'firefox'])('the popup’s list of problems in %s', (name) => {
  let pages: ToldPages
  let page: Page

  beforeAll(async () => {
    pages = await openToldPages(name)
    page = await openExtensionPage(pages.open, 'popup.html', '.row')
    await page.setViewport({ width: 416, height: 600 }) // 400 and a scroll bar
  })
  afterAll(() => pages[Symbol.asyncDispose]())

  /** As when the popup is opened anew, in the reader's language. */
  const openPopup = async (groups: ProblemGroup[], language = 'en'): Promise<void> => {
    pages.agent.told.problems = groups
    await page.evaluate(`(globalThis.browser ?? chrome).runtime.sendMessage({ own: 'save', input: { language: '${language}' } })`)
    await page.evaluate("document.body.classList.add('before'); location.reload()")
    const drawn = (wanted: string): boolean =>
      document.querySelector('body:not(.before) .row') !== null && document.documentElement.lang === wanted
    await page.waitForFunction(drawn, until, language)
  }
  const all = [missingCode, namesakes, ambiguousRow, refused, busy]

  test('each cause is one row: what, how many of which kind, who can put it right, since when, what next', async () => {
    await openPopup(all)
    const row = cause('cost-code-missing')
    expect(await texts(page, `${row} .says`)).toEqual([
      '211 job costs and 3 AP invoices wait for cost code 03-3000 in project 2203 Library refit.',
    ])
    expect(await texts(page, `${row} .count`)).toEqual(['214'])
    expect((await texts(page, row)).join()).toMatch(/Add the code in Procore.*Who can fix it: Project admin in Procore.*Since /s)
    expect(await texts(page, `${cause('match-to-confirm')} .says`)).toEqual(['42 vendors look like something in Procore.'])
    expect(await texts(page, `${cause('match-to-confirm')} button`)).toEqual([])
    expect((await texts(page, cause('amount-unreadable'))).join()).toContain('APM_MASTER__INVOICE_DISTRIBUTION_2026-11-22.csv, line 17')
  })

  test('a person gets from a cause to its project, and from a record to its page in Procore', async () => {
    await openPopup(all)
    const hrefs = (row: string) => page.$$eval(`${cause(row)} a`, (links) => links.map((link) => (link as HTMLAnchorElement).href))
    expect((await hrefs('cost-code-missing')).map((href) => new URL(href).pathname)).toEqual(['/7/project/home'])
    expect((await hrefs('locked-in-procore')).map((href) => new URL(href).pathname)).toEqual([
      '/7/project/contracts/commitments/work_order_contracts/812',
      '/7/project/contracts/commitments/work_order_contracts/812',
    ])
    expect(await hrefs('procore-down')).toEqual([])
  })

  test('by keyboard alone, everything behind one cause is tried again, once, and the row says how many', async () => {
    await openPopup(all)
    pages.agent.calls.length = 0
    const button = await page.waitForSelector(`${cause('cost-code-missing')} button`, until)
    expect(await button?.evaluate((one) => one.textContent)).toBe('Retry all (214)')
    await button?.focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.waitForFunction(
      (css) => document.querySelector(css)?.textContent === '214 tried again',
      until,
      `${cause('cost-code-missing')} [role="status"]`,
    )
    expect(pages.agent.calls.filter((call) => call.startsWith('POST /problems'))).toEqual(['POST /problems/retry'])
  })

  test('with nothing open it says so, and as of when', async () => {
    await openPopup([])
    expect(await texts(page, '.clear')).toEqual([expect.stringMatching(/^Nothing stands in the way · as of \d/)])
  })

  test.each(['en', 'de', 'fr-CA', 'fr-FR', 'es'])(
    'it fits 400 px and has nothing axe objects to, light and dark (%s)',
    async (language) => {
      await openPopup(all, language)
      await page.$$eval('details', (found) => found.map((one) => one.setAttribute('open', '')))
      expect(await tooWide(page)).toEqual([])
      for (const value of name === 'chromium' ? ['light', 'dark'] : ['light']) {
        if (name === 'chromium') await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }])
        expect(await objections(page)).toEqual([])
      }
    },
  )
})
