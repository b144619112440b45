import { html, raw } from 'hono/html'
import type { PagesOptions } from './options.ts'
import type { Read } from './read.ts'
import { wordsOf } from './words.ts'

/** What one page is made from. `release` differs at each start, as class names do at each of Procore's releases. */
export type Making = { read: Read; options: PagesOptions; host: string; nonce: string; release: string; project: string | null }

const json = (value: unknown) => raw(JSON.stringify(value).replaceAll('<', '\\u003c'))

/** Vendor scripts leave the person's context in every page; the extension reads only the locale of it. */
const contextScript = ({ read, options, nonce }: Making) =>
  html`<script id="third-party-scripts-pendo" type="application/json" nonce="${nonce}">${json({
    visitor: {
      id: read.person.id,
      email: read.person.email,
      tools: ['commitments', 'direct_costs', 'erp_integrations'],
      locale: options.locale,
    },
    account: { id: read.id, name: read.name, locale: 'en', erpIntegrationId: 41 },
  })}</script>`

/** What the page's own scripts need to draw themselves. */
const startScript = ({ read, options, nonce, release, project }: Making) =>
  html`<script id="stand-in-start" type="application/json" nonce="${nonce}">${json({
    ...{ company: { id: read.id, name: read.name }, person: read.person, release, options, words: wordsOf(options.locale) },
    project:
      project === null
        ? null
        : { id: project, name: read.project(project)?.name ?? '', number: read.project(project)?.project_number ?? '' },
  })}</script>`

/** The new family: a static shell, constant `lang`, one root; everything else arrives by script. */
export const hostPage = (making: Making) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><base href="/webclients/host"><link rel="icon" href="data:,"><title>Procore</title>
<link rel="stylesheet" href="/stand-in/ag-grid/ag-grid.min.css"><link rel="stylesheet" href="/stand-in/ag-grid/ag-theme-alpine.min.css">
<link rel="stylesheet" href="/stand-in/client/shared.css"><link rel="stylesheet" href="/stand-in/client/host.css">
${contextScript(making)}${startScript(making)}
<script src="/stand-in/ag-grid/ag-grid-community.min.noStyle.js" nonce="${making.nonce}"></script>
<script type="module" src="/stand-in/client/host.js" nonce="${making.nonce}"></script>
</head>
<body><div id="root"></div></body>
</html>`

/** A page, an address it only leads to, or nothing at that address. */
export type Drawn = ReturnType<typeof hostPage> | { leadsTo: string } | null

/** The legacy family: made by the server, the tool's content inside; header and side panel are islands that mount late. */
export function legacyPage(making: Making, tool: string, toolTitle: string, content: unknown) {
  const { read, options, nonce, project, host } = making
  const owner = project === null ? `${read.id}/company` : `${project}/project`
  const name = project === null ? read.name : (read.project(project)?.name ?? '')
  const environment = { baseUrl: `https://${host}`, companyId: Number(read.id), projectID: project === null ? null : Number(project) }
  return html`<!doctype html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en">
<head>
<meta charset="utf-8"><base href="https://${host}/${owner}/${tool}/"><link rel="icon" href="data:,"><title>${toolTitle} • ${name}</title><meta name="csrf-token" content="${nonce}">
<link rel="stylesheet" href="/stand-in/client/shared.css"><link rel="stylesheet" href="/stand-in/client/legacy.css">
<script nonce="${nonce}">window.Procore = {}; window.I18n = {};
Procore.Environment = ${json({ ...environment, locale: options.locale, time_zone: 'US/Pacific', dateFormat: 'mm/dd/yyyy', currencySymbol: '$' })};
I18n.locale=${json(options.locale)};</script>
${contextScript(making)}${startScript(making)}
<script type="module" src="/stand-in/client/legacy.js" nonce="${nonce}"></script>
</head>
<body>
<div id="app-header"></div>
<main id="mount-point"><div id="sidecar" data-props="{}"></div>
<div class="wrap" id="main_content"><div class="tool-content" id="main_panel"><div class="tool-notifications"><div id="alert_wrapper"></div></div>
<div class="tool-body">${content}</div></div></div></main>
<footer>Practice company</footer><div id="powerTip"></div>
</body>
</html>`
}
