import type { Company } from '../procore/company.ts'
import { type PagesOptions, pagesOptions } from '../procore/pages/options.ts'
import { pagesRoutes } from '../procore/pages/routes.ts'
import { type StandIn, startStandIn } from '../procore/stand-in.ts'
import { type Certificate, makeCertificate } from './certificate.ts'

/**
 * The stand-in with its pages, over https on a free port of 127.0.0.1. `project` is the busiest project; `options` may be changed
 * between two pages; give this whole object to `openBrowser` as its `standIn`.
 */
export type ServedPages = {
  standIn: StandIn
  company: Company
  options: PagesOptions
  port: number
  certificate: Certificate
  project: string
  close(): Promise<void>
}

/** Serves a company's pages (a fresh practice company unless given one, say the one an agent's API stand-in answers from). */
export async function startPages(changes: Partial<PagesOptions> = {}, company?: Company): Promise<ServedPages> {
  const certificate = await makeCertificate()
  const standIn = await startStandIn({ tls: certificate, webBaseUrl: 'https://us02.procore.com', ...(company ? { company } : {}) })
  const options = pagesOptions(changes)
  standIn.mount(pagesRoutes(standIn.company, options))
  return {
    standIn,
    company: standIn.company,
    options,
    port: standIn.port,
    certificate,
    project: busiest(standIn.company),
    close: standIn.close,
  }
}

/** The project with the most commitments. */
export function busiest(company: Company): string {
  const projects = company.tables.projects.live()
  const most = projects.toSorted((a, b) => company.commitments(b.id).length - company.commitments(a.id).length)[0]
  return String(most?.id ?? '')
}
