/** The page's side of the bridge: the only place in a page that knows the browser's own messages. */
import { browser } from 'wxt/browser'
import { type Answered, type Ask, type CallMessage, calls, type News, type Reply } from './calls.ts'

type Waiting = { message: CallMessage; done: (reply: Reply<never>) => void; tries: number }
const waiting = new Map<number, Waiting>()
let port: ReturnType<typeof browser.runtime.connect> | null = null
let last = 0

/**
 * Asks the background, over one port for all questions: a message of its own for each costs several times as much. The background may have been
 * put away, and the port with it; the browser starts it again for the next, and a question that was not answered is asked once more.
 */
export const ask: Ask = (name, input) =>
  new Promise((done) => {
    last += 1
    const message: CallMessage = { n: last, tieback: name, input: JSON.stringify(input) }
    waiting.set(message.n, { message, done: done as (reply: Reply<never>) => void, tries: 0 })
    send(message.n)
  })

function send(n: number): void {
  const one = waiting.get(n)
  if (!one) return
  one.tries += 1
  try {
    port ??= open()
    port.postMessage(one.message)
  } catch (cause) {
    // The extension was updated or removed under this page: nothing answers until the page is loaded again.
    settle(n, refusal(cause instanceof Error ? cause.message : String(cause)))
  }
}

function open(): NonNullable<typeof port> {
  const opened = browser.runtime.connect({ name: 'page' })
  opened.onMessage.addListener((message: unknown) => {
    if (isAnswered(message)) settle(message.n, message.reply as Reply<never>)
  })
  opened.onDisconnect.addListener(() => {
    port = null
    for (const [n, { tries, message }] of waiting) {
      if (tries < 2 && calls[message.tieback] === 'question') send(n)
      else settle(n, refusal('no-answer'))
    }
  })
  return opened
}

function settle(n: number, reply: Reply<never>): void {
  waiting.get(n)?.done(reply)
  waiting.delete(n)
}

const refusal = (reason: string): Reply<never> => ({ problem: { code: 'request-refused', params: { reason } } })

/** Hears what the background tells every page, until the signal ends it. */
export function hear(listen: (news: News) => void, signal: AbortSignal): void {
  const onMessage = (message: unknown): undefined => {
    if (isNews(message)) listen(message)
    return undefined
  }
  browser.runtime.onMessage.addListener(onMessage)
  signal.addEventListener('abort', () => browser.runtime.onMessage.removeListener(onMessage))
}

const isAnswered = (of: unknown): of is Answered => typeof of === 'object' && of !== null && 'n' in of && 'reply' in of
const isNews = (of: unknown): of is News => typeof of === 'object' && of !== null && 'news' in of
