import type { Page } from '../../../shared/pages/page.ts'
import { idsInPage } from '../../pages/ids-in-page.ts'

const PATIENCE_MS = 5_000

/**
 * The company of a page: from its address, else from the header's links once they have mounted, else null. It is only a hint: the
 * background checks it against what the agent serves.
 */
export function companyOf(page: Page, signal: AbortSignal): Promise<string | null> {
  const now = page.company ?? idsInPage(document).company
  return now === null ? headerMounted(signal) : Promise.resolve(now)
}

function headerMounted(signal: AbortSignal): Promise<string | null> {
  return new Promise((done) => {
    const end = (company: string | null): void => {
      observer.disconnect()
      clearTimeout(timer)
      done(company)
    }
    const observer = new MutationObserver(() => {
      const { company } = idsInPage(document)
      if (company !== null) end(company)
    })
    const timer = setTimeout(() => end(null), PATIENCE_MS)
    observer.observe(document, { childList: true, subtree: true })
    signal.addEventListener('abort', () => end(null))
  })
}
