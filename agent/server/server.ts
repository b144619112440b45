/** The extension's and the command line's view of the agent: joins guard, routes and sockets, and listens. */
import { livePath } from '../../shared/live.ts'
import type { Agent, Caller } from './agent.ts'
import { type AppParts, createApp } from './app.ts'
import { byOf } from './by.ts'
import type { Handlers } from './call.ts'
import { builtConsole, serveConsole } from './console.ts'
import { createEvents } from './events.ts'
import { createGuard } from './guard.ts'
import { healthHandlers } from './health.ts'
import { lateAskHandlers } from './late-asks.ts'
import { lateHandOverHandlers } from './late-hand-overs.ts'
import { type ListenAt, listen } from './listen.ts'
import { createLive } from './live.ts'
import { createMetrics } from './metrics.ts'
import { createNonces } from './nonces.ts'
import { pairHandler } from './pairing.ts'
import { questionHandlers } from './questions.ts'
import { details, Refusal } from './refusal.ts'
import type { Signer } from './sign.ts'
import { createStatus } from './status.ts'
import { createTickets } from './tickets.ts'
import { welcome } from './welcome.ts'

export type ServerParts = {
  agent: Agent
  signer: Signer
  /** Where the console's built files are, if not where the build puts them. */
  consoleFolder?: string
  /** Told of every error that is not a refusal. */
  onFault: (error: unknown, route: string) => void
}

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
function createServer({ agent, signer, consoleFolder = builtConsole, onFault }: ServerParts, hosts: () => ReadonlySet<string>) {
  const { reader } = agent
  const nonces = createNonces(agent.now)
  const guard = createGuard({ hosts, reader, nonces })
  const events = createEvents(reader)
  const status = createStatus(agent)
  const tickets = createTickets(agent.now)
  const metrics = createMetrics(agent)
  const handlers: Handlers = {
    ...questionHandlers({ agent, status, events }),
    pair: pairHandler({ agent, signer }),
    ...lateAskHandlers({ agent, signer }),
    ...lateHandOverHandlers(agent),
    eventTicket: ({ caller }) => ({ ticket: tickets.make(caller) }),
    ...healthHandlers(agent, metrics),
  }
  const onRightMissing: AppParts['onRightMissing'] = (route, path, { caller, problem }) =>
    agent.write('refused', { by: byOf(caller), act: route, subject: path, missing: problem })
  const app = createApp({ handlers, guard, nonces, signer, onFault, onRightMissing, onAnswer: metrics.onAnswer })
  app.get('/', (c) => welcome(agent, guard, c))
  serveConsole(app, guard, consoleFolder)
  const live = createLive({ agent, events, guard, tickets, signer, callerNow: ({ key }: Caller) => guard.callerNow(key) })
  app.get(livePath, live.upgrade)
  app.onError((error) => {
    if (!(error instanceof Refusal)) onFault(error, 'live')
    const { status: code, problem } = error instanceof Refusal ? error : { status: 500, problem: { code: 'request-refused' as const } }
    return new Response(details(code, problem), { status: code, headers: { 'Content-Type': 'application/problem+json' } })
  })
  return { app, stop: live.stop }
}
