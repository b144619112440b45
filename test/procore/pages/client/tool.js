import { toolAddress } from './addresses.js'
import { budgetTable, dataTable } from './data-table.js'
import { el, money, pill, styled, syncedMark } from './elements.js'
import { stage } from './random.js'
import { inPlace } from './router.js'
import { options, project, words } from './start.js'
import { card, field } from './tabs.js'

/** Any page of the new family but a commitment's: a tool's list, or a record of it. */
export async function showTool(app, route, isLate) {
  const answer = await fetch(`/stand-in/data/${project.id}/tool/${route.tool}${route.id ? `/${route.id}` : ''}`)
  if (isLate()) return null
  if (!answer.ok) {
    app.replaceChildren(el('div', { class: 'failure' }, el('h1', {}, 'Something went wrong')))
    return null
  }
  const data = await answer.json()
  document.title = `${data.title} • ${project.name}`
  return data.kind === 'record' ? showRecord(app, data, route) : showLanding(app, data)
}

function showLanding(app, data) {
  const { element, grid } = contentOf(data)
  app.replaceChildren(
    el(
      'div',
      { 'data-core-react': 'tool-landing-page', class: styled('ToolLandingPage') },
      el(
        'div',
        { 'data-core-page-layout-root': 'true', class: `${styled('PageLayout', 'shell')} page-header` },
        el('div', { class: 'row' }, el('h1', { class: styled('H1', 'shell') }, data.title)),
      ),
      element,
    ),
  )
  globalThis.standIn = { grid }
  return { close: () => grid?.destroy() }
}

const contents = {
  list: ({ lines }) => dataTable(lines),
  bare: ({ rows }) => budgetTable(rows),
  people: ({ rows }) => ({ element: el('div', { class: 'list table-shelf' }, rows.map(person)) }),
  home: () => ({ element: el('p', { class: 'list empty' }, words.none) }),
}
const contentOf = (data) => contents[data.kind](data)

/** Rows carry the person's id (seen 2026-06, in the legacy directory). */
const person = ({ id, name, vendor, href }) =>
  el('div', { 'data-id': id, class: 'shelf-row' }, el('div', {}, name), el('div', {}, vendor && el('a', { href }, vendor)))

/** A record made like a commitment's page; the new pages of other records were not seen. */
function showRecord(app, { tool, one, tabs }, route) {
  const page = el('div', { 'data-core-react': 'detail-page', class: styled('DetailPage') })
  app.replaceChildren(page)
  let open = null
  const openTab = async (slug) => {
    const tab = tabs.find((each) => each.slug === (slug ?? '')) ?? tabs[0]
    const content = el('div', { class: 'tab-content' })
    open?.grid?.destroy()
    page.replaceChildren(titleOf(one), strip(tool, one, tabs, tab), content)
    await stage(80, 300)
    if (!page.contains(content)) return
    open = tab.lines ? dataTable(tab.lines) : { element: general(one) }
    content.append(open.element)
  }
  const close = () => open?.grid?.destroy()
  return openTab(route.tab).then(() => ({ tool, type: null, id: one.id, openTab, close }))
}

const titleOf = (one) =>
  el(
    'div',
    { class: 'title-row' },
    el(
      'span',
      { 'data-qa': 'title', class: styled('Title', 'shell') },
      el(
        'div',
        { class: `${styled('Flex')} flex` },
        el('h1', { class: styled('H1', 'shell') }, `#${one.number} - ${one.title}`),
        one.synced && syncedMark(),
      ),
    ),
    options.rights === 'all' &&
      el(
        'div',
        { 'data-qa': 'headerActions', class: styled('HeaderActions') },
        el('button', { type: 'button', 'data-qa': 'moreActions', class: 'button secondary', 'aria-label': words.more }, '⋮'),
      ),
  )

const strip = (tool, one, tabs, open) =>
  el(
    'nav',
    { class: 'tabs' },
    tabs.map(({ slug, label }) =>
      el(
        'a',
        { 'aria-current': slug === open.slug && 'true', ...inPlace(`${toolAddress(tool)}/${one.id}${slug && `/${slug}`}`) },
        el('span', {}, label),
      ),
    ),
  )

const general = (one) =>
  card(
    'general-information',
    'generalInformationCard',
    words.general,
    field(words.number, 'field_number', one.number),
    field(words.title, 'field_title', one.title),
    field(words.status, null, pill(one.status)),
    field(words.amount, null, money(one.amount)),
  )
