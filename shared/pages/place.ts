import { isProcoreHost } from './hosts.ts'

/**
 * How an address is built. `host`: the new pages; `legacy`: server-made project pages, which do not name their company;
 * `company`: server-made company pages; `documented`: forms Procore documents and redirects from.
 */
export type Family = 'host' | 'legacy' | 'company' | 'documented'

/** Where in Procore an address is, and what is left of its path: `rest` starts with `/` and names the tool. */
export type Place = { host: string; family: Family; company: string | null; project: string | null; rest: string }

const ID = '[1-9]\\d{0,18}'

/** The four path families, all live at once (rendered pages and procore/documentation side_panel_view_keys.md, 2026-06). */
const families: { family: Family; path: RegExp }[] = [
  { family: 'host', path: new RegExp(`^/webclients/host/companies/(?<company>${ID})(?:/projects/(?<project>${ID}))?/tools(?<rest>/.*)$`) },
  { family: 'legacy', path: new RegExp(`^/(?<project>${ID})/project(?<rest>/.*)$`) },
  { family: 'company', path: new RegExp(`^/(?<company>${ID})/company(?<rest>/.*)$`) },
  { family: 'documented', path: new RegExp(`^/companies/(?<company>${ID})(?:/projects/(?<project>${ID}))?/tools(?<rest>/.*)$`) },
  { family: 'documented', path: new RegExp(`^/projects/(?<project>${ID})(?<rest>/.*)$`) },
]

/** An address, taken apart as a browser or Node does it (URL). */
export type Address = { protocol: string; hostname: string; pathname: string }

/** Reads host, company and project from an address; null when it is not a page inside a company or project of Procore. */
export function placeOf(address: Address): Place | null {
  if (!/^https?:$/.test(address.protocol) || !isProcoreHost(address.hostname)) return null
  const path = address.pathname.replace(/\/{2,}/g, '/')
  if (/\.pdf$/i.test(path)) return null // the record's printout, not its page
  for (const { family, path: shape } of families) {
    const found = shape.exec(path)?.groups
    if (found)
      return { host: address.hostname, family, company: found.company ?? null, project: found.project ?? null, rest: found.rest ?? '' }
  }
  return null
}
