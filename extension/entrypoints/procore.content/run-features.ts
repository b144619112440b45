import type { Page } from '../../../shared/pages/page.ts'
import type { Ask, News, Welcome } from '../../bridge/calls.ts'
import { ask, hear } from '../../bridge/page.ts'
import type { Feature, FeatureContext } from '../../features/feature.ts'
import { features } from '../../features/index.ts'
import { whichPage } from '../../pages/which-page.ts'
import { type Book, openBook } from '../../ui/book.ts'
import { companyOf } from './company-of.ts'
import { type Details, detailsOf } from './details.ts'
import { pageKey } from './page-key.ts'
import { reportMissing } from './report-missing.ts'
import { welcomed } from './welcomed.ts'

/** Starts the features that belong on the page an address shows, and ends those of the page before. One of four places that catch. */
export function runFeatures(): (href: string) => void {
  let current: Running | null = null
  const book = openBook((items) => withCompany((company) => ask('badges', { items, company })))
  const withCompany = async <T>(call: (company: string | null) => Promise<T>): Promise<T> =>
    call(current ? await companyOf(current.page, current.ended.signal) : null)

  const move = (href: string): void => {
    const page = whichPage(href)
    if (pageKey(page) === pageKey(current?.page ?? null)) return
    current?.ended.abort()
    current = page && start(page, book, withCompany)
  }
  const onNews = (news: News): void => {
    if (news.news === 'changed') book.forget(news.items)
    if (news.news !== 'settings' || !current) return
    current.ended.abort()
    book.forget('all')
    current = start(current.page, book, withCompany)
  }
  hear(onNews, new AbortController().signal)
  return move
}

type Running = { page: Page; ended: AbortController }
export type WithCompany = <T>(call: (company: string | null) => Promise<T>) => Promise<T>

function start(page: Page, book: Book, withCompany: WithCompany): Running {
  const ended = new AbortController()
  void begin(page, book, withCompany, ended.signal)
  return { page, ended }
}

async function begin(page: Page, book: Book, withCompany: WithCompany, signal: AbortSignal): Promise<void> {
  const welcome = await welcomed(ask, signal)
  if (welcome === null) return
  const here = features.filter(({ id, pages }) => welcome.features.includes(id) && (pages === 'all' || pages.includes(page.kind)))
  const shared = { book, withCompany, ...detailsOf(page, welcome.words, book, withCompany, signal) }
  const noticed = noticedIn(document, signal)
  for (const feature of here) {
    try {
      feature.start(contextOf(feature, page, welcome, shared, noticed, signal))
    } catch (trouble) {
      console.error(`tieback ${feature.id}`, trouble) // one broken feature leaves the others and the page alone
    }
  }
  // Rules that notice elements apply from here on, so that no element is noticed before someone listens.
  document.documentElement.dataset['tieback'] = here.map(({ id }) => id).join(' ')
  signal.addEventListener('abort', () => delete document.documentElement.dataset['tieback'])
}

type Noticed = Map<string, (element: Element) => void>

/** Who hears of an element whose animation of this name starts: one listener for all, for a screen of rows starts one in each. */
function noticedIn(document: Document, signal: AbortSignal): Noticed {
  const noticed: Noticed = new Map()
  const onStart = ({ animationName, target }: AnimationEvent): void => {
    const listen = noticed.get(animationName)
    if (listen && target instanceof Element) listen(target)
  }
  document.addEventListener('animationstart', onStart, { signal })
  return noticed
}

function contextOf(
  feature: Feature,
  page: Page,
  welcome: Welcome,
  shared: Pick<FeatureContext, 'book' | 'withCompany'> & Details,
  noticed: Noticed,
  signal: AbortSignal,
): FeatureContext {
  const seen: FeatureContext['seen'] = (listen) => {
    const arrived = reportMissing(feature, page, ask, signal)
    const name = `tieback-${feature.id}`
    noticed.set(name, (element) => {
      arrived()
      noticed.set(name, listen)
      listen(element)
    })
  }
  return { page, words: welcome.words, welcome, ask: ask as Ask, hear: (listen) => hear(listen, signal), seen, signal, ...shared }
}
