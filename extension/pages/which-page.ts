import { type Page, pageAt } from '../../shared/pages/page.ts'

/** Which page of Procore an address shows, or null when it is none we know. */
export function whichPage(url: string): Page | null {
  const address = URL.parse(url)
  return address && pageAt(address)
}
