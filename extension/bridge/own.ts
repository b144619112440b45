/** How popup and options ask the background. */
import browser from 'webextension-polyfill'
import type { Reply } from '../bridge/calls.ts'
import type { OwnCallMessage, OwnCalls } from '../bridge/own-calls.ts'

export async function askOwn<N extends keyof OwnCalls>(name: N, input: OwnCalls[N]['input']): Promise<Reply<OwnCalls[N]['output']>> {
  const message: OwnCallMessage = { own: name, input }
  const reply: unknown = await browser.runtime.sendMessage(message)
  return reply as Reply<OwnCalls[N]['output']>
}
