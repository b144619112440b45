/** The page's side of the bridge: the only place in a page that knows the browser's own messages. */
import { browser } from 'wxt/browser'
import type { Ask, CallMessage, News, Reply } from './calls.ts'

/** Asks the background. It may have been suspended: the browser starts it again for this message. */
export const ask: Ask = async (name, input) => {
  const message: CallMessage = { tieback: name, input }
  try {
    const reply: unknown = await browser.runtime.sendMessage(message)
    return isReply(reply) ? (reply as Reply<never>) : { problem: { code: 'request-refused', params: { reason: 'no answer' } } }
  } catch (cause) {
    // The extension was updated or removed under this page: nothing answers until the page is loaded again.
    return { problem: { code: 'request-refused', params: { reason: cause instanceof Error ? cause.message : String(cause) } } }
  }
}

/** Hears what the background tells every page, until the signal ends it. */
export function hear(listen: (news: News) => void, signal: AbortSignal): void {
  const onMessage = (message: unknown): undefined => {
    if (isNews(message)) listen(message)
    return undefined
  }
  browser.runtime.onMessage.addListener(onMessage)
  signal.addEventListener('abort', () => browser.runtime.onMessage.removeListener(onMessage))
}

const isReply = (of: unknown): boolean => typeof of === 'object' && of !== null && ('value' in of || 'problem' in of)
const isNews = (of: unknown): of is News => typeof of === 'object' && of !== null && 'news' in of
