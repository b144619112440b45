/** One call and its answer over the wire: proof out, signature checked, nonce renewed once. */
import { headers } from '../pairing.ts'
import type { BrowserKey } from './key.ts'
import { bodyHash, makeProof } from './proof.ts'

/** What reaches the network; handed in, so that tests meet a real agent without a browser. */
export type Wire = {
  fetch: (url: string, init: RequestInit) => Promise<Response>
  key: () => Promise<BrowserKey>
  /** How long one call may take, ms. */
  limitMs: number
}

export type Sent = { method: string; address: string; path: string; query: string; body: string | undefined }

/** An answer as it came: not yet believed. `bh` is the hash of its text. */
export type Received = { status: number; text: string; jti: string; bh: string; signature: string | null; nonce: string | null }

/** The last nonce of each address. */
export type NonceBook = Map<string, string>

/** Sends a call; when the agent asks for its newest nonce, sends it once more. Rejects when nothing answers in time. */
export async function exchange(wire: Wire, nonces: NonceBook, call: Sent): Promise<Received> {
  const first = await send(wire, nonces, call)
  const renewed = first.status === 401 && first.nonce !== null && /"reason":"nonce"/.test(first.text)
  return renewed ? send(wire, nonces, call) : first
}

async function send({ fetch, key, limitMs }: Wire, nonces: NonceBook, { method, address, path, query, body }: Sent): Promise<Received> {
  const url = `${address}${path}`
  const { proof, jti } = await makeProof(await key(), { method, url, body: body ?? '', nonce: nonces.get(address) })
  const response = await fetch(`${url}${query}`, {
    method,
    headers: { [headers.proof]: proof, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(limitMs),
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
  })
  const text = await response.text()
  const nonce = response.headers.get(headers.nonce)
  if (nonce !== null) nonces.set(address, nonce)
  return { status: response.status, text, jti, bh: await bodyHash(text), signature: response.headers.get(headers.signature), nonce }
}
