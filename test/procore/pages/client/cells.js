import { listAddress } from './addresses.js'
import { el, icon, pill, styled, syncedMark } from './elements.js'
import { go } from './router.js'
import { options, project } from './start.js'

const chevron = 'M6 3l5 5-5 5z'
const external = 'M9 2h5v5h-2V5.400L7.400 10 6 8.600 10.600 4H9zM3 4h3v2H4v6h6v-2h2v4H2V4z'
const pencil = 'M2 11.500V14h2.500L12 6.500 9.500 4zM13 5.500 10.500 3 12 1.500 14.500 4z'

/** Cells sit in the same three wrappers everywhere. */
const wrapped = (...content) =>
  el(
    'div',
    { class: styled('Box', 'table') },
    el('div', { class: styled('Box', 'shell') }, el('div', { class: 'inline-nonedit-wrapper' }, ...content)),
  )

/**
 * A renderer that is thrown away and made anew at each refresh, as a remounted React cell is: whatever someone else put
 * into the cell is gone afterwards.
 */
export const cellOf = (draw) =>
  class {
    init(cell) {
      this.gui = wrapped(draw(cell))
    }
    getGui() {
      return this.gui
    }
    refresh() {
      return false
    }
  }

/** The link's click area covers the whole cell, and leads to a legacy address. */
export const NumberCell = cellOf(({ data, value, context, eGridCell }) => {
  if (!data.id) return ''
  const path = `/project/contracts/commitments/${data.type}/${data.id}`
  const link = el(
    'a',
    {
      href: `/${project.id}${path}`,
      class: 'stretched',
      click: (event) => inPlaceIfAsked(event, `${listAddress()}/${data.type}/${data.id}`),
    },
    value,
  )
  if (data.changeOrders.length === 0) return link
  eGridCell.setAttribute('aria-expanded', String(context.open.has(data.id)))
  const opener = el(
    'button',
    { type: 'button', class: 'expander', 'aria-label': 'Change orders', click: () => context.toggle(data) },
    icon('Chevron', chevron),
  )
  return el('span', { class: 'with-expander' }, opener, link)
})

/** The same in any other list. */
export const LineCell = cellOf(({ data, value }) => el('a', { href: data.href, class: 'stretched' }, value))

function inPlaceIfAsked(event, path) {
  if (options.gridLinks !== 'in-place' || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  go(path)
}

export const VendorCell = cellOf(({ data, value }) =>
  data.vendorId
    ? el(
        'span',
        { class: 'vendor' },
        el('span', {}, value),
        el(
          'a',
          { href: `/${project.id}/project/directory/edit_vendor/${data.vendorId}`, 'aria-label': value },
          icon('ExternalLink', external),
        ),
      )
    : '',
)
export const StatusCell = cellOf(({ value }) => (value ? pill(value) : ''))
export const ErpCell = cellOf(({ value }) => (value ? syncedMark() : ''))
export const ActionsCell = cellOf(({ data }) =>
  data.id
    ? el(
        'span',
        { class: 'row-actions' },
        el(
          'a',
          {
            'data-qa': 'contract_exportRowPDF',
            href: `/${project.id}/project/commitments/${data.type}/${data.id}.pdf`,
            'aria-label': 'PDF',
          },
          'PDF',
        ),
        el(
          'a',
          { 'data-qa': 'contract_edit', href: `${listAddress()}/${data.type}/${data.id}/edit`, 'aria-label': 'Edit' },
          icon('Pencil', pencil),
        ),
      )
    : '',
)
