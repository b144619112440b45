import { type ServedPages, startPages } from '../browser/start-pages.ts'
import type { StandIn } from '../procore/stand-in.ts'
import { type ProcoreAccess, standInWithAccess } from '../support/start-stand-in.ts'

/** Procore as the practice company has it: its API, and its pages over TLS, both showing the same data. */
export type Site = {
  pages: ServedPages
  access: ProcoreAccess
  api: StandIn
  list: string
  /** Address of a commitment's page, by its number; `type:id` of it, as badges are keyed. */
  commitment(number: string): string
  keyOf(number: string): string
  directCost(id: number): string
  close(): Promise<void>
}

const host = 'https://us02.procore.com'

/** `latencyMs` is waited before each answer of the API. */
export async function startSite(latencyMs = 0): Promise<Site> {
  const pages = await startPages()
  const api = await standInWithAccess({ company: pages.company, webBaseUrl: host, latencyMs })
  const tools = `${host}/webclients/host/companies/${pages.company.id}/projects/${pages.project}/tools`
  const idOf = (number: string): number => {
    const found = pages.company.commitments(Number(pages.project)).find((one) => one.number === number)
    if (!found) throw new Error(`The busiest project has no commitment ${number}.`)
    return found.id
  }
  const isOrder = (number: string): boolean => number.startsWith('PO')
  return {
    pages,
    api,
    access: api.access,
    list: `${tools}/contracts/commitments`,
    commitment: (number) =>
      `${tools}/contracts/commitments/${isOrder(number) ? 'purchase_order_contracts' : 'work_order_contracts'}/${idOf(number)}`,
    keyOf: (number) => `${isOrder(number) ? 'purchase-order-contract' : 'work-order-contract'}:${idOf(number)}`,
    directCost: (id) => `${host}/${pages.project}/project/direct_costs/${id}`,
    async close() {
      await api.close()
      await pages.close()
    },
  }
}
