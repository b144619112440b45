import type { Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pair } from '../../agent/cli/pair.ts'
import { books, exportOf } from '../flow/books.ts'
import { pagesOptions } from '../procore/pages/options.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { extensionFor, type OpenBrowser, openBrowser } from './browsers.ts'
import { buttonsIn, saidIn } from './closed-root.ts'
import { pairBrowser } from './pair-browser.ts'
import { type ServedPages, startPages } from './start-pages.ts'

const email = 'lucia.serrano@practice-builders.example'
const until = { timeout: 30_000 }

let served: ServedPages
let api: Awaited<ReturnType<typeof standInWithAccess>>
let agent: RunningAgent
let open: OpenBrowser
let page: Page

/** The ERP numbers every subcontract otherwise: none of them is tied by its number. */
beforeAll(async () => {
  served = await startPages({ mounts: 'at-once', locale: 'de-DE' })
  Object.assign(served.options, pagesOptions({ mounts: 'at-once', locale: 'de-DE' }))
  api = await standInWithAccess({ company: served.company })
  agent = await startAgent({ access: api.access })
  const erp = books()
  const otherwise = erp.JCM_MASTER__COMMITMENT.map((row) => ({ ...row, Commitment: `${row['Commitment']}`.replace('-', ' ') }))
  await agent.export(exportOf(erp, 'jobs'), 'jobs')
  await agent.export(exportOf(erp, 'commitments', otherwise), 'commitments')
  await agent.atRest()
  open = await openBrowser('chromium', { standIn: served, extensionDir: extensionFor('chromium') })
  const { result } = await agent.cli(pair, [], { name: 'Lucia Serrano', email, role: 'accountant' })
  await pairBrowser(open, agent.url, (result as { code: string }).code)
  page = await open.browser.newPage()
  await page.setViewport({ width: 1280, height: 800 })
}, 120_000)
afterAll(async () => {
  await open.close()
  await agent[Symbol.asyncDispose]()
  await api.close()
  await served.close()
})

const tied = (): string[] => agent.ledger.links('commitments').flatMap(({ item }) => item ?? [])

test('what the ERP numbers otherwise is tied from the list: of its project alone, but for what a person leaves out', {
  timeout: 120_000,
}, async () => {
  const { company, project } = served
  expect(tied()).toEqual([])
  await page.goto(`https://us02.procore.com/webclients/host/companies/${company.id}/projects/${project}/tools/contracts/commitments`)
  await page.locator('.tieback-list-line [data-group="not-linked"]').setTimeout(until.timeout).click()
  await page.locator('tieback-drawer >>> button[aria-haspopup="dialog"]').setTimeout(until.timeout).click()
  await page.waitForSelector('tieback-ties[aria-busy="false"]', until)
  const [, ...boxes] = await page.$$('::-p-aria([role="checkbox"])') // the first is for all
  expect(boxes.length).toBeGreaterThan(2)
  const leftOut = await boxes[1]?.evaluate((box) => box.parentElement?.querySelector('strong')?.textContent?.split(' · ')[0])
  await boxes[1]?.click()
  const name = `${boxes.length - 1} verknüpfen`
  await expect
    .poll(async () => {
      await (await buttonsIn(page, name))[0]?.click()
      return tied().length
    }, until)
    .toBe(boxes.length - 1)
  await expect.poll(() => saidIn(page), until).toMatch(new RegExp(`${boxes.length - 1} von ${boxes.length - 1} verknüpft\\.`))
  const there = new Map(company.commitments(Number(project)).map(({ id, number }) => [String(id), number]))
  expect(tied().map((id) => there.get(id) ?? `elsewhere: ${id}`)).not.toContain(leftOut)
  expect(tied().filter((id) => !there.has(id))).toEqual([])
  const acts = agent.ledger.rows("select p.email, a.after from audit a join people p on p.id = a.person where a.act = 'match-confirmed'")
  expect(acts.map((act) => [act['email'], JSON.parse(String(act['after'])).atLeast])).toEqual(tied().map(() => [email, 0.9]))
})
