/** The walk through everything, step by step. Whatever is started is handed to `stack`, which takes it away again. */
import type { Page } from 'puppeteer'
import { openChromium } from '../browser/browsers.ts'
import { pairBrowser } from '../browser/pair-browser.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { type DemoAgent, makeAgent, startAgent } from './agent.ts'
import { listedStates, showFrom } from './badges.ts'
import { type Books, openBooks } from './books.ts'
import { sentCost, unknownCode } from './broken-cost.ts'
import { countsOf, expected, ofAmounts, sameCounts } from './counts.ts'
import { dropAll, exportAgain } from './exports-step.ts'
import { type Freshness, freshness } from './freshness.ts'
import { letWrite, quiet, writesOf } from './let-write.ts'
import { goTo, openPage, openRecord, popoverText } from './pages.ts'
import { picture } from './pictures.ts'
import { type Site, startSite } from './site.ts'
import type { Steps } from './steps.ts'
import { tell } from './story.ts'

export type Walk = {
  say: (line: string) => void
  steps: Steps
  stack: AsyncDisposableStack
  lan: boolean
  headless: boolean
  /** Folder of the built extension. */
  extension: string
}

/** How the demo stands at its end, and what it measured. */
export type Walked = { site: Site; books: Books; page: Page; freshnessMs: Freshness; badges: Record<string, number>; calls: number }

/** From this row on the list shows most states at once. */
const ofEveryState = 26
const nina = ['--name', 'Nina Accountant', '--email', 'lucia.serrano@practice-builders.example']

export async function walk({ say, steps: { step }, stack, lan, headless, extension }: Walk): Promise<Walked> {
  const folder = stack.use(await tempFolder('demo'))

  const site = await step('Procore: the practice company, its API and its pages', async () => {
    const made = await startSite()
    stack.defer(made.close)
    const { company, project } = made.pages
    say(
      `  ${company.tables.vendors.live().length} vendors; ${company.commitments(Number(project)).length} commitments in the busiest project`,
    )
    return made
  })

  const { agent, books } = await step(`Agent: made, ${lan ? 'let onto the network, ' : ''}started`, async () => {
    const made = await makeAgent(folder.path, site.access, lan)
    const agent = await startAgent(made, stack)
    agent.process.onLine((line) => {
      const sentence = tell(line)
      if (sentence) say(`    agent: ${sentence}`)
    })
    say(`  ready ${Math.round(agent.process.readyMs)} ms after its start; watches ${made.exports}`)
    return { agent, books: openBooks(made.exports) }
  })

  const open = await step('Browser: Chromium with the extension', async () => {
    const browser = await openChromium({
      ...{ standIn: site.pages, extensionDir: extension, trust: agent.trusted, headless, callerStops: true },
    })
    stack.defer(browser.close)
    return browser
  })

  await step('Pairing: a code from “tieback pair”, typed into the extension’s options', async () => {
    const address = await pairNina(agent, (code, at) => pairBrowser(open, at, code))
    if (lan !== address.startsWith('https://')) throw new Error(`The agent told browsers to come to ${address}.`)
    say(`  Nina’s browser is paired with ${address}`)
  })

  await step('Exports: five files dropped into the watched folder', () => dropAll(agent, books))

  await step('Procore: read, to compare', async () => {
    await quiet(site)
    say(`  ${site.api.requests.length} calls`)
    if (writesOf(site).length > 0) throw new Error(`It may only watch, and wrote: ${writesOf(site).join(', ')}`)
  })

  await step('Writing: what it would do, then switched on', () => letWrite(say, agent, site))

  const page = await openPage(open, site.list)
  const badges = await step('Badges: the whole list, compared with what is known', async () => {
    const counts = countsOf(await listedStates(page))
    say(`  ${inWords(counts)}`)
    if (!sameCounts(counts, expected)) throw new Error(`Known is ${inWords(expected)}; shown is ${inWords(counts)}.`)
    await showFrom(page, ofEveryState)
    say(`  ${await picture(page, 'list')}`)
    return counts
  })

  await step('Record: its badge opened', async () => {
    await openRecord(page, site.commitment(ofAmounts), 'changed-in-both')
    say(`  ${await picture(page, 'detail')}`)
  })

  const freshnessMs = await step('A change in the books: toast and badge', async () => {
    await goTo(page, site.list)
    const times = await freshness(say, page, site, books)
    say(`  saved → badge painted: p50 ${times.p50} ms, p95 ${times.p95} ms`)
    return times
  })

  await step('A change that Procore cannot take', async () => {
    const { id, row, mend } = sentCost(site, books)
    Object.assign(row, { Cost_Code: unknownCode, Amount: '1234.56' })
    await exportAgain(agent, books, 'JCT_CURRENT__TRANSACTION')
    await openRecord(page, site.directCost(id), 'failed')
    if (!(await popoverText(page))?.includes(unknownCode)) throw new Error(`The popover does not name ${unknownCode}.`)
    say(`  ${await picture(page, 'failed')}`)
    mend()
    await exportAgain(agent, books, 'JCT_CURRENT__TRANSACTION')
    await page.waitForSelector('.tieback-sync-status .tieback-pill[data-state="synced"]')
    say('  corrected in the books, sent by itself, and synced again')
  })

  await step('In German', async () => {
    site.pages.options.locale = 'de-DE'
    await goTo(page, site.list)
    await showFrom(page, ofEveryState)
    say(`  ${await picture(page, 'german')}`)
    site.pages.options.locale = 'en'
    await goTo(page, site.list)
  })
  return { site, books, page, freshnessMs, badges, calls: site.api.requests.length }
}

/** Makes a code for Nina and joins with it; answers the address browsers are told. */
async function pairNina({ cli }: DemoAgent, join: (code: string, address: string) => Promise<void>): Promise<string> {
  const { code, addresses } = await cli<{ code: string; addresses: string[] }>('pair', ...nina, '--json')
  const [address = ''] = addresses
  await join(code, address)
  return address
}

const inWords = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([state, n]) => `${n} ${state}`)
    .join(', ')
