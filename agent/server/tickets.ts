import { randomBytes } from 'node:crypto'
import type { Caller } from './agent.ts'

const lifeMs = 30_000
const atMost = 1000

export type Tickets = { make(caller: Caller): string; take(ticket: string): Caller | null }

/** One-time tickets with which a proven caller opens the WebSocket: 30 s, at most a thousand at a time. */
export function createTickets(now: () => number): Tickets {
  const open = new Map<string, { caller: Caller; until: number }>()
  const forget = () => {
    for (const [ticket, { until }] of open) if (until <= now() || open.size >= atMost) open.delete(ticket)
  }
  return {
    make(caller) {
      forget()
      const ticket = randomBytes(24).toString('base64url')
      open.set(ticket, { caller, until: now() + lifeMs })
      return ticket
    },
    take(ticket) {
      const found = open.get(ticket)
      open.delete(ticket)
      return found && found.until > now() ? found.caller : null
    },
  }
}
