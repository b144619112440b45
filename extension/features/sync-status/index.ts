import { itemKey } from '../../../shared/item.ts'
import { makeBadge, nativeSaysSynced, repaint, skeleton } from '../../ui/badge.ts'
import { defineFeature, type FeatureContext } from '../feature.ts'
import './sync-status.css'

const FEATURE = 'sync-status'
const DRAWN_MS = 1_000 // by then whatever a page draws anew in one go is drawn

/** A badge beside the title of an open record: commitments of both families, legacy direct costs. */
export const syncStatus = defineFeature({
  id: FEATURE,
  pages: ['subcontract', 'purchase-order', 'direct-cost'],
  anchor: 'commitmentTitle', // its legacy selector is every legacy record's title
  start: watchTitle,
})

function watchTitle({ page, book, seen, details, signal }: FeatureContext): void {
  const { item } = page
  if (!item) return
  const badges = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(`.tieback-${FEATURE}`)]
  const draw = (badge: HTMLElement): void => {
    const known = book.get(itemKey(item))
    if (known) repaint(badge, makeBadge(FEATURE, 'title', known.badge, nativeSaysSynced(badge.parentElement ?? badge)))
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
  signal.addEventListener('abort', () => badges().forEach((badge) => void badge.remove()))
}

/** The line the heading stands in: new pages wrap it in a row with Procore's own mark, legacy pages have a plain h1. */
const rowOf = (title: Element): Element => (title.matches('h1') ? title : (title.querySelector('h1')?.parentElement ?? title))
