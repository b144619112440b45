/**
 * The stand-in Procore: OAuth, the REST API and (mounted) the pages on one address, answering from a practice company as the
 * facts say Procore does. The only fake beside the clock; everything it assumes is listed in assumptions.ts.
 */
import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTls } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Hono } from 'hono'
import { oauthRoutes, Tokens } from './api/oauth.ts'
import { RateCounter } from './api/rate-limit.ts'
import type { Company } from './company.ts'
import { controlRoutes } from './control.ts'
import { Faults } from './faults.ts'
import { Holds } from './holds.ts'
import { generous, type Manners, manners, practiceClient, type StandInOptions } from './options.ts'
import { practiceCompany } from './practice-company.ts'
import { random } from './random.ts'
import { type LoggedRequest, RequestLog, type StageListener } from './request-log.ts'
import { answer } from './serve/answer.ts'
import { bridge } from './serve/bridge.ts'

export interface StandIn {
  /** One address for OAuth, REST and pages, without a slash at the end. */
  url: string
  port: number
  company: Company
  /** Switch modes, latency, unlinkNull, shapes while it runs. */
  behaviour: Manners
  requests: readonly LoggedRequest[]
  faults: Faults
  /** `rate.limits` may be replaced while it runs. */
  rate: RateCounter
  tokens: Tokens
  /** Everything asked that the published reference does not know, in words. */
  violations: readonly string[]
  onRequest: (listener: StageListener) => () => void
  /** Serves an app's pages from the same address; later ones are asked when earlier ones answer 404. */
  mount: (app: Hono) => void
  /** Forgets requests, violations and waiting faults; the data stays. */
  forget: () => void
  close: () => Promise<void>
  [Symbol.asyncDispose]: () => Promise<void>
}

export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const now = options.now ?? Date.now
  const parts = makeParts(options, now)
  const apps: Hono[] = []
  const server = makeServer(
    options,
    (incoming, outgoing) => void serve(incoming, outgoing).catch((trouble) => fail(parts, outgoing, trouble)),
  )
  await listen(server, options.port ?? 0, options.host ?? '127.0.0.1')
  const { port } = server.address() as AddressInfo
  const url = `${options.tls ? 'https' : 'http'}://${options.host ?? '127.0.0.1'}:${port}`
  parts.webBaseUrl = options.webBaseUrl ?? url
  const close = () => closeServer(server)
  const { company, behaviour, faults, rate, tokens, violations, log } = parts
  const standIn: StandIn = {
    ...{ url, port, company, behaviour, requests: log.entries, faults, rate, tokens, violations },
    onRequest: (listener) => log.onRequest(listener),
    mount: (app) => void apps.push(app),
    forget: () => forget(parts),
    ...{ close, [Symbol.asyncDispose]: close },
  }
  const control = controlRoutes(standIn, parts.holds)
  const oauth = oauthRoutes(tokens, company)

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const path = incoming.url ?? '/'
    outgoing.setHeader('date', new Date(now()).toUTCString()) // by this Procore's clock, which may not be the agent's
    if (path.startsWith('/rest/') || path.startsWith('/oauth/')) return answer(parts, oauth, incoming, outgoing, url)
    return bridge(path.startsWith('/__stand-in/') ? [control, ...apps] : apps, incoming, outgoing, url)
  }
  return standIn
}

export type Parts = ReturnType<typeof makeParts>

function makeParts(options: StandInOptions, now: () => number) {
  const log = new RequestLog()
  const holds = new Holds()
  log.onRequest((stage, request) => holds.reached(stage, request))
  return {
    ...{ now, log, holds, faults: new Faults(), violations: [] as string[], webBaseUrl: '' },
    behaviour: manners(options),
    company: options.company ?? practiceCompany({ seed: options.seed, now }),
    tokens: new Tokens(now, options.clients ?? [practiceClient]),
    rate: new RateCounter(now, { ...generous, ...options.rateLimits }),
    chance: random((options.seed ?? 1) + 77),
    /** Projects with a serial call under way (facts 5.2: 409 for the second). */
    busy: new Set<string>(),
  }
}

/** A fault of the stand-in itself must be seen: it answers 500 with the reason and notes it among the violations. */
function fail(parts: Parts, outgoing: ServerResponse, trouble: unknown): void {
  const text = trouble instanceof Error ? (trouble.stack ?? trouble.message) : String(trouble)
  parts.violations.push(`The stand-in failed: ${text}`)
  if (!outgoing.headersSent) outgoing.writeHead(500, { 'content-type': 'text/plain' })
  outgoing.end(`The stand-in failed: ${text}`)
}

function forget(parts: Parts): void {
  parts.log.clear()
  parts.violations.length = 0
  parts.faults.clear()
}

type Server = ReturnType<typeof createPlain> | ReturnType<typeof createTls>

function makeServer({ tls }: StandInOptions, handle: (incoming: IncomingMessage, outgoing: ServerResponse) => void): Server {
  return tls ? createTls(tls, handle) : createPlain(handle)
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
