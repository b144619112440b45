import type { Client } from '../../../agent/procore/client.ts'
import { procoreDoors } from '../../../agent/procore/door.ts'
import type { Clock } from '../../../agent/procore/rate-limit.ts'
import { practiceClient } from '../../procore/options.ts'
import type { StandIn } from '../../procore/stand-in.ts'

/** A clock whose sleeps pass at once: time is what was slept. */
export function quickClock(start = Date.now()): Clock & { time: number } {
  const clock = {
    time: start,
    now: () => clock.time,
    sleep: async (ms: number, signal?: AbortSignal) => {
      signal?.throwIfAborted()
      await new Promise((resolve) => setTimeout(resolve, 0)) // answers under way come in first
      if (!signal?.aborted) clock.time += Math.max(0, ms)
    },
  }
  return clock
}

/** The real client, token and budget included, on a stand-in Procore. */
export function openDoor(
  standIn: Pick<StandIn, 'url' | 'company'>,
  clock: Clock,
  change: { secret?: string; fetch?: typeof fetch; company?: string } = {},
): Client {
  return procoreDoors({ fetch: change.fetch ?? datedBy(clock), clock, jitter: () => 0 }).doorFor({
    company: change.company ?? String(standIn.company.id),
    clientId: practiceClient.id,
    secret: () => change.secret ?? practiceClient.secret,
    apiBase: standIn.url,
    loginBase: standIn.url,
  })
}

/** The stand-in's server writes the real date; here time is the test's. */
const datedBy =
  (clock: Clock): typeof fetch =>
  async (address, init) => {
    const answer = await fetch(address, init)
    const headers = new Headers(answer.headers)
    headers.set('date', new Date(clock.now()).toUTCString())
    return new Response(answer.body, { status: answer.status, headers })
  }
