/** Asks /status as browsers do: over four connections, fifty times a second whether or not the last answer has come, each call proven. */
import { hash, type KeyObject, randomUUID, sign as signBytes } from 'node:crypto'
import { Agent, request } from 'node:http'

export type Key = { secret: KeyObject; jwk: Record<string, unknown>; origin: string }
export type Target = { url: string; key: Key; nonce: string }
export type Answered = { ms: number; status: number; text: string }

const perSecond = 50
const connections = 4

const encoded = (of: unknown): string => Buffer.from(JSON.stringify(of)).toString('base64url')

function proofFor({ url, key, nonce }: Target, body: string): string {
  const header = encoded({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.jwk })
  const claims = {
    htm: 'POST',
    htu: `${url}/status`,
    jti: randomUUID(),
    nonce,
    bh: hash('sha256', body, 'base64url'),
    iat: Math.floor(Date.now() / 1000),
  }
  const text = `${header}.${encoded(claims)}`
  return `${text}.${signBytes('sha256', Buffer.from(text), { key: key.secret, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

/** One call; keeps the nonce the answer brings. */
export function ask(target: Target, body: string, agent?: Agent): Promise<Answered> {
  const headers = {
    Origin: target.key.origin,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    DPoP: proofFor(target, body),
  }
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request(`${target.url}/status`, { method: 'POST', headers, agent }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => {
        const nonce = answer.headers['dpop-nonce']
        if (typeof nonce === 'string') target.nonce = nonce
        resolve({ ms: performance.now() - started, status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() })
      })
    })
    sent.on('error', reject).end(body)
  })
}

/**
 * Keeps asking one body after the other, from the first again after the last, while `goesOn` says so; answers the time of each call. Bodies are made
 * beforehand, so that the asker's own garbage is not in what it measures. Throws when a call was not answered.
 */
export async function load(target: Target, bodies: readonly string[], goesOn: (asked: number) => boolean): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const calls: Promise<Answered>[] = []
  const started = performance.now()
  for (let n = 0; goesOn(n); n += 1) {
    const wait = started + (n * 1000) / perSecond - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    calls.push(ask(target, bodies[n % bodies.length] ?? '', agent))
  }
  const answers = await Promise.all(calls)
  agent.destroy()
  const bad = answers.find(({ status }) => status !== 200)
  if (bad) throw new Error(`/status answered ${bad.status}: ${bad.text.slice(0, 200)}`)
  return answers.map(({ ms }) => ms)
}
