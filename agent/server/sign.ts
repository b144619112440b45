import { createPrivateKey, sign as signBytes } from 'node:crypto'
import type { JWK } from 'jose'
import { type AnswerClaims, answerPayload, Jwk } from '../../shared/pairing.ts'

/** Signs answers so that a browser knows that its own agent speaks: a detached JWS over {jti, status, bh}. */
export type Signer = { jwk: Jwk; sign(claims: AnswerClaims): string }

const header = Buffer.from('{"alg":"ES256"}').toString('base64url')

/**
 * Takes the agent's private P-256 key; it is read from the secrets, never from a request. Node signs on the spot: jose would hand
 * each of these small signatures to another thread, which costs five times as much. Browsers check them with jose.
 */
export function createSigner({ kty, crv, x, y, d }: JWK): Signer {
  const key = createPrivateKey({ key: { kty, crv, x, y, d }, format: 'jwk' })
  return {
    jwk: Jwk.parse({ kty, crv, x, y }),
    sign(claims) {
      const payload = Buffer.from(answerPayload(claims)).toString('base64url')
      const signature = signBytes('sha256', Buffer.from(`${header}.${payload}`), { key, dsaEncoding: 'ieee-p1363' })
      return `${header}..${signature.toString('base64url')}`
    },
  }
}
