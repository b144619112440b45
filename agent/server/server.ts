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
import { hostsOf, type ListenAt, listen } from './listen.ts'
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
  /** Told of every answer: route, status, ms. */
  onAnswer?: AppParts['onAnswer']
}

export type Server = {
  urls: string[]
  /** Listens at this place over TLS, by these names and with this certificate; where it does already, without a pause. Rejects when the port is taken. */
  overTls(at: ListenAt): Promise<void>
  stop(): Promise<void>
}

/** Starts the server at each place; resolves when all listen. */
export async function startServer(parts: ServerParts, places: readonly ListenAt[]): Promise<Server> {
  const hosts = new Set<string>()
  const { app, stop } = createServer(parts, () => hosts)
  const listening = await Promise.all(places.map((at) => listen(app, at)))
  for (const at of listening) for (const host of at.hosts) hosts.add(host)
  return {
    urls: listening.map(({ url }) => url),
    async overTls(at) {
      const there = listening.find((one) => one.at.tls && one.at.address === at.address && one.port === at.port)
      if (there && at.tls) there.use(at.tls)
      const now = there ?? (await listen(app, at))
      if (!there) listening.push(now)
      for (const host of now.hosts) hosts.delete(host)
      now.hosts = hostsOf(at.names, now.port)
      for (const host of now.hosts) hosts.add(host)
    },
    async stop() {
      stop()
      await Promise.all(listening.map((at) => at.close()))
    },
  }
}

/** The whole app without a socket of its own: what `app.request()` can ask. `hosts` are the Host headers it answers to. */
function createServer(
  { agent, signer, consoleFolder = builtConsole, onFault, onAnswer: told }: ServerParts,
  hosts: () => ReadonlySet<string>,
) {
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
  const onAnswer: AppParts['onAnswer'] = (...answer) => {
    metrics.onAnswer(...answer)
    told?.(...answer)
  }
  const app = createApp({ handlers, guard, nonces, signer, onFault, onRightMissing, onAnswer })
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
