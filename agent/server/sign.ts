import { FlattenedSign, importJWK, type JWK } from 'jose'
import { type AnswerClaims, answerPayload, Jwk } from '../../shared/pairing.ts'

/** Signs answers so that a browser knows that its own agent speaks: a detached JWS over {jti, status, bh}. */
export type Signer = { jwk: Jwk; sign(claims: AnswerClaims): Promise<string> }

const encoder = new TextEncoder()

/** Takes the agent's private P-256 key; it is read from the secrets, never from a request. */
export async function createSigner(privateJwk: JWK): Promise<Signer> {
  const key = await importJWK(privateJwk, 'ES256')
  return {
    jwk: Jwk.parse({ kty: privateJwk.kty, crv: privateJwk.crv, x: privateJwk.x, y: privateJwk.y }),
    async sign(claims) {
      const jws = new FlattenedSign(encoder.encode(answerPayload(claims))).setProtectedHeader({ alg: 'ES256' })
      const { protected: header, signature } = await jws.sign(key)
      return `${header}..${signature}`
    },
  }
}
