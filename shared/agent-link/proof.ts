/** Both halves of trust: the proof that goes with a call, and the check of the agent's signature on its answer. */
import { base64url, calculateJwkThumbprint, flattenedVerify, importJWK, SignJWT } from 'jose'
import { type AnswerClaims, answerPayload, type Jwk, type ProofClaims } from '../pairing.ts'
import type { BrowserKey } from './key.ts'

const encoder = new TextEncoder()

/** base64url SHA-256 of a text, as `bh` carries it. */
export async function bodyHash(text: string): Promise<string> {
  return base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text))))
}

/** A DPoP proof (RFC 9449) for one call, with the agent's nonce once we know one. Answers its jti too: the answer is signed over it. */
export async function makeProof(
  { sign, jwk }: BrowserKey,
  call: { method: string; url: string; body: string; nonce: string | undefined },
): Promise<{ proof: string; jti: string }> {
  const jti = crypto.randomUUID()
  const claims: Omit<ProofClaims, 'iat'> = { htm: call.method, htu: call.url, jti, bh: await bodyHash(call.body) }
  const made = new SignJWT({ ...claims, ...(call.nonce === undefined ? {} : { nonce: call.nonce }) })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: { ...jwk } })
    .setIssuedAt()
  return { proof: await made.sign(sign), jti }
}

/** Whether this signature is the agent's, over exactly this answer. A missing or foreign one is false, never an error. */
export async function isSignedBy(agent: Jwk, signature: string | null, claims: AnswerClaims): Promise<boolean> {
  const [header, middle, value] = (signature ?? '').split('.')
  if (!header || middle !== '' || !value) return false
  try {
    const key = await importJWK({ ...agent }, 'ES256')
    const payload = base64url.encode(encoder.encode(answerPayload(claims)))
    await flattenedVerify({ protected: header, payload, signature: value }, key, { algorithms: ['ES256'] })
    return true
  } catch {
    return false // whatever is wrong with it, it is not the pinned agent's
  }
}

/** A short, stable name for a key: the agent's id here, and what both screens can compare. */
export const thumbprint = (jwk: Jwk): Promise<string> => calculateJwkThumbprint({ ...jwk })
