type Told = { reused: (row: Element) => void; columnsChanged: () => void; linked: () => void }

export type WatchedGrids = {
  /** The grid of a cell, watched from now on. */
  of(cell: Element): Element | null
  /** What the grid drew last; read without making the browser lay anything out. */
  newestRow(): Element | null
  /** Whether rows wait for their links, so that `linked` is wanted. */
  awaitLinks(wanted: boolean): void
}

/**
 * Watches each grid whose cells are shown, once: rows given to other records, columns shown or hidden, and, while rows wait for them, links.
 * All are rare, so that drawing and scrolling rows call nothing here: the grid makes new rows with their ids, and its header stays. A header
 * that is only scrolled out of view leaves the columns' width as it was (ag-grid 31, tried 2026-11).
 */
export function watchGrids({ reused, columnsChanged, linked }: Told, signal: AbortSignal): WatchedGrids {
  const watched = new WeakSet<Element>()
  let last: Element | null = null
  let centre: HTMLElement | null = null
  let width: string | undefined
  let awaiting = false
  const rows = new MutationObserver((changes) => {
    for (const { target, oldValue } of changes)
      if (target instanceof Element && target.isConnected && target.getAttribute('row-id') !== oldValue) reused(target)
  })
  const links = new MutationObserver(linked)
  const columns = new MutationObserver(() => {
    if (centre?.style.width === width) return
    width = centre?.style.width
    columnsChanged()
  })

  const watchLinks = (grid: Element): void => links.observe(grid, { attributeFilter: ['href'], childList: true, subtree: true })
  const watch = (grid: Element): void => {
    watched.add(grid)
    if (awaiting) watchLinks(grid)
    last = grid
    centre = grid.querySelector<HTMLElement>('.ag-center-cols-container')
    width = centre?.style.width
    rows.observe(grid, { attributeFilter: ['row-id'], attributeOldValue: true, subtree: true })
    for (const row of grid.querySelectorAll('.ag-header-row'))
      for (const part of [row, row.parentElement]) if (part) columns.observe(part, { childList: true }) // not deeper: sorting redraws its arrows
  }
  signal.addEventListener('abort', () => {
    for (const observer of [rows, links, columns]) observer.disconnect()
  })
  return {
    of(cell) {
      const grid = cell.closest('.ag-root')
      if (grid && !watched.has(grid)) watch(grid)
      return grid
    },
    newestRow: () => centre?.lastElementChild ?? null,
    awaitLinks(wanted) {
      if (wanted === awaiting) return
      awaiting = wanted
      if (!wanted) links.disconnect()
      else if (last) watchLinks(last)
    },
  }
}
