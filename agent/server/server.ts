/** The extension's and the command line's view of the agent: joins guard, routes and sockets, and listens. */
import { livePath } from '../../shared/live.ts'
import type { Agent, Caller } from './agent.ts'
import { createApp } from './app.ts'
import type { Handlers } from './call.ts'
import { createEvents, eventsHandler } from './events.ts'
import { createGuard } from './guard.ts'
import { createMetrics, healthHandlers } from './health.ts'
import { linkHandlers } from './links.ts'
import { type ListenAt, listen } from './listen.ts'
import { createLive } from './live.ts'
import { meHandler } from './me.ts'
import { createNonces } from './nonces.ts'
import { openapi } from './openapi.ts'
import { pairHandler } from './pairing.ts'
import { peopleHandlers } from './people.ts'
import { problemHandlers } from './problems.ts'
import { details, Refusal } from './refusal.ts'
import { runHandlers } from './runs.ts'
import { scheduleHandlers } from './schedule.ts'
import type { Signer } from './sign.ts'
import { createStatus, statusHandler } from './status.ts'
import { createTickets } from './tickets.ts'

export type ServerParts = {
  agent: Agent
  signer: Signer
  /** Told of every error that is not a refusal. */
  onFault: (error: unknown, route: string) => void
}

/** Loopback, by all the names it has. */
export const onLoopback = (port: number): ListenAt => ({ address: '127.0.0.1', port, names: ['127.0.0.1', 'localhost'] })

export type Server = { urls: string[]; stop(): Promise<void> }

/** Starts the server at each place; resolves when all listen. */
export async function startServer(parts: ServerParts, places: readonly ListenAt[]): Promise<Server> {
  const hosts = new Set<string>()
  const { app, stop } = createServer(parts, () => hosts)
  const listening = await Promise.all(places.map((at) => listen(app, at)))
  for (const at of listening) for (const host of at.hosts) hosts.add(host)
  return {
    urls: listening.map(({ url }) => url),
    async stop() {
      stop()
      await Promise.all(listening.map((at) => at.close()))
    },
  }
}

/** The whole app without a socket of its own: what `app.request()` can ask. `hosts` are the Host headers it answers to. */
export function createServer({ agent, signer, onFault }: ServerParts, hosts: () => ReadonlySet<string>) {
  const { reader } = agent
  const nonces = createNonces(agent.now)
  const guard = createGuard({ hosts, reader, nonces })
  const events = createEvents(reader)
  const status = createStatus(agent)
  const tickets = createTickets(agent.now)
  const metrics = createMetrics(agent)
  const handlers: Handlers = {
    pair: pairHandler({ agent, signer }),
    me: meHandler(agent, status.served),
    status: statusHandler(status, agent),
    ...linkHandlers(agent, status),
    events: eventsHandler(events),
    eventTicket: ({ caller }) => ({ ticket: tickets.make(caller) }),
    ...runHandlers(agent),
    ...problemHandlers(agent),
    ...scheduleHandlers(agent),
    ...peopleHandlers(agent),
    ...healthHandlers(agent, metrics, openapi(agent.version)),
  }
  const app = createApp({ handlers, guard, nonces, signer, onFault, onAnswer: metrics.onAnswer })
  const live = createLive({ agent, events, guard, tickets, signer, isStillPaired: ({ key }: Caller) => guard.isLive(key) })
  app.get(livePath, live.upgrade)
  app.onError((error) => {
    if (!(error instanceof Refusal)) onFault(error, 'live')
    const { status: code, problem } = error instanceof Refusal ? error : { status: 500, problem: { code: 'request-refused' as const } }
    return new Response(details(code, problem), { status: code, headers: { 'Content-Type': 'application/problem+json' } })
  })
  return { app, stop: live.stop }
}
