import { cellOf, StatusCell } from './cells.js'
import { el, money } from './elements.js'
import { project, words } from './start.js'

/** The grid inside an expanded row: its own rows carry ids of change order packages under the same column names. */
export class NestedGrid {
  init({ data }) {
    const order = data.detailOf
    const place = el('div', { class: 'ag-theme-alpine ag-details-grid' })
    this.gui = el('div', { class: 'nested' }, place)
    this.grid = globalThis.agGrid.createGrid(place, {
      columnDefs: [
        { colId: 'number', field: 'number', headerName: words.number, width: 130, cellRenderer: cellOf((cell) => linkOf(order, cell)) },
        { colId: 'title', field: 'title', headerName: words.title, width: 260, cellRenderer: cellOf(({ value }) => value) },
        { colId: 'status', field: 'status', headerName: words.status, width: 160, cellRenderer: StatusCell },
        {
          colId: 'grandTotal',
          field: 'amount',
          headerName: words.amount,
          width: 160,
          type: 'rightAligned',
          cellRenderer: cellOf(({ value }) => money(value)),
        },
      ],
      rowData: order.changeOrders,
      getRowId: (row) => row.data.id,
      rowHeight: 33,
      headerHeight: 33,
      domLayout: 'normal',
    })
  }
  getGui() {
    return this.gui
  }
  refresh() {
    return false
  }
  destroy() {
    this.grid.destroy()
  }
}

const linkOf = (order, { data, value }) =>
  el(
    'a',
    { href: `/${project.id}/project/commitments/${order.type}/${order.id}/change_orders/commitment_contract_change_orders/${data.id}` },
    value,
  )
