import { listAddress } from './addresses.js'
import { dataTable } from './data-table.js'
import { el, money, pill, styled, syncedMark } from './elements.js'
import { modal } from './overlays.js'
import { stage } from './random.js'
import { inPlace } from './router.js'
import { options, project, words } from './start.js'
import { tabContent, tabs } from './tabs.js'

/** A commitment of the new family. Changing the tab draws title and content anew below the same page element. */
export async function showDetail(app, route, isLate) {
  const answer = await fetch(`/stand-in/data/${project.id}/commitments/${route.id}`)
  if (isLate()) return null
  if (!answer.ok) {
    app.replaceChildren(el('div', { class: 'failure' }, el('h1', {}, 'Something went wrong')))
    return null
  }
  const one = await answer.json()
  const page = el('div', { 'data-core-react': 'detail-page', class: styled('DetailPage') })
  app.replaceChildren(page)
  let table = null
  const close = () => table?.grid.destroy()
  const openTab = async (tab) => {
    document.title = `${words.commitment} #${one.number} • ${project.name}`
    const content = el('div', { class: 'tab-content' })
    page.replaceChildren(breadcrumb(one), titleRow(one), tabStrip(one, tab), content)
    await stage(80, 300)
    close()
    const lines = one.tabs[tab]
    table = lines?.length > 0 ? dataTable(lines) : null
    if (page.contains(content)) content.append(...(table ? [table.element] : tabContent(one, tab)))
  }
  await openTab(route.tab)
  return { tool: null, id: route.id, type: route.type, openTab, close }
}

const breadcrumb = (one) =>
  el(
    'nav',
    { 'aria-label': 'Breadcrumb', class: 'breadcrumb' },
    el('a', { 'data-qa': 'breadcrumb_root', ...inPlace(listAddress()) }, words.commitments),
    el('span', {}, '›'),
    el('span', { 'data-qa': 'breadcrumb_active', 'aria-current': 'true' }, `${words.commitment} #${one.number}`),
  )

const titleRow = (one) =>
  el(
    'div',
    { class: 'title-row' },
    el(
      'span',
      { 'data-qa': 'title', class: styled('Title', 'shell') },
      el(
        'div',
        { class: `${styled('Flex')} flex` },
        el('h1', { class: styled('H1', 'shell') }, `${one.title} - ${one.vendor}`),
        one.erpStatus && syncedMark(),
      ),
    ),
    options.rights === 'all' &&
      el(
        'div',
        { 'data-qa': 'headerActions', class: styled('HeaderActions') },
        el('button', { type: 'button', 'data-qa': 'createButton', class: 'button primary' }, words.create),
        el('button', { type: 'button', 'data-qa': 'createEmailButton', class: 'button secondary' }, '✉'),
        el(
          'button',
          {
            type: 'button',
            'data-qa': 'moreActions',
            class: 'button secondary',
            click: () => modal(words.more, el('p', {}, pill(one.status), ' ', money(one.amounts.revised_contract))),
          },
          '⋮',
        ),
      ),
  )

const tabStrip = (one, open) =>
  el(
    'nav',
    { class: 'tabs' },
    tabs.map(({ slug, label, qa }) =>
      el(
        'a',
        { 'aria-current': slug === (open ?? '') && 'true', ...inPlace(`${listAddress()}/${one.type}/${one.id}${slug && `/${slug}`}`) },
        el('span', qa ? { 'data-qa': `detailTab_${qa}` } : {}, label),
      ),
    ),
    el('span', { class: 'spacer' }),
    el('a', { class: 'exit', href: `/${project.id}/project/contracts/opt_out_commitments` }, words.exit),
  )
