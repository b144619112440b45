/** What the pages can be made to look like. Read at each request, so a test may change them between two pages. */
export type PagesOptions = {
  locale: 'en' | 'fr-FR' | 'fr-CA' | 'de-DE' | 'es'
  /** strict: scripts by nonce only, no inline style, no connection elsewhere. Procore's real header was never recorded. */
  csp: 'none' | 'strict'
  /** late: header, spinner and content appear after seeded random waits, as the real pages do; at-once: without waiting. */
  mounts: 'late' | 'at-once'
  seed: number
  /** Whether the person has the new contracts pages; without them legacy addresses stay legacy. */
  newContracts: boolean
  /** Whether the list has Procore's own ERP Status column. */
  erpStatusColumn: boolean
  /** Fills the commitments list up to this many rows with invented ones nobody knows; null shows the company's own. */
  rows: number | null
  /** Whether a link in the list loads a page or swaps the content in place; which one Procore does was not seen. */
  gridLinks: 'reload' | 'in-place'
  /** read-only: a person without the right to act sees no header actions. */
  rights: 'all' | 'read-only'
  session: 'signed-in' | 'signed-out'
  /** every page answers "Something went wrong". */
  broken: boolean
}

export const pagesOptions = (changes: Partial<PagesOptions> = {}): PagesOptions => ({
  locale: 'en',
  csp: 'none',
  mounts: 'late',
  seed: 1,
  newContracts: true,
  erpStatusColumn: true,
  rows: null,
  gridLinks: 'reload',
  rights: 'all',
  session: 'signed-in',
  broken: false,
  ...changes,
})
