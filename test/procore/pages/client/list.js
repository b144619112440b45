import { listAddress } from './addresses.js'
import { el, icon, styled } from './elements.js'
import { makeGrid } from './grid.js'
import { toast } from './overlays.js'
import { inPlace } from './router.js'
import { options, project, words } from './start.js'

const gear =
  'M7 1h2l.4 2 1.6.7L12.7 2.6 14 4 12.9 5.6l.7 1.400 2 .4v2l-2 .4-.7 1.600L14 12.600 12.600 14 11 12.900l-1.600.7L9 15.600H7l-.4-2L5 12.900 3.400 14 2 12.600 3.100 11l-.7-1.600-2-.4V7l2-.4L3.100 5 2 3.400 3.400 2 5 3.100l1.600-.7zM8 5.500A2.500 2.500 0 1 0 8 10.500 2.500 2.500 0 0 0 8 5.500z'

const load = async () => (await fetch(`/stand-in/data/${project.id}/commitments`)).json()

/** The Contracts tab of the Commitments tool: header, toolbar, the grid. */
export async function showList(app, { recycled }, isLate) {
  if (recycled) {
    app.replaceChildren(el('div', { 'data-core-react': 'tool-landing-page' }, heading(true), el('p', { class: 'empty list' }, words.none)))
    return { close: () => undefined }
  }
  const data = await load()
  if (isLate()) return null
  const place = el('div', { class: 'ag-theme-alpine ag-suppress-column-virtualization', 'data-qa': 'loaded' })
  const search = el('input', { 'data-qa': 'core-typeahead-input', type: 'search', placeholder: words.search, 'aria-label': words.search })
  const page = el(
    'div',
    { 'data-core-react': 'tool-landing-page', class: styled('ToolLandingPage') },
    heading(),
    toolbar(search, () => refetch()),
    el('div', { 'data-qa': 'loaded', class: 'list' }, el('div', { 'data-qa': 'data-table-table' }, place)),
  )
  app.replaceChildren(page)
  const grid = makeGrid(place, data)
  search.addEventListener('input', () => grid.setGridOption('quickFilterText', search.value))
  const refetch = async () => {
    const next = await load()
    grid.setGridOption('rowData', next.rows)
    grid.setGridOption('pinnedBottomRowData', [{ totals: next.totals }])
    toast(`${words.commitments}: ${next.rows.length}`)
  }
  globalThis.standIn = { grid, refetch }
  return { close: () => grid.destroy() }
}

function heading(recycled = false) {
  return el(
    'div',
    { 'data-core-page-layout-root': 'true', class: `${styled('PageLayout', 'shell')} page-header` },
    el(
      'div',
      { class: 'row' },
      el(
        'a',
        { 'aria-label': 'Configure Settings', class: 'gear', href: `/${project.id}/project/commitments/configure_tab` },
        icon('Cog', gear),
      ),
      el('h1', { class: styled('H1', 'shell') }, words.commitments),
      el('span', { class: 'spacer' }),
      el('button', { type: 'button', 'data-qa': 'export_to', class: 'button secondary' }, words.export),
      options.rights === 'all' && el('button', { type: 'button', 'aria-label': 'Create', class: 'button primary' }, `+ ${words.create}`),
    ),
    el(
      'nav',
      { class: 'tabs' },
      el('a', { 'aria-current': !recycled && 'true', ...inPlace(listAddress()) }, words.contracts),
      el('a', { 'aria-current': recycled && 'true', ...inPlace(`${listAddress()}/recycled`) }, words.recycleBin),
    ),
  )
}

function toolbar(search, refetch) {
  return el(
    'div',
    { class: 'toolbar' },
    el('div', { 'data-qa': 'data-table-search' }, search),
    el('button', { type: 'button', 'data-qa': 'data-table-show-filters-button', class: 'button tertiary' }, words.filters),
    el('span', { class: 'spacer' }),
    el('button', { type: 'button', 'data-stand-in': 'refetch', class: 'button tertiary', click: refetch }, words.refresh),
    el('button', { type: 'button', 'data-qa': 'table-config-button', class: 'button tertiary' }, words.configure),
  )
}
