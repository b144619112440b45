import { findAll } from '../../pages/anchors.ts'
import { makeBadge, nativeSaysSynced, repaint, type Stand, skeleton } from '../../ui/badge.ts'
import type { Known } from '../../ui/book.ts'
import type { FeatureContext } from '../feature.ts'
import { type Column, cellFor, isPlain, type Listed, learnRecords, rowAt, standsIn } from './cells.ts'
import { openByKeyboard, openByRest } from './open.ts'
import { whenStill } from './still.ts'
import { watchGrids } from './watch-grid.ts'

const FEATURE = 'list-status'
const STILL_MS = 120
const DRAWN_MS = 1_000 // by then whatever a page draws anew in one go is drawn

/** What a cell stands for, and its badge once there is one. */
type Shown = { of: Listed; badge: Element | null }

/**
 * Keeps one badge on each listed row while the page lasts. Runs with every screen of rows, so nothing here searches the document per row, and
 * what is told about a row twice is remembered. Nothing of it runs
 * in the frame in which the grid draws: cells are noticed a little later (list-status.css), and only then drawn in and asked about.
 */
export function watchList(context: FeatureContext): void {
  const { book, signal, seen, page } = context
  /** What each row shows, learned from number cells. */
  const rows = new Map<string, Listed>()
  /** Cells that carry a badge or will. */
  const cells = new Map<Element, Shown>()
  /** Cells of rows whose link, which names the record's type, is not drawn yet. */
  const waiting = new Set<Element>()
  let noticed: Element[] = []
  let column: Column | null = null

  const stand = (cell: Element): Stand => (column === 'erpStatus' ? 'cell' : isPlain(cell) ? 'link-end' : 'cell-end')

  const show = (cell: Element, shown: Shown, known: Known): void => {
    const native = column === 'erpStatus' && nativeSaysSynced(cell)
    const badge = makeBadge(FEATURE, stand(cell), known.badge, native)
    if (shown.badge?.isConnected) repaint(shown.badge, badge)
    else add(cell, shown, badge)
  }
  const add = (cell: Element, shown: Shown, badge: HTMLElement): void => {
    badge.setAttribute('data-key', shown.of.key)
    cell.appendChild(badge)
    shown.badge = badge
  }

  const put = (cell: Element, of: Listed): void => {
    const before = cells.get(cell)
    if (before?.badge?.isConnected) return
    const shown = { of, badge: null }
    waiting.delete(cell)
    cells.set(cell, shown)
    const known = book.get(of.key)
    if (known) show(cell, shown, known)
    else if (page.item || isPlain(cell)) add(cell, shown, skeleton(FEATURE, stand(cell))) // a list's grid gets them from the style sheet
  }

  /**
   * Asks for what is not known, and puts back what was lost: a cell that the grid drew anew in the same frame as its badge was put there. The
   * style sheet never saw it with the badge, so no animation starts; in a hidden tab that frame lasts as long as it is hidden.
   */
  const lookAtAll = (): void => {
    const unknown: string[] = []
    for (const [cell, { of, badge }] of cells)
      if (!cell.isConnected)
        cells.delete(cell) // the grid throws them away without telling
      else if (badge && !badge.isConnected) notice(cell)
      else if (!book.get(of.key)) unknown.push(of.key)
    if (unknown.length > 0) book.want(unknown)
  }

  const drawNoticed = (): void => {
    const now = noticed
    noticed = []
    if (signal.aborted) return
    const before = column
    if (column !== 'erpStatus') moveTo(page.item === null && anyIn('erpStatus', now) ? 'erpStatus' : 'number') // a record's tabs have no such column
    if (column !== before) now.push(...findAll(document, column === 'erpStatus' ? 'erpStatusCell' : 'numberCell'))
    const own = new Map<Element, string>()
    for (const element of now) {
      const cell = column && cellFor(page, element, column)
      if (cell?.isConnected) own.set(cell, rowAt(page, cell) ?? '')
    }
    const [first] = own.keys()
    const grid = first ? grids.of(first) : null // also where every record is known: the page may have made the grid anew
    if (page.item || [...own.values()].some((row) => !rows.has(row))) learnRecords(rows, grid ?? document, page)
    for (const [cell, row] of own) {
      const of = rows.get(row)
      if (of) put(cell, of)
      else waiting.add(cell)
    }
    grids.awaitLinks(waiting.size > 0)
    whenAtRest()
  }

  const anyIn = (wanted: Column, now: readonly Element[]): boolean =>
    now.some((cell) => standsIn(page, cell, wanted)) || (column === null && findAll(document, 'erpStatusCell').length > 0)

  const clear = (): void => {
    for (const { badge } of cells.values()) badge?.remove()
    cells.clear()
  }

  const moveTo = (to: Column): void => {
    if (column === to) return
    column = to
    document.documentElement.dataset['tiebackColumn'] = page.item ? 'tab' : to // which of a record's tabs list records only their links tell
    clear()
  }

  const notice = (element: Element): void => {
    if (noticed.push(element) === 1) setTimeout(drawNoticed)
  }
  const noticeAll = (name: 'numberCell' | 'erpStatusCell'): void => findAll(document, name).forEach(notice)

  const grids = watchGrids(
    {
      /** A row was given to another record: what its cells carried is not of that one. */
      reused(row) {
        for (const cell of row.children) {
          cells.get(cell)?.badge?.remove()
          cells.delete(cell)
          if (standsIn(page, cell, 'number') || standsIn(page, cell, 'erpStatus')) notice(cell)
        }
      },
      /** Columns came or went: Procore's own may be hidden now. */
      columnsChanged() {
        if (column !== 'erpStatus' || findAll(document, 'erpStatusCell').length > 0) return
        moveTo('number')
        noticeAll('numberCell')
      },
      linked() {
        waiting.forEach(notice)
        waiting.clear()
      },
    },
    signal,
  )
  const whenAtRest = whenStill(lookAtAll, grids.newestRow, STILL_MS, signal)
  const whenDrawn = whenStill(lookAtAll, grids.newestRow, DRAWN_MS, signal)
  seen(notice)
  document.addEventListener('visibilitychange', lookAtAll, { signal })
  book.onChange((keys) => {
    let unknown = false
    for (const [cell, shown] of cells) {
      if (!keys.has(shown.of.key)) continue
      const known = book.get(shown.of.key)
      if (known) show(cell, shown, known)
      else unknown = true
    }
    if (unknown) whenAtRest()
    else whenDrawn()
  }, signal)
  signal.addEventListener('abort', () => {
    clear()
    delete document.documentElement.dataset['tiebackColumn']
  })
  // Cells that were there before, in a page this feature was started in anew: their animation may not start a second time.
  noticeAll('numberCell')
  noticeAll('erpStatusCell')
  openByRest(context, rows)
  openByKeyboard(context, rows)
}
