// What every journey of an unlink needs: the practice company's books, a real agent that writes links, and a person with the right to take them off.
import type { Page } from 'puppeteer'
import { expect } from 'vitest'
import { pair } from '../../agent/cli/pair.ts'
import type { Entity, ItemType } from '../../shared/item.ts'
import { books, exportOf } from '../flow/books.ts'
import { type PagesOptions, pagesOptions } from '../procore/pages/options.ts'
import type { StandIn } from '../procore/stand-in.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { type BrowserName, extensionFor, type OpenBrowser, openBrowser, openExtensionPage } from './browsers.ts'
import { chord, enterUntilHeard, heldIn, isAt, tab, tabTo } from './by-keyboard.ts'
import { buttonsIn, saidIn } from './closed-root.ts'
import { pairBrowser } from './pair-browser.ts'
import { type ServedPages, startPages } from './start-pages.ts'

/** Somebody Procore lists in the practice company. */
export const email = 'lucia.serrano@practice-builders.example'
export const until = { timeout: 30_000 }
const reason = 'Billed to the wrong job'
/** Why an admin goes against the forecast. */
export const against = 'was entered in the wrong company'

export type Target = { type: ItemType; id: string; key: string; address: string }
type Exported = Parameters<typeof exportOf>[1]

export type Office = {
  served: ServedPages
  /** The API of the same company, whose manners a test may change. */
  api: StandIn
  agent: RunningAgent
  open: OpenBrowser
  page: Page
  erp: ReturnType<typeof books>
  /** Takes an export of the books as they now are, and waits until nothing is left to do. */
  exports(...entities: Exported[]): Promise<void>
  speaks(locale: PagesOptions['locale']): void
  close(): Promise<void>
}

type Opening = {
  browser: BrowserName
  locale: PagesOptions['locale']
  role: 'accountant' | 'admin'
  /** In the order in which they are taken. */
  take: readonly Exported[]
  writing: Partial<Record<Entity, 'on' | 'create'>>
  settings?: Record<string, unknown>
  /** What the ERP holds to begin with. */
  begins?: (erp: ReturnType<typeof books>, served: ServedPages) => void
}

export async function openOffice({ browser, locale, role, take, writing, settings = {}, begins }: Opening): Promise<Office> {
  const served = await startPages({ mounts: 'at-once', locale })
  const api = await standInWithAccess({ company: served.company })
  const agent = await startAgent({ access: api.access, settings })
  const erp = books()
  begins?.(erp, served)
  const exports: Office['exports'] = async (...entities) => {
    for (const entity of entities) await agent.export(exportOf(erp, entity), entity)
    await agent.atRest(until60)
  }
  await exports(...take)
  for (const [entity, how] of Object.entries(writing)) await agent.writing(entity as Entity, how)
  await agent.atRest(until60)
  const open = await openBrowser(browser, { standIn: served, extensionDir: extensionFor(browser) })
  const { result } = await agent.cli(pair, [], { name: 'Lucia Serrano', email, role })
  const { people } = await agent.ask('people')
  const id = people.find((one) => one.email === email)?.id ?? ''
  await agent.ask('setApprover', { params: { id }, body: { granted: true } })
  await pairBrowser(open, agent.url, (result as { code: string }).code)
  const page = await open.browser.newPage()
  await page.setViewport({ width: 1280, height: 800 })
  return {
    ...{ served, api, agent, open, page, erp, exports },
    speaks: (spoken) => void Object.assign(served.options, pagesOptions({ mounts: 'at-once', locale: spoken })),
    async close() {
      await open.close()
      await agent[Symbol.asyncDispose]()
      await api.close()
      await served.close()
    },
  }
}
const until60 = { withinMs: 60_000 }

export const linkOf = async ({ agent }: Office, { type, id }: Target) => agent.ask('link', { params: { id: `${type}:${id}` } })

/** The badge's details, as a reader has them before any press on a button: Alt+T, and the keyboard is in them. */
export async function details({ page }: Office, { address }: Pick<Target, 'address'>): Promise<void> {
  if (page.url() !== address) await page.goto(address)
  await page.waitForSelector('.tieback-sync-status button', until)
  await chord(page, 'Alt', 'KeyT')
  await page.waitForSelector('tieback-popover >>> .history', until) // with the details
  await expect.poll(() => isAt(page, '[data-first]'), until).toBe(true)
}

/** The same of a row of the open list; `key`: `type:id`. */
export async function rowDetails({ page }: Office, key: string): Promise<void> {
  await page.waitForSelector(`.tieback-list-status[data-key="${key}"] [data-state]`, until)
  await page.focus(`tr:has([data-key="${key}"]) a`)
  await chord(page, 'Alt', 'KeyT')
  await page.waitForSelector('tieback-popover >>> .history', until)
}

const hasButton = ({ type }: Target): boolean => type.endsWith('-contract')
/** What opens the dialog, and gets the keyboard back. */
const opener = (target: Target): string => (hasButton(target) ? '.tieback-unlink' : '.forecast .actions button')

/** From Procore's actions where there is a place for it, else from the details; by keyboard from the page on. */
export async function asking(office: Office, target: Target): Promise<void> {
  const { page } = office
  if (!hasButton(target)) await details(office, target)
  else {
    if (page.url() !== target.address) await page.goto(target.address)
    await page.waitForSelector('.tieback-unlink', until)
  }
  await tabTo(page, () => isAt(page, opener(target)))
  await page.keyboard.press('Enter')
  await page.waitForSelector('tieback-unlink[aria-busy="false"]', until)
  expect(await isAt(page, 'tieback-unlink')).toBe(true)
}

/** How it stands, in a word, where any browser tells it: on the button, or in the details behind the dialog. */
export const outside = ({ page }: Office, target: Target): Promise<string | null> =>
  hasButton(target)
    ? page.$eval('.tieback-unlink', ({ textContent }) => textContent)
    : page.evaluate(() => document.querySelector('tieback-popover')?.shadowRoot?.querySelector('.forecast strong')?.textContent ?? null)

/** French keeps signs and words together with spaces of other widths. */
export const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ')

/** What the dialog says. Firefox does not hand out what a closed root holds: there the tests look at `outside`, the stand-in and the ledger. */
export const says = async ({ page, open }: Office, text: RegExp): Promise<void> => {
  if (open.name === 'chromium') await expect.poll(async () => plain(await saidIn(page)), until).toMatch(text)
}

/** Esc, and the keyboard is where it came from; where details lie beneath, Esc again. */
export async function leave({ page }: Office, target: Target): Promise<void> {
  await page.keyboard.press('Escape')
  await expect.poll(() => page.$('tieback-unlink'), until).toBeNull()
  expect(await isAt(page, opener(target))).toBe(true)
  if (hasButton(target)) return
  await page.keyboard.press('Escape')
  await expect.poll(() => page.$('tieback-popover'), until).toBeNull()
  expect(await isAt(page, '.tieback-sync-status button')).toBe(true)
}

/** The keyboard is on the button that leaves; the act is the next stop, and a reason, where one is wanted, the one before. */
export async function act(office: Office, target: Target, name: string): Promise<void> {
  const { page, open } = office
  const { unlink } = await linkOf(office, target)
  if (unlink?.reason) {
    await tab(page, true)
    await page.keyboard.type(reason)
    await tab(page)
  }
  await tab(page)
  if (open.name === 'chromium') expect(await heldIn(page)).toBe(name)
  await enterUntilHeard(page)
  await page.waitForSelector('tieback-unlink[aria-busy="false"]', until)
}

/** Against the forecast, as an admin: opened, why typed, pressed. */
export async function override({ page }: Office, [opens, does]: readonly [string, string]): Promise<void> {
  await tabTo(page, async () => (await heldIn(page)) === opens, true)
  await expect
    .poll(async () => {
      if ((await heldIn(page)) === opens) await page.keyboard.press('Enter')
      return (await buttonsIn(page, does)).length
    }, until)
    .toBe(1)
  expect(await heldIn(page)).toBe('textarea')
  await page.keyboard.type(against)
  await tab(page)
  expect(await heldIn(page)).toBe(does)
  await enterUntilHeard(page)
  await page.waitForSelector('tieback-unlink[aria-busy="false"]', until)
}

/** What the popup says of a record, typed as a person types it: how it stands, and what it says in place of a page to open. */
export async function found({ open }: Office, text: string, key: string): Promise<string[]> {
  const popup = await openExtensionPage(open, 'popup.html', '#find')
  await popup.type('#find', text)
  const seen = await popup.waitForFunction(
    (named) => {
      const hit = [...document.querySelectorAll('.hit')].find(({ textContent }) => textContent.includes(named))
      return hit && [hit.querySelector('.pill')?.textContent ?? '', hit.lastElementChild?.textContent ?? '']
    },
    until,
    key,
  )
  const said = (await seen.jsonValue()) || []
  await popup.close()
  return said.map(plain)
}

/** The language of Tieback itself, as chosen in its options; `auto` follows Procore. */
export async function choose({ open }: Office, language: string): Promise<void> {
  const options = await openExtensionPage(open, 'options.html', '#language')
  await options.select('#language', language)
  await options.waitForFunction((chosen) => document.querySelector<HTMLSelectElement>('#language')?.value === chosen, until, language)
  await options.waitForSelector('[role=status]:not(:empty)', until)
  await options.close()
}
