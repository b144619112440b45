import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { decodeJwt, exportJWK, generateKeyPair } from 'jose'
import { type WebSocket, WebSocketServer } from 'ws'
import { createSigner } from '../../agent/server/sign.ts'
import { bodyHash } from '../../shared/agent-link/proof.ts'
import type { OverviewAnswer } from '../../shared/api/connections.ts'
import type { LinkAnswer } from '../../shared/api/links.ts'
import type { MeAnswer } from '../../shared/api/me.ts'
import type { ProblemGroup } from '../../shared/api/problems.ts'
import type { RunShape } from '../../shared/api/runs.ts'
import type { StatusAnswer, StatusItem } from '../../shared/api/status.ts'
import type { AnswerOf } from '../../shared/api.ts'
import type { Event } from '../../shared/event.ts'
import type { FindAnswer } from '../../shared/find.ts'
import { type ItemRef, itemKey } from '../../shared/item.ts'
import type { ListAnswer } from '../../shared/lists.ts'
import type { WhyAnswer } from '../../shared/why.ts'

export type MatchesSent = { atLeast: number; types: string[]; project?: string; look?: boolean }

/** What an agent that says what it is told to say knows; a test changes it as it goes. */
export type Told = {
  me: MeAnswer
  connections: StatusAnswer['connections']
  status: (item: ItemRef) => StatusItem
  link: (id: string) => LinkAnswer
  /** All that happened, part by part; null is not this person's to see. */
  history: (before: string | undefined) => AnswerOf<'history'> | null
  /** What comes of an unlink of this link (`type:id`) that names this forecast. */
  unlink: (id: string, sent: { forecast: string; reason?: string; children?: boolean; override?: boolean }) => AnswerOf<'unlink'>
  /** Whether an export that waits is still being read. */
  reading: () => boolean
  /** Partners of an item nothing is tied to, and what a person does about it: `confirm L7`, `archive true`. */
  candidates: AnswerOf<'candidates'>
  put: (act: string) => void
  /** What is certain in the page’s list from a threshold on, and what comes of tying chosen pairs. */
  matches: (sent: MatchesSent) => AnswerOf<'matches'>
  tie: (sent: MatchesSent & { pairs: { link: string; item: { type: string; id: string } }[] }) => AnswerOf<'tieMatches'>
  /** What is ready, and what comes of many unlinks: asked for, and each time it is looked at. */
  ready(query: URLSearchParams): AnswerOf<'readyUnlinks'>
  unlinks: (sent: { entries: { link: string; forecast: string }[] } | null) => AnswerOf<'unlinkBatch'>
  /** What comes of an unlink asked for in advance (null: taken back), and of an undo. */
  watch: (id: string, sent: { reason?: string } | null) => void
  relink: (id: string) => AnswerOf<'relink'>
  /** The page for an auditor. */
  evidence: string
  why: (action: string) => WhyAnswer
  runs: RunShape[]
  problems: ProblemGroup[]
  overview: OverviewAnswer
  /** The page's list, whichever it is. */
  list: (group: string | undefined, asked?: { types: string[]; everywhere?: boolean; project: string | null }) => ListAnswer
  find: (text: string) => FindAnswer
}

export type ToldAgent = {
  told: Told
  url: string
  /** Every call so far: `POST /status 42` with the number of items. */
  calls: string[]
  /** Keys of each status question so far. */
  asked: string[][]
  emit(event: Omit<Event, 'n' | 'at'>): void
  /** Whether a background follows its events by socket now. */
  followed(): boolean
  /** Goes away as a stopped program does, and comes back at the same address. */
  stop(): Promise<void>
  start(): Promise<void>
}

/** As the real one answers for what is not there, or not this person's to see. */
const notTheirs = {
  ...{ type: 'urn:tieback:problem:no-such-link', title: 'Not here.', status: 404, detail: 'Not here.' },
  ...{ code: 'no-such-link', next: 'ask' },
}

/** An agent for tests of pages alone: real signatures and real events, invented contents. Journeys use the real agent. */
export async function startToldAgent(told: Told): Promise<ToldAgent> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const signer = await createSigner(await exportJWK(privateKey))
  const events: Event[] = []
  const calls: string[] = []
  const asked: string[][] = []
  const sockets = new Set<WebSocket>()
  const last = (): number => events.length

  async function answer(method: string, path: string, query: URLSearchParams, body: string): Promise<unknown> {
    const sent = body ? JSON.parse(body) : {}
    if (path === '/pair')
      return { person: { id: '1', name: 'Ada', role: 'accountant' }, key: '1', agentJwk: signer.jwk, agentName: told.me.agent }
    if (path === '/me') return told.me
    if (path === '/status') {
      const items: ItemRef[] = sent.items
      if (items.length > 0) asked.push(items.map(itemKey))
      return { company: told.me.companies[0]?.id ?? '', connections: told.connections, items: items.map(told.status), event: last() }
    }
    if (path === '/events') return { events: events.slice(Number(query.get('since'))), last: last(), gap: false }
    if (path === '/events/ticket') return { ticket: randomUUID() }
    if (path === '/overview') return told.overview
    if (path === '/evidence') return { html: told.evidence }
    if (path === '/find') return told.find(query.get('text') ?? '')
    if (path === '/lists') return told.list(sent.group, sent)
    if (path === '/runs') return { runs: told.runs }
    if (path === '/problems') return { groups: told.problems, total: told.problems.reduce((sum, { count }) => sum + count, 0) }
    if (path === '/matches') return told.matches(sent)
    if (path === '/matches/chosen') return told.tie(sent)
    if (path.endsWith('/candidates')) return told.candidates
    if (path.endsWith('/confirm')) {
      told.put(`confirm ${path.split('/')[2]}`)
      return told.status(sent.item)
    }
    if (path.endsWith('/archive')) {
      told.put(`archive ${method === 'POST'}`)
      return { archived: method === 'POST' }
    }
    if (path === '/unlinks') return method === 'GET' ? told.ready(query) : told.unlinks(sent)
    if (path.startsWith('/unlinks/')) return told.unlinks(null)
    if (path.endsWith('/watch')) {
      told.watch(decodeURIComponent(path.split('/')[2] ?? ''), method === 'POST' ? sent : null)
      return method === 'POST' ? { watch: null, forecast: null } : { cancelled: true }
    }
    if (path.endsWith('/relink')) return told.relink(decodeURIComponent(path.split('/')[2] ?? ''))
    if (path.endsWith('/unlink')) return told.unlink(decodeURIComponent(path.split('/')[2] ?? ''), sent)
    if (path.endsWith('/forecast'))
      return { reading: told.reading(), forecast: told.link(decodeURIComponent(path.split('/')[2] ?? '')).unlink ?? null }
    if (path.endsWith('/resync')) return { run: '7' }
    if (path.endsWith('/history')) return told.history(query.get('before') ?? undefined) ?? notTheirs
    if (path.endsWith('/why')) return told.why(query.get('action') ?? '')
    if (path === '/problems/retry') return { retried: told.problems.find(({ cause }) => cause === sent.cause)?.count ?? 0 }
    if (path.startsWith('/links/')) return told.link(decodeURIComponent(path.slice('/links/'.length)))
    throw new Error(`${method} ${path} is not told`)
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://agent')
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*')
    response.setHeader('Access-Control-Allow-Headers', 'DPoP, Content-Type')
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE')
    response.setHeader('Access-Control-Expose-Headers', 'DPoP-Nonce, Tieback-Signature')
    if (request.method === 'OPTIONS') return void response.writeHead(204).end()
    const body = await textOf(request)
    const answered = await answer(request.method ?? 'GET', pathname, searchParams, body)
    const [text, status] = [JSON.stringify(answered), answered === notTheirs ? 404 : 200]
    calls.push(`${request.method} ${pathname}${pathname === '/status' ? ` ${JSON.parse(body).items.length}` : ''}`)
    const { jti = '' } = decodeJwt(String(request.headers['dpop']))
    response.setHeader('Tieback-Signature', await signer.sign({ jti, status, bh: await bodyHash(text) }))
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(text)
  }

  const live = new WebSocketServer({ noServer: true })
  const greet = async (socket: WebSocket, ticket: string, since: number): Promise<void> => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    const signature = await signer.sign({ jti: ticket, status: 101, bh: await bodyHash('') })
    socket.send(JSON.stringify({ type: 'hello', last: last(), gap: false, signature }))
    for (const event of events.slice(since)) socket.send(JSON.stringify({ type: 'event', event }))
  }
  const make = () => {
    const server = createServer((request, response) => {
      handle(request, response).catch((error: Error) => response.writeHead(500).end(error.message))
    })
    server.on('upgrade', (request, socket, head) => {
      const { searchParams } = new URL(request.url ?? '/', 'http://agent')
      live.handleUpgrade(
        request,
        socket,
        head,
        (opened) => void greet(opened, searchParams.get('ticket') ?? '', Number(searchParams.get('since'))),
      )
    })
    return server
  }
  let server = make()
  let port = 0
  const start = async (): Promise<void> => {
    server = make()
    await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
    const address = server.address()
    port = typeof address === 'object' && address ? address.port : 0
  }
  await start()
  return {
    told,
    calls,
    asked,
    get url() {
      return `http://127.0.0.1:${port}`
    },
    emit(event) {
      const whole = { ...event, n: last() + 1, at: new Date().toISOString() }
      events.push(whole)
      for (const socket of sockets) socket.send(JSON.stringify({ type: 'event', event: whole }))
    },
    followed: () => sockets.size > 0,
    start,
    stop: () =>
      new Promise<void>((stopped) => {
        for (const socket of sockets) socket.terminate()
        server.close(() => stopped())
        server.closeAllConnections()
      }),
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}
