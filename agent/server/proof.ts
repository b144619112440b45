/** Checks a DPoP proof (RFC 9449) and says by name what is wrong with it. jose verifies; the list is ours. */
import { calculateJwkThumbprint, compactVerify, decodeJwt, decodeProtectedHeader, importJWK } from 'jose'
import { Jwk } from '../../shared/pairing.ts'
import type { Nonces } from './nonces.ts'

export type Expected = { method: string; url: string; bodyHash: string }
export type Proof = { jti: string; thumbprint: string; jwk: Jwk }

/** The parts of a proof that may be refused, one by one. `shape` is a text that is no JWS at all. */
export type ProofFault = 'missing' | 'shape' | 'typ' | 'alg' | 'jwk' | 'signature' | 'htm' | 'htu' | 'bh' | 'nonce' | 'jti'

export class BadProof extends Error {
  readonly fault: ProofFault
  constructor(fault: ProofFault) {
    super(`proof: ${fault}`)
    this.fault = fault
  }
}

type Known = { thumbprint: string; key: CryptoKey }
const decoder = new TextDecoder()
const atMost = 4096

/** jti of a proof nobody has checked yet: only to sign the refusal with. */
export function peekJti(proof: string | undefined): string | null {
  try {
    const { jti } = proof && proof.length <= atMost ? decodeJwt(proof) : { jti: undefined }
    return isJti(jti) ? jti : null
  } catch {
    return null // not a JWS: there is no jti to sign over
  }
}

const isJti = (jti: unknown): jti is string => typeof jti === 'string' && jti.length >= 16 && jti.length <= 64

/** Makes the checker; imported keys are remembered, at most a thousand. */
export function createProofCheck(nonces: Nonces) {
  const known = new Map<string, Known>()
  const keyOf = async (jwk: Jwk): Promise<Known> => {
    const name = `${jwk.x}.${jwk.y}`
    const found = known.get(name)
    if (found) return found
    const key = await importJWK({ ...jwk }, 'ES256').catch(() => null)
    if (!(key instanceof CryptoKey)) throw new BadProof('jwk')
    const made = { thumbprint: await calculateJwkThumbprint({ ...jwk }), key }
    if (known.size >= 1000) known.clear()
    known.set(name, made)
    return made
  }
  return async (proof: string | undefined, expected: Expected): Promise<Proof> => {
    if (!proof) throw new BadProof('missing')
    const jwk = headerKey(proof)
    const { thumbprint, key } = await keyOf(jwk)
    const claims = await verified(proof, key)
    const fault = faultOf(claims, expected)
    if (fault) throw new BadProof(fault)
    const jti = claims['jti']
    if (!isJti(jti)) throw new BadProof('jti')
    const use = nonces.use(claims['nonce'], jti)
    if (use !== 'fine') throw new BadProof(use)
    return { jti, thumbprint, jwk }
  }
}

function headerKey(proof: string): Jwk {
  if (proof.length > atMost) throw new BadProof('shape')
  const header = protectedHeader(proof)
  if (header['typ'] !== 'dpop+jwt') throw new BadProof('typ')
  if (header['alg'] !== 'ES256') throw new BadProof('alg')
  const jwk = header['jwk']
  const parsed = Jwk.safeParse(jwk)
  if (!parsed.success || (jwk !== null && typeof jwk === 'object' && 'd' in jwk)) throw new BadProof('jwk')
  return parsed.data
}

function protectedHeader(proof: string): Record<string, unknown> {
  try {
    return { ...decodeProtectedHeader(proof) }
  } catch (cause) {
    throw Object.assign(new BadProof('shape'), { cause })
  }
}

async function verified(proof: string, key: CryptoKey): Promise<Record<string, unknown>> {
  try {
    const { payload } = await compactVerify(proof, key, { algorithms: ['ES256'] })
    const claims: unknown = JSON.parse(decoder.decode(payload))
    return claims !== null && typeof claims === 'object' ? { ...claims } : {}
  } catch (cause) {
    throw Object.assign(new BadProof('signature'), { cause })
  }
}

function faultOf(claims: Record<string, unknown>, expected: Expected): ProofFault | null {
  if (claims['htm'] !== expected.method) return 'htm'
  if (claims['htu'] !== expected.url) return 'htu'
  if (claims['bh'] !== expected.bodyHash) return 'bh'
  return null
}
