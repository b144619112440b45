/** Doors by company: connections that share a company share its budget, and those that share an app share its token. */
import { type Tokens, tokens } from './auth.ts'
import { type Client, procoreClient } from './client.ts'
import { type Clock, type RateLimit, rateLimit } from './rate-limit.ts'
import type { ProcoreSettings } from './settings.ts'

export type Doors = { doorFor(settings: ProcoreSettings): Client }

export type DoorParts = { fetch: typeof fetch; clock: Clock; jitter?: () => number }

export function procoreDoors({ fetch, clock, jitter }: DoorParts): Doors {
  const budgets = new Map<string, RateLimit>()
  const apps = new Map<string, Tokens>()
  return {
    doorFor(settings) {
      const rate = keep(budgets, `${settings.apiBase} ${settings.company}`, () => rateLimit(clock, jitter))
      const access = keep(apps, `${settings.loginBase} ${settings.clientId}`, () => tokens({ settings, fetch, now: clock.now }))
      return procoreClient({ settings, fetch, tokens: access, rate, clock })
    },
  }
}

function keep<T>(kept: Map<string, T>, key: string, make: () => T): T {
  const found = kept.get(key) ?? make()
  kept.set(key, found)
  return found
}

/** The clock of a running agent: real time, and a sleep that ends with the signal. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const timer = setTimeout(wake, Math.max(0, ms))
      function wake(): void {
        signal?.removeEventListener('abort', stop)
        resolve()
      }
      function stop(): void {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', stop, { once: true })
    }),
}
