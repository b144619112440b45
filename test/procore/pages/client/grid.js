import { ActionsCell, cellOf, ErpCell, NumberCell, StatusCell, VendorCell } from './cells.js'
import { money } from './elements.js'
import { NestedGrid } from './nested.js'
import { options, words } from './start.js'

const amount = (colId, headerName, name) => ({
  colId,
  headerName,
  width: 160,
  type: 'rightAligned',
  valueGetter: ({ data }) => (data.totals ?? data.amounts)?.[name] ?? '',
  valueFormatter: ({ value }) => money(value),
  comparator: byAmount,
  cellRenderer: cellOf(({ valueFormatted }) => valueFormatted ?? ''),
})

/** The columns of the list in Procore's order, names and widths (rendered page, 2026-06). */
const columns = () => [
  {
    colId: 'number',
    field: 'number',
    headerName: words.number,
    width: 130,
    pinned: 'left',
    cellRenderer: NumberCell,
    getQuickFilterText: ({ data }) => (data.detailOf ?? data).number ?? '',
  },
  { colId: 'vendor', field: 'vendor', headerName: words.vendor, width: 200, cellRenderer: VendorCell },
  { colId: 'type', field: 'type', hide: true },
  { colId: 'title', field: 'title', headerName: words.title, width: 200, cellRenderer: cellOf(({ value }) => value ?? '') },
  ...(options.erpStatusColumn
    ? [{ colId: 'erpStatus', field: 'erpStatus', headerName: words.erpStatus, width: 140, cellRenderer: ErpCell }]
    : []),
  { colId: 'status', field: 'status', headerName: words.status, width: 180, cellRenderer: StatusCell },
  { colId: 'executed', field: 'executed', headerName: words.executed, width: 100, cellRenderer: cellOf(({ value }) => yesNo(value)) },
  { colId: 'billingScheduleOfValuesStatus', headerName: words.ssov, width: 180, cellRenderer: cellOf(() => '') },
  amount('grandTotal', words.original, 'grand_total'),
  amount('approvedChangeOrderPackagesAmount', words.approvedChanges, 'approved_change_orders'),
  amount('totalContractAmount', words.revised, 'revised_contract'),
  amount('pendingChangeOrderPackagesAmount', words.pending, 'pending_change_orders'),
  amount('draftChangeOrderPackagesAmount', words.draft, 'draft_change_orders_amount'),
  amount('invoicesAmount', words.invoiced, 'total_requisitions_amount'),
  amount('totalPayments', words.paid, 'total_payments'),
  {
    colId: 'percentPaid',
    headerName: words.percentPaid,
    width: 80,
    valueGetter: ({ data }) => data.amounts?.percentage_paid ?? '',
    cellRenderer: cellOf(({ value }) => (value ? `${value}%` : '')),
  },
  amount('totalRemaining', words.remaining, 'remaining_balance_outstanding'),
  { colId: 'private', field: 'private', headerName: words.private, width: 120, cellRenderer: cellOf(({ value }) => yesNo(value)) },
  { colId: 'rowActions', headerName: '', width: 70, minWidth: 0, sortable: false, pinned: null, cellRenderer: ActionsCell },
]

const yesNo = (value) => (value === true ? words.yes : value === false ? words.no : '')

/** Amounts compare as exact numbers of millionths. */
function byAmount(a, b) {
  const left = millionths(a)
  const right = millionths(b)
  return left < right ? -1 : left > right ? 1 : 0
}
function millionths(text) {
  const [whole, fraction = ''] = String(text || '0').split('.')
  return BigInt(whole + fraction.padEnd(6, '0').slice(0, 6))
}

const open = new Set()

/** The real ag-grid-community with Procore's row heights, pinned number column, totals in the foot and hand-made nested rows. */
export function makeGrid(place, data) {
  const grid = globalThis.agGrid.createGrid(place, {
    columnDefs: columns(),
    defaultColDef: { sortable: true, resizable: true, suppressMenu: false },
    rowData: data.rows,
    pinnedBottomRowData: [{ totals: data.totals }],
    getRowId: ({ data: row }) => row.rowId ?? row.id,
    rowHeight: 33,
    headerHeight: 61,
    getRowHeight: ({ data: row }) => (row.detailOf ? 64 + 33 * row.detailOf.changeOrders.length : undefined),
    rowSelection: 'multiple',
    suppressRowClickSelection: true,
    suppressColumnVirtualisation: true,
    rowClassRules: {
      'ag-row--dt-master': ({ data: row }) => row?.changeOrders?.length > 0,
      'ag-details-row': ({ data: row }) => Boolean(row?.detailOf),
    },
    isFullWidthRow: ({ rowNode }) => Boolean(rowNode.data?.detailOf),
    fullWidthCellRenderer: NestedGrid,
    postSortRows: ({ nodes }) => detailsAfterMasters(nodes),
    context: { open, toggle: (row) => toggle(grid, row) },
    animateRows: false,
  })
  open.clear()
  return grid
}

/** Opens or closes the nested row below a commitment. ag-grid's own master and detail is not in its community edition. */
function toggle(grid, row) {
  const detail = { rowId: `detail_${row.id}`, detailOf: row }
  if (open.delete(row.id)) grid.applyTransaction({ remove: [detail] })
  else {
    open.add(row.id)
    grid.applyTransaction({ add: [detail] })
  }
  grid.refreshCells({ rowNodes: [grid.getRowNode(row.id)], columns: ['number'], force: true })
}

function detailsAfterMasters(nodes) {
  for (const detail of nodes.filter((node) => node.data?.detailOf)) {
    nodes.splice(nodes.indexOf(detail), 1)
    nodes.splice(nodes.findIndex((node) => node.data?.id === detail.data.detailOf.id) + 1, 0, detail)
  }
}
