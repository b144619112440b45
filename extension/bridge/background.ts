/** The background's side of the bridge. Pages are known by their sender alone; the extension's own pages by their address. */
import { browser } from 'wxt/browser'
import { answers } from '../background/answers.ts'
import { ownAnswers } from '../background/own-answers.ts'
import type { CallMessage, OwnCallMessage, Reply } from './calls.ts'
import { type MessageSender, pageOf } from './sender.ts'

/** Answers every call; whatever goes wrong inside becomes a problem with a code. One of four places that catch. */
export function answerCalls(): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: MessageSender) => {
    if (isOwnCall(message) && isOwnPage(sender)) return guarded(() => run(ownAnswers, message.own, message.input, undefined))
    const from = isCall(message) ? pageOf(sender) : null
    if (isCall(message) && from) return guarded(() => run(answers, message.tieback, message.input, from))
    return undefined
  })
}

const isOwnPage = ({ url }: MessageSender): boolean => url?.startsWith(browser.runtime.getURL('/' as never)) === true

type Table = Record<string, (input: never, from: never) => Promise<Reply<unknown>>>

const run = (table: Table, name: string, input: unknown, from: unknown): Promise<Reply<unknown>> => {
  const answer = Object.hasOwn(table, name) ? table[name] : undefined
  return answer
    ? answer(input as never, from as never)
    : Promise.resolve({ problem: { code: 'request-refused', params: { reason: name } } })
}

async function guarded(answer: () => Promise<Reply<unknown>>): Promise<Reply<unknown>> {
  try {
    return await answer()
  } catch (trouble) {
    console.error('tieback', trouble)
    return { problem: { code: 'request-refused', params: { reason: trouble instanceof Error ? trouble.message : String(trouble) } } }
  }
}

const isCall = (of: unknown): of is CallMessage => typeof of === 'object' && of !== null && 'tieback' in of
const isOwnCall = (of: unknown): of is OwnCallMessage => typeof of === 'object' && of !== null && 'own' in of
