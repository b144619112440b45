import { entityOfItem, type ItemType, itemKey } from '../../shared/item.ts'
import { environmentOf, isOfEnvironment, isProcoreHost } from '../../shared/pages/hosts.ts'
import { type Page, pageAt } from '../../shared/pages/page.ts'
import type { Ask } from './ask-agent.ts'
import { UsageFault } from './command.ts'

type Here = Awaited<ReturnType<typeof me>>[number]
const me = async (ask: Ask) => (await ask('me')).connections

/** With its protocol, or as people copy it without. */
const addressLike = /^(?:[a-z][a-z0-9+.-]*:\/\/|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?\/)/i

/** What a person named, as the agent knows it: TYPE:ID, LINK and ENTITY/KEY as they are, and the record an address of a Procore page shows. */
export async function recordNamed(text: string, ask: Ask): Promise<string> {
  if (!addressLike.test(text)) return text
  const page = pageNamed(text)
  const id = itemKey(page.item)
  const all = await me(ask)
  const here = all.filter((one) => isOf(page, one))
  if (here.length === 0) throw new UsageFault(elsewhere(page, all))
  // The same number may stand in two companies, or in Procore and in its monthly copy.
  if (here.length < all.length) {
    const { connection } = await ask('link', { params: { id } })
    if (connection && !here.some((one) => one.id === connection.id)) throw new UsageFault(elsewhere(page, all))
  }
  return id
}

/** The page of one record an address shows; a budget only says how its project stands. Throws what is wrong with it, and what to do. */
function pageNamed(text: string): Page & { item: NonNullable<Page['item']> } {
  const address = URL.parse(text.includes('://') ? text : `https://${text}`)
  if (!address) throw new UsageFault(`“${text}” is no address. ${copyIt}`)
  if (!isProcoreHost(address.hostname)) throw new UsageFault(`${address.hostname} shows no pages of Procore that Tieback knows. ${copyIt}`)
  const page = pageAt(address)
  if (page === null) throw new UsageFault(`That address shows no record Tieback knows. ${copyIt}`)
  if (page.item === null || page.kind === 'budget') throw new UsageFault(`That page (${page.kind}) is not one record’s own. ${copyIt}`)
  if (entityOfItem[page.item.type] === undefined) throw new UsageFault(untied(page.item.type))
  return { ...page, item: page.item }
}

/** Procore's own connector sends change orders of prime contracts to the ERP, and unlinks them in its tool (erp-integrations.md B1, 2026-11). */
const untied = (type: ItemType): string =>
  type === 'prime-change-order'
    ? `Tieback ties no ${type}: none of the exports it reads holds one. Where Procore’s own connector holds its link, it is unlinked in Procore’s ERP Integrations tool. Name the record that is tied here, for instance its contract.`
    : `A ${type} is never linked: no export holds one. Name the record that is, for instance its contract.`

const copyIt = 'Open the record itself in Procore (a commitment, change order, invoice …) and copy its address from the browser.'

const isOf = ({ company, host }: Page, one: Here): boolean =>
  (company === null || company === one.company) && isOfEnvironment(one.environment, environmentOf(host))

function elsewhere({ company, host }: Page, all: readonly Here[]): string {
  const served = [...new Set(all.map((one) => `${one.company} (${one.environment})`))].join(', ')
  const where = company === null ? '' : `company ${company}, `
  return `That address is of ${where}${environmentOf(host)}; this agent serves ${served || 'no company yet'}. Nothing was done. Ask the agent that serves it.`
}
