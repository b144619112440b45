import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PagesOptions, pagesOptions } from '../procore/pages/options.ts'
import { objections } from './axe.ts'
import type { BrowserName } from './browsers.ts'
import { stateOf } from './told.ts'
import { openToldPages, type ToldPages } from './told-pages.ts'

const until = { timeout: 20_000 }

describe.each<BrowserName>(['chromium', 'firefox'])('before anybody unlinks, in %s', (name) => {
  let pages: ToldPages

  beforeAll(async () => {
    pages = await openToldPages(name, { pages: { mounts: 'at-once' } })
  })
  afterAll(() => pages[Symbol.asyncDispose]())

  /** Opens the details of the first subcontract that stands so. */
  const opened = async (wanted: string, locale: PagesOptions['locale']): Promise<Page> => {
    const { page, served, list } = pages
    Object.assign(served.options, pagesOptions({ mounts: 'at-once', locale }))
    const all = served.company.tables.work_order_contracts.live().filter(({ project_id }) => String(project_id) === served.project)
    const id = all.map((one) => String(one.id)).find((one) => stateOf(one) === wanted)
    await page.goto(`${list}/work_order_contracts/${id}`)
    await page.waitForSelector('.tieback-sync-status button', until)
    await page.click('.tieback-sync-status button')
    await page.waitForSelector('tieback-popover', until)
    await page.waitForSelector('tieback-popover >>> .history', until) // with the details
    return page
  }
  const said = (page: Page): Promise<string | null> =>
    page.evaluate(() => document.querySelector('tieback-popover')?.shadowRoot?.querySelector('.forecast')?.textContent ?? null)

  test('the popover says that it is ready, since when, and which export says so', async () => {
    const page = await opened('gone-from-erp', 'en')
    expect(await said(page)).toMatch(/^UnlinkReady Gone from Sage 300 CRE since .+: no longer in commitments-2026-11-22\.csv\.Unlink…$/)
    expect(await objections(page, 'tieback-popover')).toEqual([])
  })

  test('or that the ERP still has it, under which key, and what to do first', async () => {
    const page = await opened('synced', 'de-DE')
    expect(await said(page)).toMatch(
      /^Verknüpfung aufhebenJetzt nicht Noch in Sage 300 CRE als SC-\d+, zuletzt gesehen .+ in commitments-2026-11-22\.csv\. Zuerst dort löschen\.Verknüpfung aufheben…$/,
    )
  })

  /** Opens “Why not?” and reads the list behind it. */
  const whyNot = async (page: Page): Promise<string[]> => {
    const inside = 'tieback-popover >>> '
    await page.locator(`${inside}.why button`).click() // once it stands still
    await page.waitForSelector(`${inside}.chain li`, until)
    return page.evaluate(() =>
      [...(document.querySelector('tieback-popover')?.shadowRoot?.querySelectorAll('.why h2, .chain li') ?? [])].map(
        (one) => one.textContent ?? '',
      ),
    )
  }

  test('“Warum nicht?” lists what it hangs on, with a sign, a word and who can help', async () => {
    const page = await opened('synced', 'de-DE')
    expect(await whyNot(page)).toEqual([
      ...['Woran das Aufheben der Verknüpfung hängt', '✓Angemeldet und gekoppelt · Ja'],
      '?Standard oder Admin im ERP-Integrationstool · Hier nicht prüfbar Zuständig: Unternehmens-Admin in Procore',
      '✗„Can Push to Accounting“ in Procore · Nein Zuständig: Unternehmens-Admin in Procore',
    ])
    expect(await objections(page, 'tieback-popover')).toEqual([])
  })

  test('tells of every action there is, Procore’s and Check now too', async () => {
    const page = await opened('synced', 'de-DE')
    await whyNot(page)
    const titles = {
      ...{ 'An ERP senden': 'Woran „An ERP senden“ hängt', Annehmen: 'Woran die Annahme hängt', 'Jetzt prüfen': 'Woran die Prüfung hängt' },
      'Verknüpfung aufheben': 'Woran das Aufheben der Verknüpfung hängt',
    }
    for (const [name, title] of Object.entries(titles)) {
      await page.locator(`tieback-popover >>> .why ::-p-text(${name})`).click()
      await page.waitForSelector(`tieback-popover >>> .why h2 ::-p-text(${title})`, until)
      expect(await page.$eval('tieback-popover >>> .why [aria-pressed="true"]', (one) => one.textContent)).toBe(name)
    }
    expect(await objections(page, 'tieback-popover')).toEqual([])
  })

  test('begins with what stands greyed above', async () => {
    const { status, link } = pages.agent.told
    const reason = { code: 'role-missing', next: 'ask', params: { role: 'accountant' }, says: '', do: '' }
    const actions = [{ action: 'resync', allowed: false, reason }]
    pages.agent.told.link = (id) => ({ ...link(id), status: { ...link(id).status, actions } })
    const page = await opened('synced', 'de-DE')
    expect((await whyNot(page))[0]).toBe('Woran die Prüfung hängt')
    Object.assign(pages.agent.told, { status, link })
  })

  test('and « Pourquoi pas ? » in the words of Québec, of a record that is not linked: what sending it takes', async () => {
    const page = await opened('not-linked', 'fr-CA')
    const lines = (await whyNot(page)).map((line) => line.replaceAll('\u00a0', ' '))
    expect(lines[0]).toBe('Ce qu’il faut pour « Envoyer à l’ERP »')
    expect(lines[3]).toMatch(/^✗« Peut transmettre à la comptabilité » dans Procore · Non /)
  })
})
