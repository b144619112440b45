import type { ItemRef, ItemType } from '../item.ts'
import { type Address, type Family, type Place, placeOf } from './place.ts'
import { type PageKind, type Route, routes } from './routes.ts'

/**
 * What a Procore page shows. Ids stay text: they exceed 32 bits and nobody counts with them. `company` is null on project pages of the legacy family: ask `idsInPage`. `item` is null on lists;
 * `parent` is the contract that holds the item; `tab` is the part of the page or tool that is open.
 */
export type Page = {
  kind: PageKind
  host: string
  family: Family
  company: string | null
  project: string | null
  item: ItemRef | null
  parent: ItemRef | null
  tab: string | null
}

/** Which page of Procore an address shows, or null when it is none we know. Pure: the address decides, never the page's content. */
export function pageAt(address: Address): Page | null {
  const place = placeOf(address)
  if (!place) return null
  const level = place.project === null ? 'company' : 'project'
  for (const route of routes) {
    const found = route.level === level ? route.path.exec(place.rest) : null
    if (found) return pageOf(place, route, found.groups ?? {})
  }
  return null
}

function pageOf(place: Place, route: Route, found: Record<string, string | undefined>): Page {
  const { host, family, company, project } = place
  return {
    kind: route.kind,
    host,
    family,
    company,
    project,
    item: route.about === 'project' ? itemOf('project', project, project) : itemOf(route.item, found.id, project),
    parent: itemOf(route.holder, found.holder, project),
    tab: found.tab ?? null,
  }
}

/** Vendors and projects belong to the company, whichever project's page shows them. */
export function itemOf(type: ItemType | undefined, id: string | null | undefined, project: string | null): ItemRef | null {
  if (!type || !id) return null
  return type === 'vendor' || type === 'project' || project === null ? { type, id } : { type, id, project }
}
