import { randomBytes } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { Company } from '../company.ts'
import { serveAssets } from './assets.ts'
import { loginPage, pageNotFound, somethingWentWrong } from './failures.ts'
import {
  erpTool,
  legacyCommitment,
  legacyCommitments,
  legacyDirectCost,
  legacyDirectCosts,
  legacyVendor,
  portfolio,
  projectHome,
} from './legacy.ts'
import { type PagesOptions, pagesOptions } from './options.ts'
import { listed, readCompany } from './read.ts'
import { hostPage, type Making } from './shell.ts'

const ID = '[1-9][0-9]{0,18}'
const TYPE = 'work_order_contracts|purchase_order_contracts'
type Drawn = ReturnType<typeof hostPage> | null

/**
 * The stand-in's web pages: both address families, from the live company at each request. Mount them on the server that answers
 * for *.procore.com; `options` may be changed while it runs. Addresses under /stand-in are ours, none of Procore's.
 */
export function pagesRoutes(company: Company, options: PagesOptions = pagesOptions()): Hono {
  const app = new Hono()
  const read = readCompany(company)
  const release = randomBytes(6).toString('hex')
  serveAssets(app)

  const draw = async (c: Context, project: string | null, make: (making: Making) => Drawn): Promise<Response> => {
    if (options.session === 'signed-out') return c.redirect('https://login.procore.com/')
    if (options.broken) return c.html(somethingWentWrong(), 500)
    if (project !== null && !read.project(project)) return c.html(pageNotFound(), 404)
    const nonce = randomBytes(12).toString('base64')
    if (options.csp === 'strict') c.header('content-security-policy', strictPolicy(nonce))
    const made = make({ read, options, host: c.req.header('host') ?? 'us02.procore.com', nonce, release, project })
    return made ? c.html(made) : c.html(pageNotFound(), 404)
  }
  /** Opted-in people are sent from a legacy address to the new page of the same record. */
  const newOrLegacy = (c: Context, project: string, path: string, legacy: (making: Making) => Drawn): Response | Promise<Response> =>
    options.newContracts && options.session === 'signed-in'
      ? c.redirect(`/webclients/host/companies/${read.id}/projects/${project}/tools/contracts/commitments${path}`)
      : draw(c, project, legacy)

  app.get('/', (c) => (/^login\./.test(c.req.header('host') ?? '') ? c.html(loginPage()) : c.redirect(`/${read.id}/company/home`)))
  app.get(`/webclients/host/companies/:c{${ID}}/projects/:p{${ID}}/tools/*`, (c) => draw(c, c.req.param('p'), hostPage))
  app.get(`/:p{${ID}}/project/home`, (c) => draw(c, c.req.param('p'), projectHome))
  for (const list of ['commitments', 'commitments/list', 'contracts/commitments'])
    app.get(`/:p{${ID}}/project/${list}`, (c) =>
      newOrLegacy(c, c.req.param('p'), '', (making) => legacyCommitments(making, read.commitments(c.req.param('p')))),
    )
  for (const prefix of ['commitments', 'contracts/commitments'])
    app.get(`/:p{${ID}}/project/${prefix}/:type{${TYPE}}/:id{${ID}}/:tab{[a-z_]+}?`, (c) => {
      const { p, type, id, tab = '' } = c.req.param()
      return newOrLegacy(c, p, `/${type}/${id}${tab && `/${tab}`}`, (making) => {
        const one = read.commitment(p, id)
        return one?.type === type ? legacyCommitment(making, one, tab) : null
      })
    })
  app.get(`/:p{${ID}}/project/contracts/opt_out_commitments`, (c) => {
    options.newContracts = false
    return c.redirect(`/${c.req.param('p')}/project/commitments`)
  })
  app.get(`/:p{${ID}}/project/direct_costs`, (c) => draw(c, c.req.param('p'), legacyDirectCosts))
  app.get(`/:p{${ID}}/project/direct_costs/:id{${ID}}/:tab{[a-z_]+}?`, (c) =>
    draw(c, c.req.param('p'), (making) => legacyDirectCost(making, c.req.param('id'), c.req.param('tab') ?? '')),
  )
  app.get(`/:p{${ID}}/project/directory/edit_vendor/:id{${ID}}`, (c) =>
    draw(c, c.req.param('p'), (making) => legacyVendor(making, c.req.param('id'))),
  )
  companyPages(app, draw)
  dataRoutes(app, options, read)
  return app
}

type Draw = (c: Context, project: string | null, make: (making: Making) => Drawn) => Promise<Response>

function companyPages(app: Hono, draw: Draw): void {
  for (const home of ['home', 'home/list']) app.get(`/:c{${ID}}/company/${home}`, (c) => draw(c, null, portfolio))
  app.get(`/:c{${ID}}/company/erp_integrations`, (c) => draw(c, null, (making) => erpTool(making, null)))
  app.get(`/:c{${ID}}/company/erp_integrations/job_costs`, (c) =>
    draw(c, null, (making) => erpTool(making, c.req.query('started') === undefined ? null : 'Job Costs Will Begin Syncing')),
  )
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
    return one ? c.json({ ...one, invoices: read.invoices(one.id) }) : c.json({ error: 'No such commitment in the practice company.' }, 404)
  })
}

/** No inline style sheets; style attributes stay allowed, since ag-grid's own templates carry them. */
const strictPolicy = (nonce: string): string =>
  `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'self'; style-src-attr 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'self'; form-action 'self'`
