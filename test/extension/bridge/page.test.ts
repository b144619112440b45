import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type CallMessage, type CallName, calls } from '../../../extension/bridge/calls.ts'
import { ask } from '../../../extension/bridge/page.ts'

/** The browser's end of each port the page opened: what was sent over it, and how it is put away. */
const ports = vi.hoisted((): { sent: CallMessage[]; putAway: () => void }[] => [])

vi.mock('wxt/browser', () => ({
  browser: {
    runtime: {
      connect() {
        const sent: CallMessage[] = []
        let putAway = (): void => undefined
        ports.push({ sent, putAway: () => putAway() })
        return {
          postMessage: (message: CallMessage) => sent.push(message),
          onMessage: { addListener: () => undefined },
          onDisconnect: {
            addListener(listener: () => void) {
              putAway = listener
            },
          },
        }
      },
    },
  },
}))

/** How often the background hears a call while it is put away each time it was asked. */
async function heardOf(name: CallName): Promise<{ heard: number; reply: unknown }> {
  const reply = (ask as (name: CallName, input: object) => Promise<unknown>)(name, {})
  for (let at = 0; at < ports.length; at += 1) ports[at]?.putAway()
  return { heard: ports.flatMap(({ sent }) => sent).filter(({ tieback }) => tieback === name).length, reply: await reply }
}
const noAnswer = { problem: { code: 'request-refused', params: { reason: 'no-answer' } } }

describe('the background is put away before it answers', () => {
  beforeEach(() => {
    ports.length = 0
  })
  // Named one by one: what a person would have done twice.
  it.each(['tie', 'unlink', 'unlinkMany', 'watch', 'relink', 'archive', 'confirm', 'check', 'retry'] as const)(
    '%s is heard once',
    async (name) => {
      expect(await heardOf(name)).toEqual({ heard: 1, reply: noAnswer })
    },
  )
  it.each(['badges', 'list', 'details', 'forecast', 'matches', 'ready', 'candidates', 'batch'] as const)(
    '%s is asked once more',
    async (name) => {
      expect(await heardOf(name)).toEqual({ heard: 2, reply: noAnswer })
    },
  )
  it('every call is one or the other in each of its askings', async () => {
    for (const name of Object.keys(calls) as CallName[]) {
      ports.length = 0
      expect((await heardOf(name)).heard, name).toBe(calls[name] === 'act' ? 1 : 2)
    }
  })
})
