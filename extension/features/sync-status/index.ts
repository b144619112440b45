import { itemKey } from '../../../shared/item.ts'
import { type PageKind, routes } from '../../../shared/pages/routes.ts'
import type { Words } from '../../../shared/words/languages.ts'
import { say } from '../../../shared/words/say.ts'
import { makeBadge, nativeSaysSynced, repaint, skeleton } from '../../ui/badge.ts'
import type { Badge } from '../../ui/badge-shape.ts'
import { defineFeature, type FeatureContext } from '../feature.ts'
import './sync-status.css'

const FEATURE = 'sync-status'
const DRAWN_MS = 1_000 // by then whatever a page draws anew in one go is drawn
/** Pages that show one record, whichever kind. No ERP record is tied to a line of a budget: its page says how the project's job stands. */
const records: PageKind[] = [...new Set(routes.flatMap(({ kind, item, about }) => (item || about ? [kind] : [])))]

/** A badge beside the title of an open record, in both families. */
export const syncStatus = defineFeature({
  id: FEATURE,
  pages: records,
  anchor: ({ item }) => (item?.type === 'project' ? 'projectTitle' : 'recordTitle'),
  start: watchTitle,
})

function watchTitle({ page, words, book, seen, details, signal }: FeatureContext): void {
  const { item } = page
  if (!item) return
  const badges = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(`.tieback-${FEATURE}`)]
  const draw = (badge: HTMLElement): void => {
    const known = book.get(itemKey(item))
    const model = known && (page.kind === 'budget' ? ofProject(known.badge, words) : known.badge)
    if (model) repaint(badge, makeBadge(FEATURE, 'title', model, nativeSaysSynced(badge.parentElement ?? badge)))
  }

  const put = (title: Element): void => {
    const badge = skeleton(FEATURE)
    badge.dataset['key'] = itemKey(item)
    badge.addEventListener('click', () => details(item, badge, true))
    rowOf(title).append(badge)
    draw(badge)
    book.want([itemKey(item)])
    // Drawn over in the very frame it was put there: the style sheet never saw it, so nothing notices.
    setTimeout(() => !signal.aborted && title.isConnected && badges().length === 0 && put(title), DRAWN_MS)
  }
  if (item.type === 'project') document.documentElement.dataset['tiebackTitle'] = 'project'
  seen(put)
  book.onChange((keys) => {
    if (!keys.has(itemKey(item))) return
    badges().forEach(draw)
    book.want([itemKey(item)])
  }, signal)
  const onKey = (event: KeyboardEvent): void => {
    const badge = badges()[0]
    if (badge && event.code === 'KeyT' && event.altKey && !event.ctrlKey && !event.metaKey) details(item, badge, true)
  }
  document.addEventListener('keydown', onKey, { signal })
  signal.addEventListener('abort', () => {
    for (const badge of badges()) badge.remove()
    delete document.documentElement.dataset['tiebackTitle']
  })
}

/** Beside the heading of a budget “Synced” alone would speak of amounts nobody compared: it says whose state it is. */
function ofProject(badge: Badge, words: Words): Badge {
  const of = (says: string): string => say(words, 'badge.of', { item: say(words, 'item.project'), says })
  return { ...badge, word: of(badge.word), sentence: of(badge.sentence) }
}

/** The line the heading stands in: new pages wrap it in a row with Procore's own mark, legacy pages have a plain h1. */
const rowOf = (title: Element): Element => (title.matches('h1') ? title : (title.querySelector('h1')?.parentElement ?? title))
