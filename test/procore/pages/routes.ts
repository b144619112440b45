import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import type { Company } from '../company.ts'
import { serveAssets } from './assets.ts'
import { loginPage, pageNotFound, somethingWentWrong } from './failures.ts'
import { erpList, erpTool, portfolio } from './legacy-company.ts'
import { commitmentRoutes, type Draw, ID, legacyRoutes } from './legacy-routes.ts'
import { type PagesOptions, pagesOptions } from './options.ts'
import { listed, readCompany } from './read.ts'
import { hostPage } from './shell.ts'
import { toolData } from './tool-data.ts'

/**
 * The stand-in's web pages: both address families, from the live company at each request. Mount them on the server that answers
 * for *.procore.com; `options` may be changed while it runs. Addresses under /stand-in are ours, none of Procore's.
 */
export function pagesRoutes(company: Company, options: PagesOptions = pagesOptions()): Hono {
  const app = new Hono()
  const read = readCompany(company)
  const release = randomBytes(6).toString('hex')
  serveAssets(app)

  const draw: Draw = async (c, project, make) => {
    if (options.session === 'signed-out') return c.redirect('https://login.procore.com/')
    if (options.broken) return c.html(somethingWentWrong(), 500)
    if (project !== null && !read.project(project)) return c.html(pageNotFound(), 404)
    const nonce = randomBytes(12).toString('base64')
    if (options.csp === 'strict') c.header('content-security-policy', strictPolicy(nonce))
    const made = make({ read, options, host: c.req.header('host') ?? 'us02.procore.com', nonce, release, project })
    if (made && 'leadsTo' in made) return c.redirect(made.leadsTo)
    return made ? c.html(made) : c.html(pageNotFound(), 404)
  }
  const toNew = (project: string, path: string): string | null =>
    options.newContracts && options.session === 'signed-in'
      ? `/webclients/host/companies/${read.id}/projects/${project}/tools/contracts/commitments${path}`
      : null

  app.get('/', (c) => (/^login\./.test(c.req.header('host') ?? '') ? c.html(loginPage()) : c.redirect(`/${read.id}/company/home`)))
  app.get(`/webclients/host/companies/:c{${ID}}/projects/:p{${ID}}/tools/*`, (c) => draw(c, c.req.param('p'), hostPage))
  commitmentRoutes(app, draw, toNew)
  app.get(`/:p{${ID}}/project/contracts/opt_out_commitments`, (c) => {
    options.newContracts = false
    return c.redirect(`/${c.req.param('p')}/project/commitments`)
  })
  legacyRoutes(app, draw)
  companyPages(app, draw)
  dataRoutes(app, options, read)
  return app
}

function companyPages(app: Hono, draw: Draw): void {
  for (const home of ['home', 'home/list']) app.get(`/:c{${ID}}/company/${home}`, (c) => draw(c, null, portfolio))
  app.get(`/:c{${ID}}/company/erp_integrations`, (c) => draw(c, null, (making) => erpTool(making, null)))
  app.get(`/:c{${ID}}/company/erp_integrations/job_costs`, (c) =>
    draw(c, null, (making) => erpTool(making, c.req.query('started') === undefined ? null : 'Job Costs Will Begin Syncing')),
  )
  app.get(`/:c{${ID}}/company/erp_integrations/:tab{[a-z_]+}`, (c) => draw(c, null, (making) => erpList(making, c.req.param('tab'))))
  app.get(`/:c{${ID}}/company/erp_integrations/job_costs/refresh`, (c) =>
    c.redirect(`/${c.req.param('c')}/company/erp_integrations/job_costs?started`),
  )
  app.get(`/set_company/:c{${ID}}`, (c) => c.redirect(`/${c.req.param('c')}/company/home`))
  app.get(`/set_project/:p{${ID}}`, (c) => c.redirect(`/${c.req.param('p')}/project/home`))
}

/** What the new pages' scripts fetch. Procore's own pages use endpoints nobody publishes; these are invented and marked as ours. */
function dataRoutes(app: Hono, options: PagesOptions, read: ReturnType<typeof readCompany>): void {
  app.get(`/stand-in/data/:p{${ID}}/commitments`, (c) => c.json(listed(read.commitments(c.req.param('p')), options.rows)))
  app.get(`/stand-in/data/:p{${ID}}/commitments/:id{${ID}}`, (c) => {
    const one = read.commitment(c.req.param('p'), c.req.param('id'))
    const { changeOrdersOf, invoicesOf, paymentsOf } = read
    const tabs = one && {
      ...{ change_orders: changeOrdersOf(c.req.param('p'), one), invoices: invoicesOf(c.req.param('p'), one) },
      payments: paymentsOf(c.req.param('p'), one),
    }
    return one ? c.json({ ...one, tabs }) : c.json({ error: 'No such commitment in the practice company.' }, 404)
  })
  app.get(`/stand-in/data/:p{${ID}}/tool/:name{[a-z-]+}/:id{${ID}}?`, (c) => {
    const found = toolData(read, options.locale, c.req.param('p'), c.req.param('name'), c.req.param('id') ?? null)
    return found ? c.json(found) : c.json({ error: 'No such page in the practice company.' }, 404)
  })
}

/** No inline style sheets; style attributes stay allowed, since ag-grid's own templates carry them. */
const strictPolicy = (nonce: string): string =>
  `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'self'; style-src-attr 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'self'; form-action 'self'`
