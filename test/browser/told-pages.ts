import type { Page } from 'puppeteer'
import type { Role } from '../../shared/pairing.ts'
import type { PagesOptions } from '../procore/pages/options.ts'
import { type BrowserName, extensionFor, type OpenBrowser, type OpenOptions, openBrowser } from './browsers.ts'
import { pairBrowser } from './pair-browser.ts'
import { type ServedPages, startPages } from './start-pages.ts'
import { toldOf } from './told.ts'
import { startToldAgent, type ToldAgent } from './told-agent.ts'

/** A browser paired with a told agent, on the practice pages. `await using` takes all of it away. */
export type ToldPages = {
  served: ServedPages
  agent: ToldAgent
  open: OpenBrowser
  page: Page
  /** Address of the commitments list; a record's is below it. */
  list: string
  [Symbol.asyncDispose](): Promise<void>
}

/** `role`: of the person at the agent; an accountant else. */
type More = { pages?: Partial<PagesOptions>; browser?: Pick<OpenOptions, 'firefoxPrefs'>; role?: Role }

export async function openToldPages(name: BrowserName, { pages = {}, browser = {}, role = 'accountant' }: More = {}): Promise<ToldPages> {
  const served = await startPages(pages)
  const { company, project } = served
  const agent = await startToldAgent(toldOf({ id: String(company.id), name: company.name }))
  agent.told.me.person.role = role
  const open = await openBrowser(name, { standIn: served, extensionDir: extensionFor(name), ...browser })
  await pairBrowser(open, agent.url)
  const page = await open.browser.newPage()
  await page.setViewport({ width: 1280, height: 800 })
  return {
    ...{ served, agent, open, page },
    list: `https://us02.procore.com/webclients/host/companies/${company.id}/projects/${project}/tools/contracts/commitments`,
    async [Symbol.asyncDispose]() {
      await open.close()
      await agent.stop()
      await served.close()
    },
  }
}
