import { html } from 'hono/html'
import type { Commitment } from './read.ts'
import { legacyPage, type Making } from './shell.ts'
import { shownMoney } from './shown.ts'
import { wordsOf } from './words.ts'

const syncedTag = html`<img class="powertip" height="20px" alt="" data-powertip="This Item has been synced" src="/assets/erp/erp_tag_rect_synced-1.svg">`
const syncedCorner = html`<img class="absolute abs-top abs-right" height="30px" alt="" src="/assets/erp/banner_diagonal-1.svg">`
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
}

/** A record of the legacy family: breadcrumbs, heading with Procore's own mark, tabs that load, one section. */
function legacyRecord(making: Making, page: RecordPage) {
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
<table class="view"><tbody>${fields}</tbody></table></section></div>`,
  )
}

/** A list of the legacy family: rows without any attribute, the record only in its link. */
function legacyList(making: Making, tool: string, title: string, heads: string[], rows: unknown[][]) {
  const sortable = heads.map((head) => html`<th><a class="sortable-table-link" href="?sort=${head}">${head}</a></th>`)
  const body = rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)
  return legacyPage(
    making,
    tool,
    title,
    html`<div class="tool-header-container"><div class="tool-header"><div class="tool-header-bottom">
<h1 class="tool-heading">${title}</h1><ul class="views-container"><li class="view-item-container active">${title}</li></ul></div></div></div>
<div class="inner-content"><div class="paginator-banner">1 – ${rows.length} / ${rows.length}</div>
<table class="item-list"><thead><tr>${sortable}</tr></thead><tbody>${body}</tbody></table></div>`,
  )
}

export function legacyCommitments(making: Making, commitments: Commitment[]) {
  const words = wordsOf(making.options.locale)
  const rows = commitments.map((one) => [
    html`<a href="/${making.project}/project/commitments/${one.type}/${one.id}">${one.number}</a>`,
    one.vendor,
    html`${one.erpStatus ? syncedCorner : ''}${one.title}`,
    one.status,
    html`<span class="amount">${shownMoney(one.amounts.revised_contract)}</span>`,
  ])
  return legacyList(making, 'commitments', words.commitments, [words.number, words.vendor, words.title, words.status, words.revised], rows)
}

export function legacyCommitment(making: Making, one: Commitment, tab: string) {
  const words = wordsOf(making.options.locale)
  return legacyRecord(making, {
    ...{ tool: 'commitments', toolTitle: words.commitments, back: `/${making.project}/project/commitments`, open: tab },
    ...{ heading: `${words.commitment} #${one.number}: ${one.title}`, synced: one.erpStatus !== null, section: words.general },
    address: `/${making.project}/project/commitments/${one.type}/${one.id}`,
    tabs: [
      { slug: '', label: words.general },
      { slug: 'schedule_of_values', label: words.ssov },
      { slug: 'change_orders', label: words.changeOrders },
      { slug: 'requisitions', label: words.invoices },
      { slug: 'contract_payments', label: words.paid },
      { slug: 'change_history', label: words.history },
    ],
    fields: [
      [words.number, one.number],
      [words.vendor, html`<a href="/${making.project}/project/directory/edit_vendor/${one.vendorId ?? ''}">${one.vendor}</a>`],
      [words.title, one.title],
      [words.status, one.status],
      [words.original, shownMoney(one.amounts.grand_total)],
      [words.approvedChanges, shownMoney(one.amounts.approved_change_orders)],
      [words.revised, shownMoney(one.amounts.revised_contract)],
      [words.paid, shownMoney(one.amounts.total_payments)],
    ],
  })
}

export function legacyDirectCosts(making: Making) {
  const { read, project } = making
  const words = wordsOf(making.options.locale)
  const rows = read
    .directCosts(project ?? '')
    .map((cost) => [
      html`<a href="/${project}/project/direct_costs/${cost.id}">${cost.invoice_number ?? cost.id}</a>`,
      read.vendor(cost.vendor_id),
      cost.description ?? '',
      cost.direct_cost_date ?? '',
      html`<span class="amount">${shownMoney(read.directCostAmount(cost.id))}</span>`,
    ])
  return legacyList(
    making,
    'direct_costs',
    words.directCosts,
    [words.number, words.vendor, words.description, words.date, words.amount],
    rows,
  )
}

export function legacyDirectCost(making: Making, id: string, tab: string) {
  const { read, project } = making
  const words = wordsOf(making.options.locale)
  const cost = read.directCost(project ?? '', id)
  if (!cost) return null
  return legacyRecord(making, {
    ...{ tool: 'direct_costs', toolTitle: words.directCosts, back: `/${project}/project/direct_costs`, open: tab, locked: 'direct cost' },
    ...{
      heading: `${words.directCost}: ${cost.description ?? cost.invoice_number ?? id}`,
      synced: cost.origin_id !== null,
      section: words.general,
    },
    address: `/${project}/project/direct_costs/${id}`,
    tabs: [
      { slug: '', label: words.general },
      { slug: 'related_items', label: words.more },
      { slug: 'change_history', label: words.history },
    ],
    fields: [
      [words.vendor, read.vendor(cost.vendor_id)],
      [words.number, cost.invoice_number ?? ''],
      [words.date, cost.direct_cost_date ?? ''],
      [words.status, cost.status],
      [words.amount, shownMoney(read.directCostAmount(cost.id))],
    ],
  })
}

export function legacyVendor(making: Making, id: string) {
  const words = wordsOf(making.options.locale)
  const vendor = making.read.vendorRecord(id)
  if (!vendor) return null
  return legacyRecord(making, {
    ...{ tool: 'directory', toolTitle: words.vendor, back: `/${making.project}/project/home`, heading: vendor.name, open: '' },
    ...{ synced: vendor.origin_id !== null, section: words.general, address: `/${making.project}/project/directory/edit_vendor/${id}` },
    tabs: [{ slug: '', label: words.general }],
    fields: [
      [words.title, vendor.name],
      ['ERP', vendor.origin_code ?? ''],
      ['City', vendor.city ?? ''],
    ],
  })
}

export function portfolio(making: Making) {
  const words = wordsOf(making.options.locale)
  const rows = making.read
    .projects()
    .map((project) => [
      html`${project.origin_id === null ? '' : syncedCorner}<a href="/set_project/${project.id}">${project.name}</a>`,
      project.project_number,
      project.city,
    ])
  return legacyList(making, 'home', words.portfolio, [words.title, words.number, 'City'], rows)
}

export function projectHome(making: Making) {
  const { read, project } = making
  const words = wordsOf(making.options.locale)
  return legacyPage(
    making,
    'home',
    words.home,
    html`<div class="tool-header"><h1 class="tool-heading">${read.project(project ?? '')?.name ?? ''}</h1></div>
<div class="inner-content"><p><a href="/${project}/project/commitments">${words.commitments}</a></p><p><a href="/${project}/project/direct_costs">${words.directCosts}</a></p></div>`,
  )
}

/** The ERP tool. No page of it was ever seen: only its address, the picker, the button and what happens after (a job-cost program, 2026). */
export function erpTool(making: Making, flash: string | null) {
  const projects = making.read
    .projects()
    .map((project) => html`<option value="${project.id}">${project.project_number} ${project.name}</option>`)
  return legacyPage(
    making,
    'erp_integrations',
    'ERP Integrations',
    html`<div class="tool-header-container"><div class="tool-header"><div class="tool-header-bottom">
<a class="config-container powertip" data-powertip="Configure Settings" href="/${making.read.id}/company/erp_integrations/configure_tab">⚙</a>
<h1 class="tool-heading">ERP Integrations</h1></div></div></div>${flash ? html`<div class="flash">${flash}</div>` : ''}
<div class="inner-content"><form action="/${making.read.id}/company/erp_integrations/job_costs/refresh"><select id="active_synced_projects" name="active_synced_projects">${projects}</select>
<button class="bttn bttn-primary-solid bttn-lg">Sync Job Costs for Selected Job</button></form></div>`,
  )
}
