import { html } from 'hono/html'
import { legacyList, legacyRecord, syncedCorner } from './legacy.ts'
import type { ListName } from './lines.ts'
import { legacyPage, type Making } from './shell.ts'
import { people } from './tool-data.ts'
import { wordsOf } from './words.ts'

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
      [words.city, vendor.city ?? ''],
    ],
  })
}

/** The people of a project, in rows that carry the person's id; the company beside each is a link to the vendor (rows seen 2026-06, the link's place not). */
export function directory(making: Making) {
  const { read, project } = making
  const words = wordsOf(making.options.locale)
  const rows = people(read, project ?? '').map(
    ({ id, name, vendor, href }) =>
      html`<div class="shelf-row" data-id="${id}"><div>${name}</div><div>${vendor && html`<a href="${href}">${vendor}</a>`}</div></div>`,
  )
  return legacyPage(
    making,
    'directory',
    words.directory,
    html`<div class="tool-header-container"><div class="tool-header"><div class="tool-header-bottom"><h1 class="tool-heading">${words.directory}</h1></div></div></div>
<div class="inner-content"><div class="table-shelf">${rows}</div></div>`,
  )
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
  return legacyList(making, 'home', words.portfolio, [words.title, words.number, words.city], rows)
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

/**
 * A list of the ERP tool. Its tabs, headings and buttons are named in the help pages (2026-06); neither its address nor its markup was ever
 * seen, so it is the portfolio's list under the slug of its label. A row is taken to lead to its record.
 */
export function erpList(making: Making, tab: string) {
  const lists = erpLists[tab]
  const lines = lists?.flatMap((name) => making.read.projects().flatMap(({ id }) => making.read.lists[name](String(id))))
  if (!lines) return null
  const rows = lines.map((one) => [
    html`<a href="${one.href}">${one.number}</a>`,
    one.title,
    one.status,
    html`<button>${one.synced ? 'Unlink' : 'Export'}</button>`,
  ])
  const words = wordsOf(making.options.locale)
  return legacyList(making, 'erp_integrations', 'ERP Integrations', [words.number, words.title, words.status, ''], rows)
}
const erpLists: Record<string, ListName[]> = {
  commitments: ['commitments'],
  commitment_change_orders: ['change-orders'],
  prime_contracts: ['prime-contracts'],
  prime_contract_change_orders: ['prime-change-orders'],
  subcontractor_invoices: ['subcontractor-invoices'],
  owner_invoices: ['owner-invoices'],
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
