/** The background's side of the bridge. Pages are known by their sender alone; the extension's own pages by their address. */
import browser from 'webextension-polyfill'
import { answers } from '../background/answers.ts'
import { ownAnswers } from '../background/own-answers.ts'
import type { Answered, CallMessage, Reply } from './calls.ts'
import type { OwnCallMessage } from './own-calls.ts'
import { type MessageSender, pageOf } from './sender.ts'

/** Answers every call; whatever goes wrong inside becomes a problem with a code. One of four places that catch. */
export function answerCalls(): void {
  browser.runtime.onConnect.addListener((port) => {
    port.onMessage.addListener((message: unknown) => {
      if (isCall(message)) void answerPage(message, port.sender ?? {}).then((reply) => tryPost(port, { n: message.n, reply }))
    })
  })
  browser.runtime.onMessage.addListener((message: unknown, sender: MessageSender) =>
    isOwnCall(message) && isOwnPage(sender) ? guarded(() => run(ownAnswers, message.own, message.input, undefined)) : undefined,
  )
}

/** The port was opened long ago: where its tab is now is asked anew for each call. */
const answerPage = (message: CallMessage, sender: MessageSender): Promise<Reply<unknown>> =>
  guarded(async () => {
    const tab = sender.tab?.id === undefined ? undefined : await browser.tabs.get(sender.tab.id)
    const from = pageOf({ ...sender, tab })
    return from ? run(answers, message.tieback, JSON.parse(message.input), from) : refused('page')
  })

/** The page may have gone while it was answered. */
function tryPost(port: { postMessage: (message: unknown) => void }, answered: Answered): void {
  try {
    port.postMessage(answered)
  } catch (gone) {
    console.debug('tieback: nobody is left to hear the answer', gone)
  }
}

const isOwnPage = ({ url }: MessageSender): boolean => url?.startsWith(browser.runtime.getURL('/' as never)) === true

type Table = Record<string, (input: never, from: never) => Promise<Reply<unknown>>>

const run = (table: Table, name: string, input: unknown, from: unknown): Promise<Reply<unknown>> => {
  const answer = Object.hasOwn(table, name) ? table[name] : undefined
  return answer ? answer(input as never, from as never) : Promise.resolve(refused(name))
}

async function guarded(answer: () => Promise<Reply<unknown>>): Promise<Reply<unknown>> {
  try {
    return await answer()
  } catch (trouble) {
    console.error('tieback', trouble)
    return refused(trouble instanceof Error ? trouble.message : String(trouble))
  }
}

const refused = (reason: string) => ({ problem: { code: 'request-refused', params: { reason } } })

const isCall = (of: unknown): of is CallMessage =>
  typeof of === 'object' && of !== null && 'tieback' in of && 'n' in of && 'input' in of && typeof of.input === 'string'
const isOwnCall = (of: unknown): of is OwnCallMessage => typeof of === 'object' && of !== null && 'own' in of
