/**
 * Writer's close → badge painted, the change confirmed by Procore: the bundled agent, the production extension in Chromium, and the
 * stand-in answering each call after 100 ms.
 *
 * A direct cost is changed, the hardest there is: its item is frozen by its link, so that the agent takes the link off, patches header
 * and line, and puts the link on again. The badge counts as painted when it says “synced” after the stand-in answered the last of these
 * calls, and the stand-in then holds the new amount. `detail` also has the rounds of a commitment's title, which is compared but not
 * sent, and where the time went.
 */
import { fileURLToPath } from 'node:url'
import type { Page } from 'puppeteer'
import { openChromium } from '../test/browser/browsers.ts'
import { pairBrowser } from '../test/browser/pair-browser.ts'
import { makeAgent, startAgent } from '../test/demo/agent.ts'
import { paintedAfter } from '../test/demo/badges.ts'
import { type Books, openBooks } from '../test/demo/books.ts'
import { type Cost, sentCost } from '../test/demo/broken-cost.ts'
import { dropAll } from '../test/demo/exports-step.ts'
import { changing } from '../test/demo/freshness.ts'
import { letWrite, quiet } from '../test/demo/let-write.ts'
import { openPage } from '../test/demo/pages.ts'
import { type Site, startSite } from '../test/demo/site.ts'
import { tempFolder } from '../test/support/temp-folder.ts'
import { waitFor } from '../test/support/wait-for.ts'
import { absoluteLine, type Bench, median, percentile } from './bench.ts'

const latencyMs = 100
const rounds = 30
const comparedRounds = 10
const idleMs = 5 * 60_000
/** Each idles for itself: after the first change nothing is idle any more. */
const idlers = 5
const budget = { p95: 2_500, afterIdle: 3_500 }

type Office = {
  site: Site
  books: Books
  open: Awaited<ReturnType<typeof openChromium>>
  cost: Cost
  page: Page
  [Symbol.asyncDispose](): Promise<void>
}

/** One change: how long until it was taken (noticed, rested, read), confirmed by the stand-in, and painted; ms after the writer's close. */
type Round = { taken: number; confirmed: number; painted: number }

export const freshness: Bench = {
  name: 'freshness',
  async *run() {
    await using stack = new AsyncDisposableStack()
    const office = stack.use(await openOffice())
    const sent: Round[] = []
    for (let n = 0; n < rounds + 1; n++) sent.push(await changeCost(office, n))
    sent.shift() // the first warms up
    const compared = await compare(office)
    yield absoluteLine(
      'freshness/p95',
      'ms',
      percentile(
        sent.map(({ painted }) => painted),
        0.95,
      ),
      budget.p95,
      {
        ...{ rounds, latencyMs, record: 'direct cost, link taken off and put on again', ...spread(sent) },
        ...{ commitment: { rounds: comparedRounds, p50: Math.round(median(compared)), p95: Math.round(percentile(compared, 0.95)) } },
      },
    )

    const idle = await Promise.all(Array.from({ length: idlers - 1 }, openOffice))
    for (const one of idle) stack.use(one)
    const all = [office, ...idle]
    await new Promise((resolve) => setTimeout(resolve, idleMs))
    const after: Round[] = []
    for (const [n, one] of all.entries()) after.push(await changeCost(one, rounds + 1 + n))
    yield absoluteLine(
      'freshness/p95-after-idle',
      'ms',
      percentile(
        after.map(({ painted }) => painted),
        0.95,
      ),
      budget.afterIdle,
      {
        ...{ rounds: idlers, idleMs, latencyMs, record: 'direct cost', ...spread(after) },
      },
    )
  },
}

/** An agent, its Procore and a paired browser on the page of a direct cost. */
async function openOffice(): Promise<Office> {
  const stack = new AsyncDisposableStack()
  try {
    const folder = stack.use(await tempFolder('freshness'))
    const site = await startSite(latencyMs)
    stack.defer(site.close)
    const made = await makeAgent(folder.path, site.access, false)
    const agent = await startAgent(made, stack)
    const extensionDir = fileURLToPath(new URL('../.output/chrome-mv3', import.meta.url))
    const open = await openChromium({ standIn: site.pages, extensionDir })
    stack.defer(open.close)
    const [name, email] = ['Nina', 'lucia.serrano@practice-builders.example']
    const { code, addresses } = await agent.cli<{ code: string; addresses: string[] }>('pair', '--name', name, '--email', email, '--json')
    await pairBrowser(open, addresses[0] ?? '', code)
    const books = openBooks(made.exports)
    await dropAll(agent, books)
    await quiet(site)
    await letWrite(() => undefined, agent, site)
    const cost = sentCost(site, books)
    const page = await openPage(open, site.directCost(cost.id), '.tieback-pill[data-state="synced"]')
    return { site, books, open, cost, page, [Symbol.asyncDispose]: () => stack.disposeAsync() }
  } catch (trouble) {
    await stack.disposeAsync()
    throw trouble
  }
}

const now = (): number => performance.timeOrigin + performance.now()

/** Exports the cost with another amount and waits until Procore holds it and the badge says so. */
async function changeCost({ site, books, cost, page }: Office, n: number): Promise<Round> {
  const amount = `${1_000 + n}.25`
  cost.row['Amount'] = amount
  let [taken, confirmed] = [0, 0]
  const stop = site.api.onRequest((stage, { method }) => {
    if (stage === 'received' && taken === 0 && method === 'GET') taken = now() // the first thing the outbox does is to read the owner
    if (stage === 'answered' && method === 'PATCH') confirmed = now()
  })
  const closed = await books.export('JCT_CURRENT__TRANSACTION')
  await waitFor(
    'Procore holds the new amount, linked again',
    () => holds(site, cost.id, amount) && site.api.requests.at(-1)?.status !== undefined,
  )
  const painted = await paintedAfter(page, `direct-cost:${cost.id}`, 'synced', confirmed)
  stop()
  return { taken: taken - closed, confirmed: confirmed - closed, painted: painted.at - closed }
}

const holds = ({ pages: { company } }: Site, id: number, amount: string): boolean => {
  const line = company.tables.direct_cost_line_items.live().find((one) => one.holder_id === id)
  return Number(line?.amount) === Number(amount) && company.tables.direct_costs.get(id)?.origin_id !== null
}

/** A commitment's title, which is compared and never sent: writer's close → badge painted in the list. */
async function compare({ site, books, open }: Office): Promise<number[]> {
  const page = await openPage(open, site.list, `.tieback-badge[data-key="${site.keyOf(changing)}"] .tieback-pill[data-state]`)
  const row = books.rows('JCM_MASTER__COMMITMENT').find((one) => one['Commitment'] === changing)
  const title = row?.['Description'] ?? ''
  const times: number[] = []
  for (let n = 0; n < comparedRounds; n++) {
    Object.assign(row ?? {}, { Description: n % 2 === 0 ? `${title} II` : title })
    const closed = await books.export('JCM_MASTER__COMMITMENT')
    times.push((await paintedAfter(page, site.keyOf(changing), n % 2 === 0 ? 'changed-in-erp' : 'synced', closed)).at - closed)
  }
  await page.close()
  return times
}

/** Where the time went, in the middle and in the slowest round. */
function spread(of: readonly Round[]): Record<'middle' | 'slowest', Record<string, number>> {
  const slowest = of.reduce((slow, one) => (one.painted > slow.painted ? one : slow))
  const steps = (from: (pick: (round: Round) => number) => number): Record<string, number> => ({
    taken: Math.round(from(({ taken }) => taken)),
    procore: Math.round(from(({ taken, confirmed }) => confirmed - taken)),
    toBadge: Math.round(from(({ confirmed, painted }) => painted - confirmed)),
    whole: Math.round(from(({ painted }) => painted)),
  })
  return { middle: steps((pick) => median(of.map(pick))), slowest: steps((pick) => pick(slowest)) }
}
