import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'puppeteer'
import { type OpenBrowser, openChromium } from '../test/browser/browsers.ts'
import { pairBrowser } from '../test/browser/pair-browser.ts'
import { type ServedPages, startPages } from '../test/browser/start-pages.ts'
import { toldOf } from '../test/browser/told.ts'
import { startToldAgent, type ToldAgent } from '../test/browser/told-agent.ts'
import { absoluteLine, type Bench, median } from './bench.ts'
import { longMs, type Share, shareOf, type TraceEvent } from './trace.ts'

const ROWS = 2_000
const STEPS = 40
const RUNS = 9 // a pass has some 60 samples, so that one alone may be several ms off
const build = resolve('.output/chrome-mv3')
const categories = ['disabled-by-default-devtools.timeline', 'disabled-by-default-v8.cpu_profiler']

/** What the extension costs the page it is in: a long list scrolled, sorted and fetched anew, and a record in both families. */
export const page: Bench = {
  name: 'page',
  async *run() {
    yield* sizes()
    const stage = await open()
    try {
      await passOf(stage) // warm-up
      const passes: Pass[] = []
      while (passes.length < RUNS) passes.push(await passOf(stage))
      const of = (pick: (pass: Pass) => number): number => median(passes.map(pick))
      const worst = passes.toSorted((a, b) => b.share.selfMs - a.share.selfMs)[0]
      yield absoluteLine(
        'page/script',
        'ms',
        of(({ share }) => share.selfMs),
        60,
        {
          pagesOwn: of(({ pages }) => pages.selfMs), // tells a slow machine from a slow script: 59.7 of ours were 77.2 beside 3,391 of these
          runs: passes.map(({ share }) => share.selfMs),
          withNativeCalls: of(({ share }) => share.withNativeMs),
          byTheWall: of(({ share }) => share.wallMs),
          functions: top(worst?.share.byFunction ?? {}),
        },
      )
      const touched = passes.flatMap(({ share }) => share.longTasks)
      const made = touched.filter(({ cpuMs, oursMs }) => cpuMs - oursMs <= longMs)
      yield absoluteLine('page/long-tasks', 'calls', touched.length, 0, { made, touched })
      const bare = await shiftsWithout(stage)
      yield absoluteLine('page/layout-shift', 'score', Math.max(0, of(({ shift }) => shift) - bare), 0.001, {
        with: of(({ shift }) => shift),
        without: bare,
      })
      const requests = Math.max(...passes.map(({ perView }) => perView))
      const again = passes.reduce((sum, pass) => sum + pass.askedAgain, 0)
      yield {
        ...absoluteLine('page/requests', 'calls', requests, 1, { knownAskedAgain: again, items: passes[0]?.items }),
        ok: requests <= 1 && again === 0,
      }
    } finally {
      await stage.close()
    }
  },
}

/** Everything that is in the page before the first click, and what the first click brings. */
function* sizes() {
  const packed = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length
  const folder = join(build, 'content-scripts')
  const first = readdirSync(folder).map((name) => [name, packed(join(folder, name))] as const)
  yield absoluteLine(
    'page/size',
    'bytes',
    first.reduce((sum, [, bytes]) => sum + bytes, 0),
    20 * 1024,
    Object.fromEntries(first),
  )
  yield absoluteLine('page/size-popover', 'bytes', packed(join(build, 'popover.js')), 25 * 1024)
}

type Stage = { served: ServedPages; agent: ToldAgent; browser: OpenBrowser; close(): Promise<void> }

async function open(): Promise<Stage> {
  const served = await startPages({ rows: ROWS, mounts: 'at-once' })
  const agent = await startToldAgent(toldOf({ id: String(served.company.id), name: served.company.name }))
  const browser = await openChromium({ standIn: served, extensionDir: build })
  await pairBrowser(browser, agent.url)
  const close = async (): Promise<void> => {
    await browser.close()
    await agent.stop()
    await served.close()
  }
  return { served, agent, browser, close }
}

/** `share` is the extension's, `pages` the page's own. */
type Pass = { share: Share; pages: Share; shift: number; perView: number; askedAgain: number; items: number }

/** One person's minute with the list and two records, everything unknown at its start. */
async function passOf({ served, agent, browser }: Stage): Promise<Pass> {
  const tab = await newTab(browser)
  agent.emit({ kind: 'connection-changed' }) // whatever the browser knew is forgotten
  await tab.tracing.start({ categories })
  const views = [await view(agent, () => openList(tab, served))]
  for (let step = 1; step <= STEPS; step += 1) views.push(await view(agent, () => scrollTo(tab, step / STEPS)))
  for (const colId of ['title', 'vendor']) views.push(await view(agent, () => sortBy(tab, colId)))
  views.push(await view(agent, () => refetch(tab)))
  const shift = await shiftOf(tab)
  for (const family of ['new', 'legacy'] as const) views.push(await view(agent, () => openRecord(tab, served, family)))
  const trace = await tab.tracing.stop()
  await tab.close()
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(Buffer.from(trace ?? new Uint8Array()).toString('utf8'))
  const items = views.flatMap(({ keys }) => keys)
  return {
    share: shareOf(traceEvents, browser.extension ?? 'chrome-extension://'),
    pages: shareOf(traceEvents, 'https://'),
    shift,
    perView: Math.max(...views.map(({ requests }) => requests)),
    askedAgain: items.length - new Set(items).size,
    items: items.length,
  }
}

/** How many questions one view cost, and about which items. */
async function view(agent: ToldAgent, act: () => Promise<void>): Promise<{ requests: number; keys: string[] }> {
  const before = agent.asked.length
  await act()
  const asked = agent.asked.slice(before)
  return { requests: asked.length, keys: asked.flat() }
}

/** Layout shifts of the same list in a browser without the extension: what the page does by itself. */
async function shiftsWithout({ served }: Stage): Promise<number> {
  const bare = await openChromium({ standIn: served })
  try {
    const tab = await newTab(bare)
    await openList(tab, served, false)
    for (let step = 1; step <= STEPS; step += 1) await scrollTo(tab, step / STEPS, false)
    for (const colId of ['title', 'vendor']) await sortBy(tab, colId, false)
    await refetch(tab, false)
    return await shiftOf(tab)
  } finally {
    await bare.close()
  }
}

async function newTab({ browser }: OpenBrowser): Promise<Page> {
  const tab = await browser.newPage()
  await tab.setViewport({ width: 1280, height: 800 })
  await tab.evaluateOnNewDocument(() => {
    Object.assign(window, { shifted: 0 })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        Object.assign(window, { shifted: Reflect.get(window, 'shifted') + Reflect.get(entry, 'value') })
    }).observe({ type: 'layout-shift', buffered: true })
  })
  return tab
}

const shiftOf = (tab: Page): Promise<number> => tab.evaluate(() => Reflect.get(window, 'shifted') as number)

async function openList(tab: Page, { company, project }: ServedPages, badges = true): Promise<void> {
  await tab.goto(`https://us02.procore.com/webclients/host/companies/${company.id}/projects/${project}/tools/contracts/commitments`)
  await settled(tab, badges)
}

async function scrollTo(tab: Page, share: number, badges = true): Promise<void> {
  await tab.evaluate((part) => {
    const view = document.querySelector('.ag-body-viewport')
    if (view) view.scrollTop = (view.scrollHeight - view.clientHeight) * part
  }, share)
  await settled(tab, badges)
}

async function sortBy(tab: Page, colId: string, badges = true): Promise<void> {
  await tab.evaluate(
    (id) => Reflect.get(window, 'standIn').grid.applyColumnState({ state: [{ colId: id, sort: 'asc' }], defaultState: { sort: null } }),
    colId,
  )
  await settled(tab, badges)
}

async function refetch(tab: Page, badges = true): Promise<void> {
  await tab.evaluate(() => Reflect.get(window, 'standIn').refetch())
  await settled(tab, badges)
}

async function openRecord(tab: Page, { company, project, options }: ServedPages, family: 'new' | 'legacy'): Promise<void> {
  const subcontracts = company.commitments(Number(project)).filter(({ number }) => String(number).startsWith('SC'))
  const id = subcontracts[family === 'new' ? 3 : 4]?.id
  Object.assign(options, { newContracts: family === 'new' })
  await tab.goto(`https://us02.procore.com/${project}/project/contracts/commitments/work_order_contracts/${id}`)
  await tab.waitForSelector('.tieback-sync-status [data-state]')
  Object.assign(options, { newContracts: true })
}

/** Two frames after the grid drew, and every listed record in the document shows its state. */
async function settled(tab: Page, badges: boolean): Promise<void> {
  await tab.waitForSelector('.ag-pinned-left-cols-container .ag-cell[col-id="number"] a')
  await tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  if (!badges) return
  await tab.waitForFunction(() => {
    const rows = [...document.querySelectorAll('.ag-pinned-left-cols-container > .ag-row[row-id]')]
    return (
      rows.length > 0 &&
      rows.every((row) => document.querySelector(`.ag-row[row-id="${row.getAttribute('row-id')}"] .tieback-pill[data-state]`))
    )
  })
}

const top = (functions: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(functions)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, 8)
      .map(([name, ms]) => [name || '(top)', Math.round(ms * 100) / 100]),
  )
