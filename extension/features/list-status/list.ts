import { type ItemRef, itemKey } from '../../../shared/item.ts'
import { findAll } from '../../pages/anchors.ts'
import { nativeSaysSynced, paint, skeleton } from '../../ui/badge.ts'
import { badgeOf } from '../../ui/badge-model.ts'
import type { Known } from '../../ui/book.ts'
import type { FeatureContext } from '../feature.ts'
import { type Column, columnOf, itemOf, keyOfRow, type Rows, rowIdOf } from './cells.ts'
import { openByKeyboard, openByRest } from './open.ts'
import { whenStill } from './still.ts'

const FEATURE = 'list-status'
const OURS = `.tieback-badge.tieback-${FEATURE}`

/** Keeps one badge on each listed row while the page lasts. */
export function watchList(context: FeatureContext): void {
  const { book, words, signal, seen } = context
  const rows: Rows = new Map()
  const noticed = new Set<Element>()
  const watchedGrids = new WeakSet<Element>()
  let column: Column | null = null
  let drawing = false

  const draw = (badge: HTMLElement): void => {
    const cell = badge.parentElement
    const row = cell && rowIdOf(cell)
    const known = book.get(keyOfRow(rows, row) ?? '')
    if (!cell || badge.dataset['row'] !== row)
      badge.remove() // the cell now shows another record: it is noticed again
    else if (known) drawKnown(badge, known)
  }

  const drawKnown = (badge: HTMLElement, known: Known): void => {
    const model = badgeOf(known, words, new Date())
    paint(badge, model, badge.hasAttribute('data-native') && model.state === 'synced' && model.look === 'full')
  }

  const put = (cell: Element): void => {
    const row = rowIdOf(cell)
    if (row === null || !rows.has(row) || cell.querySelector(':scope > .tieback-badge')) return
    const badge = skeleton(FEATURE, columnOf(cell) === 'erpStatus' ? 'cell' : 'cell-end')
    badge.dataset['row'] = row
    badge.dataset['key'] = keyOfRow(rows, row) ?? ''
    badge.toggleAttribute('data-native', columnOf(cell) === 'erpStatus' && nativeSaysSynced(cell))
    cell.append(badge)
    draw(badge)
  }

  const unknownInView = (): ItemRef[] =>
    badges().flatMap(({ dataset }) => {
      const item = rows.get(dataset['row'] ?? '')
      return item && !book.get(itemKey(item)) ? [item] : []
    })
  const askWhenStill = whenStill(() => book.want(unknownInView()), signal)

  const drawNoticed = (): void => {
    drawing = false
    for (const cell of noticed) if (columnOf(cell) === 'number') learn(cell)
    chooseColumn()
    for (const cell of noticed) if (columnOf(cell) === column) put(cell)
    noticed.clear()
    askWhenStill()
  }

  /** The number cell tells what the row is; its other half may have been waiting for that. */
  const learn = (cell: Element): void => {
    const item = itemOf(cell)
    if (!item || rows.has(item.id)) return
    rows.set(item.id, item)
    if (column === 'erpStatus')
      for (const other of document.querySelectorAll(`.ag-row[row-id="${item.id}"] > .ag-cell[col-id="erpStatus"]`)) noticed.add(other)
  }

  const chooseColumn = (): void => {
    const now: Column = findAll(document, 'erpStatusCell').length > 0 ? 'erpStatus' : 'number'
    if (now === column) return
    column = now
    document.documentElement.dataset['tiebackColumn'] = now
    for (const badge of badges()) badge.remove()
    for (const cell of findAll(document, now === 'erpStatus' ? 'erpStatusCell' : 'numberCell')) noticed.add(cell)
  }

  const watchGrid = (cell: Element): void => {
    const grid = cell.closest('.ag-root')
    if (!grid || watchedGrids.has(grid)) return
    watchedGrids.add(grid)
    const reused = new MutationObserver(() => badges().forEach(draw))
    reused.observe(grid, { attributeFilter: ['row-id'], subtree: true })
    const columns = new ResizeObserver(() => schedule())
    for (const centre of grid.querySelectorAll('.ag-center-cols-container')) columns.observe(centre)
    signal.addEventListener('abort', () => [reused, columns].forEach((observer) => void observer.disconnect()))
  }

  const schedule = (): void => {
    if (drawing || signal.aborted) return
    drawing = true
    requestAnimationFrame(drawNoticed)
  }

  seen((cell) => {
    noticed.add(cell)
    watchGrid(cell)
    schedule()
  })
  book.onChange(() => {
    badges().forEach(draw)
    askWhenStill()
  }, signal)
  signal.addEventListener('abort', () => {
    for (const badge of badges()) badge.remove()
  })
  openByRest(context, rows)
  openByKeyboard(context, rows)
}

const badges = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(OURS)]
