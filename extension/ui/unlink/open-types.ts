/**
 * Types of the records that the page lists now, as its badges name them: what an address says of a tab of the ERP tool is not known
 * (procore-web.md, 2026-06), what its rows link to is. None where nothing has a badge.
 */
export function openTypes(page: ParentNode): string[] {
  const keys = [...page.querySelectorAll('.tieback-list-status[data-key]')].map((badge) => badge.getAttribute('data-key') ?? '')
  return [...new Set(keys.map((key) => key.split(':')[0] ?? ''))]
}
