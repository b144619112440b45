import { findAll } from '../../pages/anchors.ts'
import { makeBadge, nativeSaysSynced, repaint } from '../../ui/badge.ts'
import type { Known } from '../../ui/book.ts'
import type { FeatureContext } from '../feature.ts'
import { type Cell, type Column, cellOf, itemOf, type Listed } from './cells.ts'
import { openByKeyboard, openByRest } from './open.ts'
import { whenStill } from './still.ts'
import { watchGrid } from './watch-grid.ts'

const FEATURE = 'list-status'

/**
 * Keeps one badge on each listed row while the page lasts. Runs with every scrolled frame, so nothing here searches the document per row, and
 * what is told about a row twice is remembered.
 */
export function watchList(context: FeatureContext): void {
  const { book, signal, seen, page } = context
  /** What each row shows, learned from number cells. */
  const rows = new Map<string, Listed>()
  /** Cells that carry a badge or will; those of rows not yet known wait for the row's other half. */
  const cells = new Map<Element, { of: Listed; badge: Element | null }>()
  const waiting = new Map<string, Cell>()
  let noticed: Element[] = []
  let column: Column | null = null
  let drawing = false

  /** Without anything known the cell keeps the skeleton the style sheet gives it. */
  const show = (cell: Element, of: Listed, before: Element | null, known: Known): void => {
    const native = column === 'erpStatus' && nativeSaysSynced(cell)
    const badge = makeBadge(FEATURE, column === 'erpStatus' ? 'cell' : 'cell-end', known.badge, native)
    if (before?.isConnected) {
      repaint(before, badge)
      return
    }
    badge.setAttribute('data-key', of.key)
    cell.appendChild(badge)
    cells.set(cell, { of, badge })
  }

  const put = ({ element, row }: Cell): void => {
    const of = rows.get(row)
    if (!of) return
    const now = cells.get(element)
    if (now?.badge?.isConnected) return
    const known = book.get(of.key)
    if (known) show(element, of, null, known)
    else cells.set(element, { of, badge: null })
  }

  /** Cells still in the page; the grid throws them away without telling. */
  const cellsShown = () => {
    for (const cell of cells.keys()) if (!cell.isConnected) cells.delete(cell)
    return cells
  }
  const askUnknown = (): void => {
    const unknown = [...cellsShown().values()].filter(({ of }) => !book.get(of.key))
    if (unknown.length > 0) book.want(unknown.map(({ of }) => of.item))
  }
  const askWhenStill = whenStill(askUnknown, () => noticed.length > 0, signal)

  const drawNoticed = (): void => {
    drawing = false
    const now = noticed.map(cellOf)
    if (noticed[0]) watch(noticed[0])
    noticed = []
    const erp = now.some((cell) => cell.column === 'erpStatus') || (column === null && findAll(document, 'erpStatusCell').length > 0)
    if (column === null || (erp && column === 'number')) moveTo(erp ? 'erpStatus' : 'number')
    for (const cell of now) if (cell.column === 'number') learn(cell)
    for (const cell of now) {
      if (cell.column !== column) continue
      if (rows.has(cell.row)) put(cell)
      else waiting.set(cell.row, cell)
    }
    askWhenStill()
  }

  /** The number cell tells what the row is; its other half may have been waiting for that. */
  const learn = (cell: Cell): void => {
    const of = rows.has(cell.row) ? null : itemOf(cell, page.project)
    if (!of) return
    rows.set(cell.row, of)
    const other = waiting.get(cell.row)
    if (!other) return
    waiting.delete(cell.row)
    if (other.column === column) put(other)
  }

  const clear = (): void => {
    for (const { badge } of cells.values()) badge?.remove()
    cells.clear()
  }

  const moveTo = (to: Column): void => {
    column = to
    document.documentElement.dataset['tiebackColumn'] = to
    clear()
    noticed.push(...findAll(document, to === 'erpStatus' ? 'erpStatusCell' : 'numberCell'))
    schedule()
  }

  /** Columns came, went or changed their width: Procore's own may be hidden now. */
  const columnsChanged = (): void => {
    if (column === 'erpStatus' && findAll(document, 'erpStatusCell').length === 0) moveTo('number')
  }

  /** A row was given to another record: what its cells carried is not of that one. */
  const reused = (row: Element): void => {
    for (const cell of row.children) {
      cells.get(cell)?.badge?.remove()
      cells.delete(cell)
      if (cell.matches('[col-id="number"], [col-id="erpStatus"]')) noticed.push(cell)
    }
    schedule()
  }

  const schedule = (): void => {
    if (drawing || signal.aborted) return
    drawing = true
    requestAnimationFrame(drawNoticed)
  }

  const watch = watchGrid({ reused, columnsChanged }, signal)
  seen((cell) => {
    noticed.push(cell)
    schedule()
  })
  book.onChange((keys) => {
    for (const [cell, { of, badge }] of cellsShown()) {
      const known = keys.has(of.key) ? book.get(of.key) : undefined
      if (known) show(cell, of, badge, known)
    }
    askWhenStill()
  }, signal)
  signal.addEventListener('abort', () => {
    clear()
    delete document.documentElement.dataset['tiebackColumn']
  })
  // Cells that were there before, in a page this feature was started in anew: their animation may not start a second time.
  noticed.push(...findAll(document, 'numberCell'), ...findAll(document, 'erpStatusCell'))
  if (noticed.length > 0) schedule()
  openByRest(context, rows)
  openByKeyboard(context, rows)
}
