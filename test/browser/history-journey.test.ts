import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pair } from '../../agent/cli/pair.ts'
import { relink } from '../../agent/cli/relink.ts'
import { unlink } from '../../agent/cli/unlink.ts'
import { books, exportOf } from '../flow/books.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import { type BrowserName, extensionFor, type OpenBrowser, openBrowser, openExtensionPage } from './browsers.ts'
import { pairBrowser } from './pair-browser.ts'
import { type ServedPages, startPages } from './start-pages.ts'

/** Somebody Procore lists in the practice company. */
const email = 'lucia.serrano@practice-builders.example'
const reason = 'was entered in the wrong company'
const until = { timeout: 30_000 }

/** Real agent, real extension, a made Procore: a subcontract that changed in the books, was unlinked all the same, and linked again. */
describe.each<BrowserName>(['chromium', 'firefox'])('the whole history of a record, in %s', (name) => {
  const downloads = mkdtempSync(join(tmpdir(), 'tieback-downloads-'))
  const erp = books()
  let served: ServedPages
  let api: Awaited<ReturnType<typeof standInWithAccess>>
  let agent: RunningAgent
  let open: OpenBrowser
  let target: { id: string; key: string }
  let history: Page

  beforeAll(async () => {
    served = await startPages({ mounts: 'at-once', locale: 'de-DE' })
    api = await standInWithAccess({ company: served.company })
    agent = await startAgent({ access: api.access })
    await live()
    const firefoxPrefs = { 'browser.download.folderList': 2, 'browser.download.dir': downloads }
    open = await openBrowser(name, { standIn: served, extensionDir: extensionFor(name), firefoxPrefs })
    const { result } = await agent.cli(pair, [], { name: 'Lucia Serrano', email, role: 'accountant' })
    await pairBrowser(open, agent.url, (result as { code: string }).code)
  }, 180_000)
  afterAll(async () => {
    await open.close()
    await agent[Symbol.asyncDispose]()
    await api.close()
    await served.close()
    rmSync(downloads, { recursive: true, force: true })
  })

  async function live(): Promise<void> {
    for (const entity of ['jobs', 'vendors', 'commitment-items', 'commitments'] as const) await agent.export(exportOf(erp, entity), entity)
    await agent.atRest()
    await agent.writing('commitments', 'on')
    await agent.atRest()
    const inProject = new Set(served.company.commitments(Number(served.project)).map(({ id }) => String(id)))
    const ours = agent.ledger
      .links('commitments')
      .find(({ item, type, state }) => type === 'work-order-contract' && state === 'synced' && inProject.has(item ?? ''))
    target = { id: `${ours?.type}:${ours?.item}`, key: ours?.key ?? '' }
    const record = erp.JCM_MASTER__COMMITMENT.find((row) => row['Commitment'] === target.key) as Record<string, string>
    record['Description'] = `Not ${record['Description']}`
    await agent.export(exportOf(erp, 'commitments'), 'commitments')
    await agent.atRest()
    expect((await agent.cli(unlink, [target.id], { override: true, reason })).code).toBe(0)
    expect((await agent.cli(relink, [target.id])).code).toBe(0)
  }

  /** Addresses of all tabs of the extension's own pages, as it sees them: Firefox hands tests no tab that a link opened. */
  const ownTabs = (page: Page): Promise<string[]> =>
    page.evaluate('(globalThis.browser ?? chrome).tabs.query({}).then((all) => all.flatMap(({ url }) => url ?? []))') as Promise<string[]>
  /** The tab that comes up because of what is done. */
  const tabFrom = async (act: () => Promise<void>, path: RegExp): Promise<Page> => {
    await act()
    const found = async (): Promise<Page | undefined> => {
      for (const page of await open.browser.pages()) if (path.test(await page.evaluate(() => location.href).catch(() => ''))) return page
      return undefined
    }
    await expect.poll(async () => (await found()) !== undefined, until).toBe(true)
    return (await found()) as Page
  }
  const texts = (css: string): Promise<string[]> => history.$$eval(css, (all) => all.map(({ textContent }) => textContent ?? ''))
  const kept = (ending: string): string | undefined => readdirSync(downloads).find((file) => file.endsWith(ending))
  const saved = async (ending: string): Promise<string> => {
    await expect.poll(() => kept(ending), until).toBeDefined()
    await expect.poll(() => readFileSync(join(downloads, kept(ending) ?? ''), 'utf8').length, until).toBeGreaterThan(0)
    return readFileSync(join(downloads, kept(ending) ?? ''), 'utf8')
  }
  const keepDownloads = async (page: Page): Promise<void> => {
    if (name !== 'chromium') return // Firefox was told by its settings
    const session = await page.createCDPSession()
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads })
  }

  test('opens from the details of the record, in a tab of its own', async () => {
    const { company, project } = served
    const page = await open.browser.newPage()
    await page.setViewport({ width: 1280, height: 800 })
    const [, id] = target.id.split(':')
    await page.goto(
      `https://us02.procore.com/webclients/host/companies/${company.id}/projects/${project}/tools/contracts/commitments/work_order_contracts/${id}`,
    )
    await page.waitForSelector('.tieback-sync-status button', until)
    await page.click('.tieback-sync-status button')
    await page.waitForSelector('tieback-popover >>> .history + button', until)
    history = await tabFrom(() => page.locator('tieback-popover >>> .history + button').click(), /record\.html/)
    await history.waitForSelector('ol li', until)
    expect(new URL(await history.evaluate(() => location.href)).searchParams.get('id')).toBe(target.id)
  })

  test('tells both sides’ versions, who or what brought each, and marks what was done against the forecast', async () => {
    const title = erp.JCM_MASTER__COMMITMENT.find((row) => row['Commitment'] === target.key)?.['Description']?.slice('Not '.length)
    expect(await texts('h1')).toEqual([`${target.key} · ${title}`])
    const moved = await history.$$eval('ol li', (all) =>
      all.map((one) => ({ marks: (one as HTMLElement).dataset['marks'] ?? '', text: one.textContent ?? '' })),
    )
    const overridden = moved.filter(({ marks }) => marks === 'override unlink')
    expect(overridden.map(({ text }) => text.includes('Gegen die Vorhersage') && text.includes(reason))).toEqual([true, true])
    expect(moved.filter(({ marks }) => marks === 'undo').length).toBeGreaterThan(1)
    const changed = moved.find(({ text }) => text.includes('Synchron → '))?.text
    const record = erp.JCM_MASTER__COMMITMENT.find((row) => row['Commitment'] === target.key)
    const line = erp.JCM_MASTER__COMMITMENT.findIndex((row) => row['Commitment'] === target.key) + 2
    expect(changed).toContain(`${record?.['Description']?.slice('Not '.length)} → ${record?.['Description']}`)
    expect(moved[0]?.text).not.toContain(` → ${record?.['Description']}`) // its undoing changed nothing in the books
    expect(changed).toMatch(new RegExp(`Lauf \\d+.*\\.csv, Zeile ${line}`))
  })

  test('hands out the page for an auditor in the reader’s language, with both sides, and no script can run in it', async () => {
    await history.locator('.take-along a').click()
    const opened = async () => (await ownTabs(history)).find((url) => url.endsWith('&shows=evidence'))
    await expect.poll(opened, until).toBeDefined()
    const page = await openExtensionPage(open, (await opened())?.replace(`${open.extension}/`, '') ?? '', 'iframe')
    await expect
      .poll(() => page.$eval('iframe', (frame) => frame.contentDocument?.querySelector('h1')?.textContent), until)
      .toContain(target.key)
    const shown = await page.$eval('iframe', (frame) => ({
      lang: frame.contentDocument?.documentElement.lang,
      headings: [...(frame.contentDocument?.querySelectorAll('h2') ?? [])].map(({ textContent }) => textContent),
      rights: [...frame.sandbox],
    }))
    expect(shown.lang).toBe('de')
    expect(shown.headings).toEqual(expect.arrayContaining(['Beide Seiten', 'Verlauf']))
    expect(shown.rights).not.toContain('allow-scripts')
    const ran = await page.$eval('iframe', (frame) => {
      const inside = frame.contentDocument as Document
      const script = Object.assign(inside.createElement('script'), { textContent: 'document.title = "ran"' })
      inside.body.append(script)
      return inside.title
    })
    expect(ran).not.toBe('ran')
    await keepDownloads(page)
    await page.locator('.bar .button:not(.primary)').click()
    const { html } = await agent.ask('evidence', { query: { link: target.id, lang: 'de' } })
    const lasting = (text: string): string => text.replace(/<p>.*?<\/p>/, '') // who made it, and when
    expect(lasting(await saved('.html'))).toBe(lasting(html))
    await page.close()
  })

  test('hands out what was kept before the unlink, as it is', async () => {
    await history.bringToFront()
    await keepDownloads(history)
    await history.locator('.snapshot button').click()
    const snapshot = await agent.ask('snapshot', { params: { id: target.id } })
    expect(await saved('.json')).toBe(JSON.stringify(snapshot, null, 2))
    expect(snapshot.carried.header.originId).toContain(target.key)
  })
})
