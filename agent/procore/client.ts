/**
 * One call to Procore: company header, token, place in the budget, bounded bodies, a time limit, and what its answer means.
 * Reads are tried again by themselves; a write whose answer was lost is *unknown* and never repeated here.
 */
import { type Problem, problem } from '../../shared/problem.ts'
import type { Tokens } from './auth.ts'
import { type About, down, ProcoreTrouble, problemOf, when } from './errors.ts'
import { parseExact } from './exact-json.ts'
import type { Clock, RateLimit } from './rate-limit.ts'
import type { Priority } from './rate-plan.ts'
import type { ProcoreSettings } from './settings.ts'

export type Query = Record<string, string | number | boolean | readonly string[] | undefined>
export type Ask = {
  method?: 'GET' | 'PATCH' | 'POST' | 'DELETE'
  /** Path under the API base, or a whole address on the same base (a Link of paging). */
  path: string
  query?: Query
  /** Body as text: whoever builds it decides how numbers look. */
  body?: string
  priority: Priority
  about?: About
  signal?: AbortSignal | undefined
  timeoutMs?: number
}
export type Answer = { status: number; body: unknown; headers: Headers }

/** What a write came to. Only `unknown` may have changed something without our hearing of it; `later` surely changed nothing. */
export type Written =
  | { outcome: 'answered'; answer: Answer }
  | { outcome: 'refused'; status: number; problem: Problem; body: unknown }
  | { outcome: 'later'; problem: Problem; retryAt: number }
  | { outcome: 'unknown'; problem: Problem }

export type Client = {
  company: string
  apiBase: string
  read(ask: Ask): Promise<Answer>
  write(ask: Ask): Promise<Written>
  rate: Pick<RateLimit, 'left' | 'nextFreeAt' | 'perHour'>
  /** Procore's clock as far as its Date headers tell, ms. */
  procoreNow(): number
}
export type ClientParts = {
  settings: Pick<ProcoreSettings, 'company' | 'apiBase'>
  fetch: typeof fetch
  tokens: Tokens
  rate: RateLimit
  clock: Clock
}

const limits = {
  answerBytes: 32 * 1024 * 1024,
  requestBytes: 8 * 1024 * 1024,
  readMs: 60_000,
  writeMs: 120_000,
  tries: 3,
  patienceMs: 30_000,
}

type Heard =
  | { kind: 'answer'; answer: Answer; until: number | null }
  | { kind: 'not-sent'; reason: string }
  | { kind: 'lost'; reason: string }

export function procoreClient(parts: ClientParts): Client {
  const { settings, rate, clock } = parts
  let skew = 0
  const send = async (ask: Ask, reportedAt: (ms: number) => void): Promise<Heard> => {
    const first = await once(parts, ask, reportedAt)
    if (first.heard.kind !== 'answer' || first.heard.answer.status !== 401) return first.heard
    parts.tokens.drop(first.token)
    return (await once(parts, ask, reportedAt)).heard
  }
  const note = (theirs: number): void => {
    skew = theirs - clock.now()
  }
  return {
    company: settings.company,
    apiBase: settings.apiBase,
    rate,
    procoreNow: () => clock.now() + skew,
    read: (ask) => readPatiently((one) => send(one, note), ask, clock),
    write: (ask) => writeOnce((one) => send(one, note), ask, clock),
  }
}

async function readPatiently(send: (ask: Ask) => Promise<Heard>, ask: Ask, clock: Clock): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    const heard = await send(ask)
    if (heard.kind === 'answer' && heard.answer.status < 300) return heard.answer
    const trouble = readTrouble(heard, ask, clock.now(), tries)
    const wait = (trouble.retryAt ?? Number.POSITIVE_INFINITY) - clock.now()
    if (trouble.retryAt === null || tries >= limits.tries || wait > limits.patienceMs) throw trouble
    await clock.sleep(Math.max(wait, 0), ask.signal)
  }
}

function readTrouble(heard: Heard, ask: Ask, now: number, tries: number): ProcoreTrouble {
  const backOff = now + 500 * 2 ** tries
  if (heard.kind === 'not-sent' || heard.kind === 'lost') return down({ reason: heard.reason }, backOff)
  const { status, body } = heard.answer
  if (status === 429 || status === 503)
    return new ProcoreTrouble(when(problemOf(status, body, ask.about), heard.until ?? backOff), heard.until ?? backOff)
  if (status === 408 || status >= 500) return new ProcoreTrouble(when(problemOf(status, body, ask.about), backOff), backOff)
  return new ProcoreTrouble(problemOf(status, body, ask.about))
}

/** What is thrown on the way (no token, a refused secret) happens before anything is sent. */
async function writeOnce(send: (ask: Ask) => Promise<Heard>, ask: Ask, clock: Clock): Promise<Written> {
  try {
    return judgeWrite(await send({ timeoutMs: limits.writeMs, ...ask }), ask, clock.now())
  } catch (cause) {
    if (!(cause instanceof ProcoreTrouble)) throw cause
    return { outcome: 'later', problem: cause.problem, retryAt: cause.retryAt ?? clock.now() }
  }
}

/** 401, 403, 404, 409, 413, 422 and 429 say that nothing was done; a lost answer, a 5xx or an unreadable one says nothing at all. */
function judgeWrite(heard: Heard, ask: Ask, now: number): Written {
  if (heard.kind === 'lost') return { outcome: 'unknown', problem: problem('send-unconfirmed', { reason: heard.reason }) }
  if (heard.kind === 'not-sent')
    return { outcome: 'later', problem: when(problem('procore-down', { reason: heard.reason }), now + 5_000), retryAt: now + 5_000 }
  const { answer, until } = heard
  const { status, body } = answer
  if (status >= 200 && status < 300) return { outcome: 'answered', answer }
  if (status === 429)
    return { outcome: 'later', problem: when(problemOf(status, body), until ?? now + 1_000), retryAt: until ?? now + 1_000 }
  if (status === 409) return { outcome: 'later', problem: when(problemOf(status, body, ask.about), now + 2_000), retryAt: now + 2_000 }
  if (status === 408 || status >= 500 || status < 400)
    return { outcome: 'unknown', problem: problem('send-unconfirmed', { reason: `HTTP ${status}` }) }
  return { outcome: 'refused', status, problem: problemOf(status, body, ask.about), body }
}

async function once(parts: ClientParts, ask: Ask, heardDate: (ms: number) => void): Promise<{ token: string; heard: Heard }> {
  if (ask.body && Buffer.byteLength(ask.body) > limits.requestBytes) return { token: '', heard: tooLarge() }
  const address = addressOf(parts.settings.apiBase, ask)
  await parts.rate.take(ask.priority, ask.signal)
  const token = await tokenOrGiveBack(parts) // after the wait for a place: it may have been a long one
  return { token, heard: await fetched(parts, address, ask, token, heardDate) }
}

async function tokenOrGiveBack({ tokens, rate }: ClientParts): Promise<string> {
  try {
    return await tokens.token()
  } catch (cause) {
    rate.lost()
    throw cause
  }
}

async function fetched(parts: ClientParts, address: string, ask: Ask, token: string, heardDate: (ms: number) => void): Promise<Heard> {
  let answered = false
  try {
    const answer = await parts.fetch(address, requestOf(parts.settings.company, ask, token))
    answered = true
    const date = Date.parse(answer.headers.get('date') ?? '')
    if (!Number.isNaN(date)) heardDate(date)
    const until = parts.rate.answered(answer.status, answer.headers)
    return understood(answer, await bounded(answer), until)
  } catch (cause) {
    if (!answered) parts.rate.lost()
    return { kind: neverLeft(cause) ? 'not-sent' : 'lost', reason: reasonOf(cause) }
  }
}

/** Answered as Procore would (413), without a call: the sender halves its batch either way. */
const tooLarge = (): Heard => ({
  kind: 'answer',
  answer: { status: 413, body: { message: 'too-large' }, headers: new Headers() },
  until: null,
})

function understood(answer: Response, text: string, until: number | null): Heard {
  try {
    return {
      kind: 'answer',
      answer: { status: answer.status, body: text === '' ? null : parseExact(text), headers: answer.headers },
      until,
    }
  } catch {
    if (answer.status >= 400)
      return { kind: 'answer', answer: { status: answer.status, body: text.slice(0, 500), headers: answer.headers }, until }
    return { kind: 'lost', reason: 'not-json' }
  }
}

function requestOf(company: string, ask: Ask, token: string): RequestInit {
  const timeout = AbortSignal.timeout(ask.timeoutMs ?? limits.readMs)
  return {
    method: ask.method ?? 'GET',
    headers: {
      authorization: `Bearer ${token}`,
      'procore-company-id': company,
      accept: 'application/json',
      ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: ask.body ?? null,
    redirect: 'manual',
    // A write under way is never cut off by a stop: its answer is worth the wait.
    signal: ask.signal && (ask.method ?? 'GET') === 'GET' ? AbortSignal.any([ask.signal, timeout]) : timeout,
  }
}

/** The address of a call; a whole address must lie on the same base, or the token would leave the house. */
function addressOf(apiBase: string, ask: Pick<Ask, 'path' | 'query'>): string {
  const address = new URL(ask.path.startsWith('http') ? ask.path : apiBase + ask.path)
  if (address.origin !== new URL(apiBase).origin)
    throw new ProcoreTrouble(problem('procore-answer', { what: 'elsewhere', address: address.origin }))
  for (const [name, value] of Object.entries(ask.query ?? {}))
    for (const one of value === undefined ? [] : Array.isArray(value) ? value : [value]) address.searchParams.append(name, String(one))
  return address.href
}

async function bounded(answer: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of answer.body ?? []) {
    bytes += piece.byteLength
    if (bytes > limits.answerBytes) throw new Error('too-long')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** Connection troubles that happen before the first byte of a request leaves. */
const beforeSending = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

const codeOf = (cause: unknown): string => {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  return inner instanceof Error && 'code' in inner ? String(inner.code) : ''
}
const neverLeft = (cause: unknown): boolean => beforeSending.has(codeOf(cause))

const reasonOf = (cause: unknown): string => codeOf(cause) || (cause instanceof Error ? cause.message : String(cause))
