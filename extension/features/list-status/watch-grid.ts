type Told = { reused: (row: Element) => void; columnsChanged: () => void }

/** Watches each grid whose cells are shown, once: rows given to other records, and columns shown, hidden or resized. */
export function watchGrid({ reused, columnsChanged }: Told, signal: AbortSignal): (cell: Element) => void {
  const watched = new WeakSet<Element>()
  return (cell) => {
    const grid = cell.closest('.ag-root')
    if (!grid || watched.has(grid)) return
    watched.add(grid)
    // The row changes its id, its link follows when the page draws it: either may come last.
    const rows = new MutationObserver((changes) => {
      const changed = new Set(changes.map(({ target }) => (target instanceof Element ? target.closest('.ag-row') : null)))
      for (const row of changed) if (row) reused(row)
    })
    rows.observe(grid, { attributeFilter: ['row-id', 'href'], subtree: true })
    const columns = new ResizeObserver(columnsChanged)
    for (const centre of grid.querySelectorAll('.ag-center-cols-container')) columns.observe(centre)
    signal.addEventListener('abort', () => {
      rows.disconnect()
      columns.disconnect()
    })
  }
}
