import { findOne } from './anchors.ts'

/** Company and project as the page's header links name them; each null until the header has mounted or where it does not say. */
export type PageIds = { company: string | null; project: string | null }

/**
 * Reads the ids that a legacy project address hides, from links the header carries in both families:
 * `/set_company/:c`, and the logo's `/:p/project/home` or `/:c/company/home` (rendered pages, 2026-06). The header mounts late: ask again.
 */
export function idsInPage(root: ParentNode): PageIds {
  const logo = findOne(root, 'projectLink')?.getAttribute('href') ?? ''
  const company = findOne(root, 'companyLink')?.getAttribute('href') ?? ''
  return {
    company: idIn(company, /\/set_company\/(\d+)/) ?? idIn(logo, /\/(\d+)\/company(?:\/|$)/),
    project: idIn(logo, /\/(\d+)\/project(?:\/|$)/),
  }
}

const idIn = (href: string, shape: RegExp): string | null => shape.exec(href)?.[1] ?? null
