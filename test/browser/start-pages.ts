import { createServer } from 'node:https'
import { getRequestListener } from '@hono/node-server'
import type { Company } from '../procore/company.ts'
import { type PagesOptions, pagesOptions } from '../procore/pages/options.ts'
import { pagesRoutes } from '../procore/pages/routes.ts'
import { practiceCompany } from '../procore/practice-company.ts'
import { type Certificate, makeCertificate } from './certificate.ts'

export type ServedPages = {
  company: Company
  options: PagesOptions
  port: number
  certificate: Certificate
  project: string
  close(): Promise<void>
}

/** Serves the practice company's pages over https on a free port; `project` is its busiest one. */
export async function startPages(changes: Partial<PagesOptions> = {}): Promise<ServedPages> {
  const company = practiceCompany()
  const options = pagesOptions(changes)
  const certificate = await makeCertificate()
  const listener = getRequestListener(pagesRoutes(company, options).fetch)
  const server = createServer({ key: certificate.key, cert: certificate.cert }, (request, response) => void listener(request, response))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  const close = (): Promise<void> =>
    new Promise((closed) => {
      server.close(() => closed())
      server.closeAllConnections()
    })
  return {
    company,
    options,
    port: typeof address === 'object' && address ? address.port : 0,
    certificate,
    project: busiest(company),
    close,
  }
}

function busiest(company: Company): string {
  const projects = company.tables.projects.live()
  const most = projects.toSorted((a, b) => company.commitments(b.id).length - company.commitments(a.id).length)[0]
  return String(most?.id ?? '')
}
