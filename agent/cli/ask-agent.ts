import { hash, randomUUID } from 'node:crypto'
import { flattenedVerify, importJWK, SignJWT } from 'jose'
import { ProblemDetails } from '../../shared/api/problems.ts'
import { type AnswerOf, type BodyOf, type QueryOf, type RouteName, routes } from '../../shared/api.ts'
import { answerPayload, headers, type Jwk } from '../../shared/pairing.ts'
import type { CliKey } from './cli-key.ts'

type AskInput<N extends RouteName> = { params?: Record<string, string>; query?: QueryOf<N>; body?: BodyOf<N> }

/** Asks the agent, running or not; throws Refused with what it said. */
export type Ask = <N extends RouteName>(name: N, input?: AskInput<N>) => Promise<AnswerOf<N>>

/** The agent's refusal: what happened and what to do, in its own words. */
export class Refused extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

type Line = { url: string; key: CliKey; agent: Jwk }

/** Asks a running agent over loopback, with the command line's key; believes only answers signed by this data folder's agent. */
export function askAgent(line: Line): Ask {
  let nonce: string | undefined
  const sendOnce = async (method: string, path: string, query: string, body: string | undefined) => {
    const { proof, jti } = await makeProof(line, { method, path, body: body ?? '', nonce })
    const answer = await fetch(`${line.url}${path}${query}`, {
      method,
      headers: { [headers.proof]: proof, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(30_000),
    })
    const text = await answer.text()
    nonce = answer.headers.get(headers.nonce) ?? undefined
    await requireSignature(line.agent, answer.headers.get(headers.signature), { jti, status: answer.status, text })
    return { status: answer.status, text }
  }
  return async (name, { params = {}, query, body } = {}) => {
    const route = routes[name]
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, part: string) => encodeURIComponent(params[part] ?? ''))
    const asked = new URLSearchParams(Object.entries(query ?? {}).map(([at, value]) => [at, String(value)])).toString()
    const send = () => sendOnce(route.method, path, asked && `?${asked}`, 'body' in route ? JSON.stringify(body ?? {}) : undefined)
    const first = await send()
    const { status, text } = first.status === 401 && first.text.includes('"reason":"nonce"') ? await send() : first
    if (status !== 200) throw refusedOf(status, text)
    return route.answer.parse(JSON.parse(text)) as AnswerOf<typeof name>
  }
}

async function makeProof({ url, key }: Line, call: { method: string; path: string; body: string; nonce: string | undefined }) {
  const jti = randomUUID()
  const claims = {
    htm: call.method,
    htu: `${url}${call.path}`,
    jti,
    bh: hash('sha256', call.body, 'base64url'),
    ...(call.nonce ? { nonce: call.nonce } : {}),
  }
  const made = new SignJWT(claims).setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: { ...key.jwk } }).setIssuedAt()
  return { jti, proof: await made.sign(await importJWK(key.secret, 'ES256')) }
}

async function requireSignature(
  agent: Jwk,
  signed: string | null,
  { jti, status, text }: { jti: string; status: number; text: string },
): Promise<void> {
  const [header, , signature] = (signed ?? '').split('.')
  const claims = answerPayload({ jti, status, bh: hash('sha256', text, 'base64url') })
  const jws = { protected: header ?? '', payload: Buffer.from(claims).toString('base64url'), signature: signature ?? '' }
  const right = await flattenedVerify(jws, await importJWK({ ...agent }, 'ES256')).then(
    () => true,
    () => false,
  )
  if (!right)
    throw new Refused('another-program', 'Another program answers at the agent’s port. Stop it, or choose another port in tieback.json.')
}

function refusedOf(status: number, text: string): Refused {
  const told = ProblemDetails.safeParse(JSON.parse(text))
  return told.success ? new Refused(told.data.code, told.data.detail) : new Refused('request-refused', `The agent answered ${status}.`)
}
