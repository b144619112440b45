/**
 * The console over years of work: what a browser has to fetch before it shows anything, and how long after opening it a person can read the
 * overview and press a button, with a million records and ten thousand runs in the ledger of the agent as it is shipped. Each opening is a new
 * tab without the browser's cache, of a browser that joined before. How long it takes is the machine's doing as much as ours, so what work
 * takes that is the same everywhere is told beside it.
 */
import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'puppeteer'
import { type OpenBrowser, openChromium } from '../test/browser/browsers.ts'
import { startPages } from '../test/browser/start-pages.ts'
import { tempFolder } from '../test/support/temp-folder.ts'
import { freePort, startTieback, tieback } from '../test/support/tieback-process.ts'
import { absoluteLine, type Bench, type Line, median } from './bench.ts'
import { fillLedger, fillRuns } from './fill-ledger.ts'
import { doFixedWork, slowness } from './machine.ts'

const records = 1_000_000
const runs = 10_000
/** Days the runs are spread over; the overview shows the newest of them. */
const days = 100
const opened = 9
/** Its words come in files of their own, the most there are of one language; English comes with every page. */
const language = 'fr-CA'
const budget = { bytes: 150 * 1024, usableMs: 500 }
const build = resolve('build/agent/console')

export const consoleBench: Bench = {
  name: 'console',
  async *run() {
    await using folder = await tempFolder('console')
    const { home, port } = await makeHome(folder.path)
    const agent = await startTieback(home, port)
    const pages = await startPages()
    const browser = await openChromium({ standIn: pages, language })
    try {
      const { times, fetched } = await overview(browser, home, port)
      yield await size(fetched)
      yield times
    } finally {
      await browser.close()
      await pages.close()
      await agent.stop()
    }
  },
}

/** index.html and the files a browser fetched for it, as a server that packs would send them. */
async function size(fetched: readonly string[]): Promise<Line> {
  const files = await Promise.all(
    ['index.html', ...fetched].map(async (path) => [path, gzipSync(await readFile(join(build, path)), { level: 9 }).length] as const),
  )
  const bytes = files.reduce((sum, [, packed]) => sum + packed, 0)
  return absoluteLine('console/size', 'bytes', bytes, budget.bytes, Object.fromEntries(files))
}

/** An agent whose ledger was filled before it starts; Procore does not answer it. */
async function makeHome(folder: string): Promise<{ home: string; port: number }> {
  const [home, exports, port] = [join(folder, 'agent'), join(folder, 'exports'), await freePort()]
  const nowhere = `http://127.0.0.1:${await freePort()}`
  await mkdir(exports)
  const flags = {
    ...{ name: 'Books', 'erp-company': 'Practice', folder: exports, port: String(port), environment: 'custom' },
    ...{ 'procore-company': '7', 'procore-name': 'Practice Builders', 'api-base': nowhere, 'login-base': nowhere },
    ...{ 'client-id': 'x', 'client-secret': 'x', 'admin-name': 'Ada', 'admin-email': 'ada@practice.example' },
  }
  await tieback(home, 'init', ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]))
  const ledger = join(home, 'ledger.db')
  fillLedger(ledger, { connection: 1, links: records, now: Date.now() })
  fillRuns(ledger, { connection: 1, runs, days, now: Date.now() })
  return { home, port }
}

/** `fetched`: the console's own files, below its folder. */
async function overview({ browser }: OpenBrowser, home: string, port: number): Promise<{ times: Line; fetched: string[] }> {
  const { link } = await tieback<{ link: string }>(home, 'console', '--print', '--json')
  const joining = await browser.newPage()
  await joining.goto(link)
  await joining.waitForSelector('.tiles')
  await joining.close()
  const [times, fixed, asked]: [number[], number[], Record<string, number>[]] = [[], [], []]
  for (let n = 0; n <= opened; n += 1) {
    fixed.push(doFixedWork())
    const page = await browser.newPage()
    const one = await usable(page, `http://127.0.0.1:${port}/console/`)
    times.push(one.ms)
    asked.push(one.asked)
    await page.close()
  }
  for (const all of [times, fixed, asked]) all.shift() // the first warms the disk's cache
  const questions = Object.fromEntries(
    Object.keys(asked[0] ?? {}).map((path) => [path, Math.round(median(asked.map((one) => one[path] ?? Number.NaN)))]),
  )
  const all = { usable: times.map(Math.round), fixed: fixed.map(Math.round) }
  const detail = { records, runs, days, opened, all, questions, slowness: slowness(fixed) }
  return {
    times: absoluteLine('console/overview', 'ms', median(times), budget.usableMs, detail),
    fetched: Object.keys(questions).flatMap((path) => (path.startsWith('/console/') ? [path.slice('/console/'.length)] : [])),
  }
}

type Usable = { ms: number; asked: Record<string, number> }

/** From opening the address until figures and chart are on screen and a pressed button has answered, by the page's own clock; and what each question took. */
async function usable(page: Page, address: string): Promise<Usable> {
  await page.setViewport({ width: 1280, height: 900 })
  await page.setCacheEnabled(false)
  await page.evaluateOnNewDocument(() => {
    const isThere = (): boolean =>
      [...document.querySelectorAll('.chart .runs')].filter((bar) => Number(bar.getAttribute('height')) > 0).length === 14 &&
      document.querySelector('.tiles a') !== null &&
      document.querySelector('main .list tbody tr') !== null &&
      document.querySelector('main p[role=status]') === null
    const look = (): void => {
      const button = isThere() ? document.querySelector<HTMLButtonElement>('.chart .copy-table button') : null
      if (!button) return void requestAnimationFrame(look)
      button.click()
      answered()
    }
    const answered = (): void => {
      if (!document.querySelector('.chart .copy-table small')?.textContent) return void requestAnimationFrame(answered)
      Object.assign(window, { usableMs: performance.now() })
    }
    requestAnimationFrame(look)
  })
  await page.goto(address)
  await page.waitForFunction(() => 'usableMs' in window)
  return page.evaluate(() => ({
    ms: Reflect.get(window, 'usableMs') as number,
    asked: Object.fromEntries(performance.getEntriesByType('resource').map(({ name, duration }) => [new URL(name).pathname, duration])),
  }))
}
