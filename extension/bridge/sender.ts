import type { Page } from '../../shared/pages/page.ts'
import { whichPage } from '../pages/which-page.ts'

/** A Procore page as the browser names the sender of its message. */
export type Sender = { page: Page; tab: number }

/** What browsers say of whoever sent a message. */
export type MessageSender = {
  url?: string | undefined
  frameId?: number | undefined
  tab?: { id?: number | undefined; url?: string | undefined } | undefined
}

/**
 * The page a call comes from: of its top frame, by the tab's address, for `sender.url` stays what the document was loaded with when a page
 * routes in place (both browsers, tried 2026-11). Both must be the same host.
 */
export function pageOf(sender: MessageSender): Sender | null {
  const { tab, url = '', frameId } = sender
  const now = tab?.url ?? url
  if (tab?.id === undefined || (frameId ?? 0) !== 0 || URL.parse(now)?.origin !== URL.parse(url)?.origin) return null
  const page = whichPage(now)
  return page && { page, tab: tab.id }
}
