/** What the page's list shows, as the badges of its rows name it. */

const BADGE = '.tieback-list-status[data-key]'

const keysOf = (badges: Iterable<Element>): string[] => [...new Set([...badges].map((badge) => badge.getAttribute('data-key') ?? ''))]

/**
 * Types of the records that the page lists now: what an address says of a tab of the ERP tool is not known (procore-web.md, 2026-06), what its
 * rows link to is. None where nothing has a badge.
 */
export const openTypes = (page: ParentNode): string[] => [
  ...new Set(keysOf(page.querySelectorAll(BADGE)).map((key) => key.split(':')[0] ?? '')),
]

/**
 * Keys of the records whose rows are selected, of those drawn now: a grid keeps only what is in sight in the document. Its rows can be selected
 * by the keyboard (their label says so, rendered page, 2026-06) and are marked as WAI-ARIA wants it.
 */
export const selectedIn = (page: ParentNode): string[] => keysOf(page.querySelectorAll(`.ag-row[aria-selected="true"] ${BADGE}`))
