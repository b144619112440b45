import type { Browser, BrowserContext, Page } from 'puppeteer'
import { expect } from 'vitest'
import { consoleCommand } from '../../agent/cli/console.ts'
import { type RunningAgent, startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'
import type { OpenBrowser } from './browsers.ts'
import { browsersByLanguage } from './browsers-by-language.ts'
import { type ServedPages, startPages } from './start-pages.ts'

type At = {
  /** The reader's; English where nothing is said. */
  language?: string
  /** There once the place shows what it has. */
  shows: string
}

export type ConsoleOffice = AsyncDisposable & {
  served: ServedPages
  agent: RunningAgent
  api: Awaited<ReturnType<typeof standInWithAccess>>
  /** The Chromium of a language, the same for all who ask. */
  browser: (language: string) => Promise<OpenBrowser>
  /** What “tieback console” hands out, for the admin with this e-mail or the one there is. */
  link: (email?: string) => Promise<string>
  /** One of the console's places (`people`, `connections/new`), joined by a link of its own. */
  at: (place: string, how: At) => Promise<Page>
}

const until = { timeout: 20_000 }

/** A real agent set up for the stand-in, with its console: one Chromium a language. */
export async function openConsoleOffice({ extensionDir }: { extensionDir?: string } = {}): Promise<ConsoleOffice> {
  const served = await startPages()
  const browsers = browsersByLanguage({ standIn: served, extensionDir })
  const api = await standInWithAccess({ company: served.company })
  const agent = await startAgent({ access: api.access })

  async function link(email?: string): Promise<string> {
    const { code, result } = await agent.cli(consoleCommand, [], email === undefined ? {} : { email })
    expect(code).toBe(0)
    return (result as { link: string }).link
  }

  return {
    served,
    agent,
    api,
    browser: browsers.in,
    link,
    async at(place, { language = 'en-US', shows }) {
      const { browser } = await browsers.in(language)
      return arrived(browser, await link(), { place, shows })
    },
    async [Symbol.asyncDispose]() {
      await browsers.close()
      await agent[Symbol.asyncDispose]()
      await api.close()
      await served.close()
    },
  }
}

/** Opens a link of the console in a browser, or in one that was never here, and goes to a place. */
export async function arrived(
  browser: Browser | BrowserContext,
  link: string,
  { place, shows }: { place?: string; shows: string },
): Promise<Page> {
  const page = await browser.newPage()
  await page.setViewport({ width: 1280, height: 1000 })
  await page.goto(link)
  if (place !== undefined) {
    await page.waitForSelector('nav', until)
    await page.evaluate((to) => {
      location.hash = `#/${to}`
    }, place)
  }
  await page.waitForSelector(shows, until)
  return page
}
