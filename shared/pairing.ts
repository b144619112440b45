import * as z from 'zod/mini'

/**
 * How an extension and an agent come to trust each other. The browser holds a non-extractable P-256 key; every call carries a
 * DPoP proof (RFC 9449) with the agent's nonce and `bh`, the base64url SHA-256 of the body; every answer is signed by the agent's
 * own key, which the browser pinned when it paired.
 */
export const protocol = { version: 1, min: 1, max: 1 } as const

/** Header names of the exchange. */
export const headers = {
  proof: 'DPoP',
  nonce: 'DPoP-Nonce',
  /** Detached JWS by the agent's key over {jti, status, bh} of the answer. */
  signature: 'Tieback-Signature',
} as const

export const Jwk = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() })
export type Jwk = z.infer<typeof Jwk>

/** Payload of a proof beside RFC 9449's own names. */
export type ProofClaims = { htm: string; htu: string; jti: string; iat: number; nonce?: string; bh: string }

/** Payload of an answer's signature. */
export type AnswerClaims = { jti: string; status: number; bh: string }

export const PairRequest = z.object({
  /** Eight characters as shown at the server, upper case, no look-alikes. */
  code: z.string().check(z.maxLength(16)),
  jwk: Jwk,
  label: z.string().check(z.maxLength(120)),
})

export const PairAnswer = z.object({
  person: z.object({ id: z.string(), name: z.string(), role: z.string() }),
  key: z.string(),
  /** The agent's public key: pinned from here on. */
  agentJwk: Jwk,
  agentName: z.string(),
})
export type PairRequest = z.infer<typeof PairRequest>
export type PairAnswer = z.infer<typeof PairAnswer>

export const roles = ['viewer', 'accountant', 'admin'] as const
export type Role = (typeof roles)[number]
/** An admin may do what an accountant may, and so on down. */
export const mayAct = (has: Role, needs: Role): boolean => roles.indexOf(has) >= roles.indexOf(needs)

/** What a call may weigh: a body of at most a megabyte, nested at most twenty deep. */
export const limits = { bodyBytes: 1_000_000, depth: 20, answerMs: 20_000 } as const

/** Letters of a pairing code: no 0/O, 1/I/L, no U (reads as V). */
export const codeLetters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A code as a person may type it (spaces, dashes, lower case) → as it was made; null when it can't be one. */
export function readCode(text: string): string | null {
  const plain = text.toUpperCase().replace(/[\s-]/g, '')
  return plain.length === 8 && [...plain].every((letter) => codeLetters.includes(letter)) ? plain : null
}

/** Where the signed part of an answer comes from: exactly this text, in this order. */
export const answerPayload = ({ jti, status, bh }: AnswerClaims): string => JSON.stringify({ jti, status, bh })
