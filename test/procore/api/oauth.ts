import { Hono } from 'hono'
import type { Company } from '../company.ts'
import type { Json } from '../items.ts'
import { Refusal, refusalBody } from './rules/refusal.ts'

export interface Client {
  id: string
  secret: string
}

interface Token {
  value: string
  expiresAt: number
  refresh: string | undefined
  /** The person behind it; undefined for the service account (client credentials). */
  userId: number | undefined
  createdAt: number
  dead: boolean
}

/** 90 minutes (facts 2). Seconds. */
const tokenSeconds = 5400

/** Procore's tokens: access for 90 minutes by the stand-in's clock, refresh once only (facts 2). */
export class Tokens {
  readonly #now: () => number
  readonly #clients: readonly Client[]
  readonly #byValue = new Map<string, Token>()
  readonly #byRefresh = new Map<string, Token>()
  readonly #codes = new Map<string, number>()
  #issued = 0

  constructor(now: () => number, clients: readonly Client[]) {
    this.#now = now
    this.#clients = clients
  }

  knows(id: string | undefined, secret: string | undefined): boolean {
    return this.#clients.some((client) => client.id === id && client.secret === secret)
  }

  issue(userId: number | undefined): Token {
    this.#issued += 1
    const value = `a-${this.#issued.toString().padStart(4, '0')}-${(this.#issued * 2654435761).toString(36)}`
    const refresh = userId === undefined ? undefined : `r-${this.#issued.toString().padStart(4, '0')}`
    const token: Token = { value, refresh, userId, createdAt: this.#now(), expiresAt: this.#now() + tokenSeconds * 1000, dead: false }
    this.#byValue.set(value, token)
    if (refresh) this.#byRefresh.set(refresh, token)
    return token
  }

  /** The token of an Authorization header, if it is alive. */
  alive(header: string | null): Token | undefined {
    const token = this.#byValue.get(/^Bearer (.+)$/i.exec(header ?? '')?.[1] ?? '')
    return token && !token.dead && token.expiresAt > this.#now() ? token : undefined
  }

  /** Single use: the old pair dies even if the answer never arrives. */
  refresh(value: string | undefined): Token | undefined {
    const old = this.#byRefresh.get(value ?? '')
    if (!old || old.dead) return undefined
    this.#byRefresh.delete(value ?? '')
    old.dead = true
    return this.issue(old.userId)
  }

  revoke(value: string | undefined): void {
    const token = this.#byValue.get(value ?? '') ?? this.#byRefresh.get(value ?? '')
    if (token) token.dead = true
  }

  /** All access tokens stop working at once, as after a reinstall of the app. */
  revokeAll(): void {
    for (const token of this.#byValue.values()) token.dead = true
  }

  code(userId: number): string {
    const code = `code-${this.#codes.size + 1}`
    this.#codes.set(code, userId)
    return code
  }

  redeem(code: string | undefined): Token | undefined {
    const userId = this.#codes.get(code ?? '')
    this.#codes.delete(code ?? '')
    return userId === undefined ? undefined : this.issue(userId)
  }

  secondsLeft(token: Token): number {
    return Math.floor((token.expiresAt - this.#now()) / 1000)
  }
}

/** Bodies of OAuth errors follow the usual server library (facts 2, inferred). */
const oauthError = (error: string, description: string): Json => ({ error, error_description: description })

export function oauthRoutes(tokens: Tokens, company: Company): Hono {
  const app = new Hono()
  app.post('/oauth/token', async (c) => {
    const form = await formOf(c.req.raw)
    if (!tokens.knows(form['client_id'], form['client_secret']))
      return c.json(oauthError('invalid_client', 'Client authentication failed'), 401)
    const token = grant(tokens, form)
    return token ? c.json(drawn(token)) : c.json(oauthError('invalid_grant', refusedGrant(form['grant_type'])), 400)
  })
  app.post('/oauth/revoke', async (c) => {
    const form = await formOf(c.req.raw)
    if (tokens.knows(form['client_id'], form['client_secret'])) tokens.revoke(form['token'])
    return c.json({})
  })
  app.get('/oauth/token/info', (c) => {
    const token = tokens.alive(c.req.header('authorization') ?? null)
    return token ? c.json(info(tokens, token)) : c.json(refusalBody(new Refusal(401, 'The access token is invalid')) as object, 401)
  })
  app.get('/oauth/authorize', (c) => {
    const login = c.req.query('login_hint')
    const user = company.tables.users.where((one) => one.is_active && (login === undefined || one.login === login))[0]
    const back = URL.parse(c.req.query('redirect_uri') ?? '')
    if (!user || !back) return c.json(oauthError('invalid_request', 'redirect_uri is missing or the person is unknown'), 400)
    back.searchParams.set('code', tokens.code(user.id))
    if (c.req.query('state')) back.searchParams.set('state', c.req.query('state') ?? '')
    return c.redirect(back.href)
  })
  return app
}

function grant(tokens: Tokens, form: { [key: string]: string }): Token | undefined {
  if (form['grant_type'] === 'client_credentials') return tokens.issue(undefined)
  if (form['grant_type'] === 'refresh_token') return tokens.refresh(form['refresh_token'])
  return form['grant_type'] === 'authorization_code' ? tokens.redeem(form['code']) : undefined
}

const refusedGrant = (type: string | undefined) =>
  type === 'refresh_token' ? 'The refresh token is invalid' : 'The provided authorization grant is invalid'

function drawn(token: Token) {
  const answer = {
    access_token: token.value,
    token_type: 'bearer',
    expires_in: tokenSeconds,
    created_at: Math.floor(token.createdAt / 1000),
  }
  return token.refresh === undefined ? answer : { ...answer, refresh_token: token.refresh }
}

function info(tokens: Tokens, token: Token) {
  return {
    ...{ resource_owner_id: token.userId ?? 0, scopes: ['public'], expires_in_seconds: tokens.secondsLeft(token) },
    ...{ application: { uid: 'practice' }, created_at: Math.floor(token.createdAt / 1000) },
  }
}

async function formOf(request: Request): Promise<{ [key: string]: string }> {
  const text = await request.text()
  if (!(request.headers.get('content-type') ?? '').includes('json')) return Object.fromEntries(new URLSearchParams(text))
  const parsed: unknown = JSON.parse(text || '{}')
  return Object.fromEntries(Object.entries(parsed as object).map(([key, value]) => [key, String(value)]))
}
