import { cellOf, LineCell, StatusCell } from './cells.js'
import { el, money } from './elements.js'
import { words } from './start.js'

/**
 * A list in the data-table wrapper that the new tools share (2026-06). Only the columns of the commitments list were seen: that other lists
 * name theirs the same and put the record's id on the row is an assumption.
 */
export function dataTable(lines) {
  return mounted(
    [
      { colId: 'number', field: 'number', headerName: words.number, width: 160, pinned: 'left', cellRenderer: LineCell },
      { colId: 'title', field: 'title', headerName: words.title, width: 260, cellRenderer: cellOf(({ value }) => value ?? '') },
      { colId: 'status', field: 'status', headerName: words.status, width: 180, cellRenderer: StatusCell },
      {
        colId: 'amount',
        field: 'amount',
        headerName: words.amount,
        width: 160,
        type: 'rightAligned',
        cellRenderer: cellOf(({ value }) => money(value)),
      },
    ],
    lines,
  )
}

/** A budget: amounts by cost code, in rows that lead nowhere. */
export const budgetTable = (rows) =>
  mounted(
    [
      {
        colId: 'costCode',
        field: 'code',
        headerName: words.costCode,
        width: 160,
        pinned: 'left',
        cellRenderer: cellOf(({ value }) => value),
      },
      { colId: 'description', field: 'name', headerName: words.description, width: 400, cellRenderer: cellOf(({ value }) => value) },
    ],
    rows,
  )

function mounted(columnDefs, rowData) {
  const place = el('div', { class: 'ag-theme-alpine ag-suppress-column-virtualization', 'data-qa': 'loaded' })
  const element = el('div', { 'data-qa': 'loaded', class: 'list' }, el('div', { 'data-qa': 'data-table-table' }, place))
  const grid = globalThis.agGrid.createGrid(place, {
    ...{ columnDefs, rowData, getRowId: ({ data }) => data.id, rowHeight: 33, headerHeight: 61, suppressColumnVirtualisation: true },
    ...{ defaultColDef: { sortable: true, resizable: true }, animateRows: false },
  })
  return { element, grid }
}
