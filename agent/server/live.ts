/** The WebSocket: events as they happen, to whoever brought a ticket; resumed by number, pinged every 20 s. */
import { hash } from 'node:crypto'
import { upgradeWebSocket } from '@hono/node-server'
import type { Context } from 'hono'
import type { WSContext } from 'hono/ws'
import type { Event } from '../../shared/event.ts'
import { type LiveMessage, pingEveryMs } from '../../shared/live.ts'
import type { Agent, Caller } from './agent.ts'
import type { Events } from './events.ts'
import type { Guard } from './guard.ts'
import { refuse } from './refusal.ts'
import type { Signer } from './sign.ts'
import type { Tickets } from './tickets.ts'

export type LiveParts = {
  agent: Agent
  events: Events
  guard: Guard
  tickets: Tickets
  signer: Signer
  callerNow: (caller: Caller) => Caller | null
}

const noBody = hash('sha256', '', 'base64url')

/** One open socket: what it has been sent, and how many pings it left unanswered. */
type Line = { caller: Caller; socket: WSContext; sent: number; unanswered: number }

/** Makes the upgrade handler and the owner of all open sockets; `stop` closes them. */
export function createLive(parts: LiveParts) {
  const lines = new Set<Line>()
  const send = (line: Line, message: LiveMessage) => line.socket.send(JSON.stringify(message))
  const end = (line: Line, code: number, why: string) => {
    lines.delete(line)
    line.socket.close(code, why)
  }
  const pass = (line: Line, events: readonly Event[]) => {
    for (const event of events) {
      if (event.n <= line.sent) continue
      line.sent = event.n
      const seen = parts.events.seenBy(line.caller, event)
      if (seen) send(line, { type: 'event', event: seen })
    }
  }
  const stopListening = parts.agent.onEvents((events) => {
    const peopleChanged = events.some(({ kind }) => kind === 'people-changed')
    for (const line of lines) {
      const caller = peopleChanged ? parts.callerNow(line.caller) : line.caller
      if (caller === null) end(line, 4001, 'not-paired')
      else pass(Object.assign(line, { caller }), events)
    }
  })
  const pinging = setInterval(() => {
    for (const line of lines) {
      line.unanswered += 1
      if (line.unanswered > 2) end(line, 4000, 'silent')
      else send(line, { type: 'ping' })
    }
  }, pingEveryMs).unref()

  /** Everything the caller has missed, in pieces, then live. */
  const catchUp = (line: Line) => {
    for (;;) {
      const missed = parts.events.since(line.sent, line.caller)
      for (const event of missed.events) send(line, { type: 'event', event })
      if (missed.last <= line.sent) return
      line.sent = missed.last
    }
  }
  const greet = (line: Line, ticket: string, since: number) => {
    const signature = parts.signer.sign({ jti: ticket, status: 101, bh: noBody })
    const { gap } = parts.events.since(since, line.caller)
    send(line, { type: 'hello', last: parts.events.last(), gap, signature })
    line.sent = gap ? parts.events.last() : since
    catchUp(line)
    lines.add(line)
  }

  const upgrade = upgradeWebSocket((c) => {
    const { caller, ticket, since } = admit(parts, c)
    let line: Line | undefined
    return {
      onOpen(_event, socket) {
        line = { caller, socket, sent: since, unanswered: 0 }
        greet(line, ticket, since)
      },
      onMessage: () => {
        if (line) line.unanswered = 0
      },
      onClose: () => {
        if (line) lines.delete(line)
      },
    }
  })

  return {
    upgrade,
    count: () => lines.size,
    stop() {
      stopListening()
      clearInterval(pinging)
      for (const line of lines) end(line, 1001, 'stopping')
    },
  }
}

/** A socket is opened by the origin the ticket was given to, at an address of ours. */
function admit({ guard, tickets }: LiveParts, c: Context): { caller: Caller; ticket: string; since: number } {
  const origin = c.req.header('origin')
  guard.host({ method: 'GET', url: '', host: c.req.header('host'), origin, site: undefined, proof: undefined, address: null })
  const ticket = c.req.query('ticket') ?? ''
  const since = Number(c.req.query('since') ?? 'none')
  const caller = tickets.take(ticket)
  if (!caller) throw refuse(401, 'ticket')
  if (caller.origin !== (origin ?? 'cli')) throw refuse(403, 'origin')
  if (!Number.isSafeInteger(since) || since < 0) throw refuse(400, 'since')
  return { caller, ticket, since }
}
