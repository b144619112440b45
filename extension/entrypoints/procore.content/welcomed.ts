import type { Ask, Welcome } from '../../bridge/calls.ts'
import { localeOf } from '../../pages/locale.ts'

/** How long a welcome that was refused rests before it is asked for again: a second, doubling to a minute. */
const restMs = (tries: number): number => Math.min(1_000 * 2 ** tries, 60_000)

/** What a page needs before it draws anything, asked for until it is given; null once the signal ends the page. */
export async function welcomed(ask: Ask, signal: AbortSignal): Promise<Welcome | null> {
  const locale = await localeWhenKnown(signal)
  for (let tries = 0; !signal.aborted; tries++) {
    const reply = await ask('welcome', { locale })
    if ('value' in reply) return signal.aborted ? null : reply.value
    await rest(restMs(tries), signal)
  }
  return null
}

const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', () => done(clearTimeout(timer)), { once: true })
  })

/** The scripts that name the person's language stand in the document's head or early in its body: wait until it is read. */
function localeWhenKnown(signal: AbortSignal): Promise<string> {
  const now = (): string => localeOf(document, navigator.language)
  if (document.readyState !== 'loading') return Promise.resolve(now())
  return new Promise((done) => document.addEventListener('DOMContentLoaded', () => done(now()), { once: true, signal }))
}
