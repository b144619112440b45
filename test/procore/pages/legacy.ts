import { html } from 'hono/html'
import type { Line } from './lines.ts'
import { legacyPage, type Making } from './shell.ts'
import { shownMoney } from './shown.ts'
import { wordsOf } from './words.ts'

const syncedTag = html`<img class="powertip" height="20px" alt="" data-powertip="This Item has been synced" src="/assets/erp/erp_tag_rect_synced-1.svg">`
export const syncedCorner = html`<img class="absolute abs-top abs-right" height="30px" alt="" src="/assets/erp/banner_diagonal-1.svg">`
const lockedText = (what: string) => html`<aside>This ${what} is not available to edit because the ${what} has been synced.</aside>`

type Tab = { slug: string; label: string }
type Field = [label: string, shown: unknown]
type RecordPage = {
  tool: string
  toolTitle: string
  back: string
  heading: string
  synced: boolean
  tabs: Tab[]
  open: string
  address: string
  section: string
  locked?: string
  fields: Field[]
  /** What an open tab lists instead of the record's own fields. */
  lines?: readonly Line[] | undefined
}

/** A record of the legacy family: breadcrumbs, heading with Procore's own mark, tabs that load, one section. */
export function legacyRecord(making: Making, page: RecordPage) {
  const tabs = page.tabs.map(
    ({ slug, label }) =>
      html`<li class="${slug === page.open ? 'active' : ''}"><a href="${page.address}${slug && `/${slug}`}">${label}</a></li>`,
  )
  const fields = page.fields.map(([label, shown]) => html`<tr><th>${label}</th><td>${shown}</td></tr>`)
  return legacyPage(
    making,
    page.tool,
    page.toolTitle,
    html`<div class="tool-top">
<nav class="breadcrumbs"><a href="${page.back}">${page.toolTitle}</a> › <span>${page.heading}</span></nav>
<div class="tool-header"><h1>${page.heading} ${page.synced ? syncedTag : ''}</h1></div></div>
<div class="tab-container"><ul class="nav-tabs">${tabs}</ul></div>
<div class="inner-content"><section><div class="table-header"><h2>${page.section}</h2>${page.synced && page.locked ? lockedText(page.locked) : ''}</div>
${page.lines ? lineTable(page.lines, making) : html`<table class="view"><tbody>${fields}</tbody></table>`}</section></div>`,
  )
}

/** A list of the legacy family: rows without any attribute, the record only in its link. */
export function legacyList(making: Making, tool: string, title: string, heads: string[], rows: unknown[][]) {
  return legacyPage(
    making,
    tool,
    title,
    html`<div class="tool-header-container"><div class="tool-header"><div class="tool-header-bottom">
<h1 class="tool-heading">${title}</h1><ul class="views-container"><li class="view-item-container active">${title}</li></ul></div></div></div>
<div class="inner-content"><div class="paginator-banner">1 – ${rows.length} / ${rows.length}</div>
${itemList(heads, rows)}</div>`,
  )
}

function itemList(heads: readonly string[], rows: readonly unknown[][]) {
  const sortable = heads.map((head) => html`<th><a class="sortable-table-link" href="?sort=${head}">${head}</a></th>`)
  const body = rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)
  return html`<table class="item-list"><thead><tr>${sortable}</tr></thead><tbody>${body}</tbody></table>`
}

const headsOf = ({ options }: Making): string[] => {
  const words = wordsOf(options.locale)
  return [words.number, words.title, words.status, words.amount]
}
const cellsOf = (lines: readonly Line[]): unknown[][] =>
  lines.map((one) => [
    html`${one.synced ? syncedCorner : ''}<a href="${one.href}">${one.number}</a>`,
    one.title,
    one.status,
    html`<span class="amount">${shownMoney(one.amount)}</span>`,
  ])

/** A tab that lists records. No such tab of the legacy family was seen; it is taken to look like the portfolio's list. */
const lineTable = (lines: readonly Line[], making: Making) => itemList(headsOf(making), cellsOf(lines))

/** A tool's list of lines. */
export const legacyLines = (making: Making, tool: string, title: string, lines: readonly Line[]) =>
  legacyList(making, tool, title, headsOf(making), cellsOf(lines))

/** A record of which only its line is known: general tab, one section. */
export function legacyLine(making: Making, tool: string, toolTitle: string, kind: string, one: Line | undefined, locked?: string) {
  if (!one) return null
  const words = wordsOf(making.options.locale)
  return legacyRecord(making, {
    ...{ tool, toolTitle, back: `/${making.project}/project/${tool}`, heading: `${kind} #${one.number}: ${one.title}`, synced: one.synced },
    ...{ tabs: [{ slug: '', label: words.general }], open: '', address: one.href, section: words.general, ...(locked ? { locked } : {}) },
    fields: [
      [words.number, one.number],
      [words.title, one.title],
      [words.status, one.status],
      [words.amount, shownMoney(one.amount)],
    ],
  })
}
