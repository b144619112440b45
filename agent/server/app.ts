/** The agent as browsers see it: each route of shared/api.ts guarded, parsed by its schemas, handled, and its answer signed. */
import { hash } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { type RouteName, routes } from '../../shared/api.ts'
import { limits, headers as names } from '../../shared/pairing.ts'
import { parseBody, readBody } from './body.ts'
import { type Handlers, Text } from './call.ts'
import type { Guard, Incoming } from './guard.ts'
import type { Nonces } from './nonces.ts'
import { peekJti } from './proof.ts'
import { details, Refusal, RightRefusal, refuse } from './refusal.ts'
import type { Signer } from './sign.ts'

export type AppParts = {
  handlers: Handlers
  guard: Guard
  nonces: Nonces
  signer: Signer
  /** Told of every error that is not a refusal. */
  onFault: (error: unknown, route: string) => void
  /** Told of every act a known person was refused for want of a right, before they are answered; looking is no act. */
  onRightMissing?: (route: string, path: string, refusal: RightRefusal) => Promise<void>
  /** Told of every answer, for metrics: route, status, ms. */
  onAnswer?: (route: string, status: number, ms: number) => void
}

type Env = { Bindings: Partial<HttpBindings> }
type AnyHandler = (call: Record<string, unknown>) => unknown
type Made = { status: number; text: string; type: string; headers?: Record<string, string> }

const always = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }
const noBody = hash('sha256', '', 'base64url')

/** Makes the app; it holds no state of its own and can be asked by `app.request()` or served by listen.ts. */
export function createApp(parts: AppParts): Hono<Env> {
  const app = new Hono<Env>()
  const preflights = new Map<string, RouteName[]>()
  for (const name of Object.keys(routes) as RouteName[]) {
    const path = honoPath(routes[name].path)
    app.on(routes[name].method, path, (c) => answer(parts, name, c))
    preflights.set(path, [...(preflights.get(path) ?? []), name])
  }
  for (const [path, of] of preflights) app.options(path, (c) => preflight(parts, of, c))
  app.notFound((c) => unknown(parts, c))
  return app
}

/** `/links/{id}` in the table is `/links/:id` to Hono. */
const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1')

function incoming(c: Context<Env>): Incoming {
  const url = c.req.url
  const query = url.indexOf('?')
  return {
    method: c.req.method,
    url: query < 0 ? url : url.slice(0, query),
    host: c.req.header('host'),
    origin: c.req.header('origin'),
    site: c.req.header('sec-fetch-site'),
    proof: c.req.header('dpop'),
    address: c.env?.incoming?.socket.remoteAddress ?? null,
  }
}

async function answer(parts: AppParts, name: RouteName, c: Context<Env>): Promise<Response> {
  const started = performance.now()
  const call = incoming(c)
  const cors: Record<string, string> = {}
  const written = async (error: unknown): Promise<never> => {
    if (error instanceof RightRefusal && routes[name].role !== 'viewer') await parts.onRightMissing?.(name, c.req.path, error)
    throw error
  }
  const made = await handle(parts, name, c, call, cors)
    .catch(written)
    .catch((error: unknown) => refused(parts, name, error))
  parts.onAnswer?.(name, made.status, performance.now() - started)
  return respond(parts, call, made, cors)
}

/** The one path of every call: guard, parse, handle. `cors` is filled as soon as the origin is known to be ours. */
async function handle(parts: AppParts, name: RouteName, c: Context<Env>, call: Incoming, cors: Record<string, string>): Promise<Made> {
  const { guard, handlers } = parts
  const { role } = routes[name]
  guard.host(call)
  Object.assign(cors, guard.origin(call, role))
  if (role === 'machine') guard.machine(call)
  const bytes = await inTime(readBody(c.req.raw))
  const bodyHash = bytes.length === 0 ? noBody : hash('sha256', bytes, 'base64url')
  const proof = role === 'anyone' ? await guard.proof(call, bodyHash) : null
  const known = role === 'anyone' || role === 'machine' ? null : await guard.caller(call, role, bodyHash)
  const caller = known && { ...known, environment: environmentNamed(c.req.query('environment')) }
  const input = parsed(name, c.req.query(), bytes)
  const { address, origin } = call
  const reply = await inTime((handlers[name] as AnyHandler)({ params: c.req.param(), ...input, address, origin, caller, proof }))
  return reply instanceof Text
    ? { status: 200, text: reply.text, type: reply.type }
    : { status: 200, text: JSON.stringify(reply), type: 'application/json' }
}

/** Any route may be told which Procore is meant (shared/PROTOCOL.md); one nobody serves is for the handlers to refuse. */
function environmentNamed(text: string | undefined): string | undefined {
  if (text !== undefined && !/^[a-z-]{1,20}$/.test(text)) throw refuse(400, 'environment')
  return text
}

function parsed(name: RouteName, query: Record<string, string>, bytes: Uint8Array): { query: unknown; body: unknown } {
  const route = routes[name]
  const body = 'body' in route ? route.body.safeParse(parseBody(bytes)) : undefined
  const asked = 'query' in route ? route.query.safeParse(query) : undefined
  const wrong = body?.error ?? asked?.error
  if (wrong) throw refuse(400, `${wrong.issues[0]?.path.join('.') || 'body'}: ${wrong.issues[0]?.message ?? 'invalid'}`)
  return { query: asked?.data, body: body?.data }
}

/** Everything has its time; what takes longer is given up with a refusal that says so. */
async function inTime<T>(work: T | Promise<T>): Promise<T> {
  if (!(work instanceof Promise)) return work
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(refuse(503, 'time')), limits.answerMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

function refused(parts: AppParts, name: RouteName, error: unknown): Made {
  const refusal = error instanceof Refusal ? error : refuse(500, 'fault')
  if (refusal !== error) parts.onFault(error, name)
  const { status, problem, headers } = refusal
  return { status, text: details(status, problem), type: 'application/problem+json', headers }
}

function respond({ signer, nonces }: AppParts, call: Incoming, made: Made, cors: Record<string, string>): Response {
  const jti = peekJti(call.proof)
  const bytes = Buffer.from(made.text)
  const headers: Record<string, string> = {
    ...always,
    ...cors,
    ...made.headers,
    'Content-Type': made.type,
    [names.nonce]: nonces.current(),
  }
  if (jti) headers[names.signature] = signer.sign({ jti, status: made.status, bh: hash('sha256', bytes, 'base64url') })
  return new Response(bytes, { status: made.status, headers })
}

/** Browsers ask first; only the origins that may call are told yes. */
async function preflight(parts: AppParts, of: readonly RouteName[], c: Context<Env>): Promise<Response> {
  const call = incoming(c)
  try {
    parts.guard.host(call)
    const open = of.find((name) => routes[name].role === 'anyone') ?? of[0]
    const cors = open ? parts.guard.origin(call, routes[open].role) : {}
    return new Response(null, { status: 204, headers: { ...cors, ...allowed(of, c.req.header('access-control-request-private-network')) } })
  } catch (error) {
    return respond(parts, call, refused(parts, of[0] ?? 'health', error), {})
  }
}

const allowed = (of: readonly RouteName[], privateNetwork: string | undefined): Record<string, string> => ({
  'Access-Control-Allow-Methods': of.map((name) => routes[name].method).join(', '),
  'Access-Control-Allow-Headers': 'Content-Type, DPoP',
  'Access-Control-Max-Age': '600',
  ...(privateNetwork === 'true' ? { 'Access-Control-Allow-Private-Network': 'true' } : {}),
})

/** A path that is not in the table: host and origin are still checked first. */
async function unknown(parts: AppParts, c: Context<Env>): Promise<Response> {
  const call = incoming(c)
  const cors: Record<string, string> = {}
  const made = await look().catch((error: unknown) => refused(parts, 'health', error))
  return respond(parts, call, made, cors)

  async function look(): Promise<Made> {
    parts.guard.host(call)
    Object.assign(cors, parts.guard.origin(call, 'viewer'))
    throw refuse(404, 'no-path')
  }
}
