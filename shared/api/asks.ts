/** A browser asks to join; an admin compares six digits and lets it in, or not (PROTOCOL.md, “Asking to join”). */
import * as z from 'zod/mini'
import { Jwk, roles } from '../pairing.ts'
import { route } from './route.ts'
import { Email, Id, PersonName } from './values.ts'

/** 32 bytes as base64url. */
const Bytes32 = z.string().check(z.regex(/^[\w-]{43}$/))

const AskRequest = z.object({
  jwk: Jwk,
  /** What the agent's list of browsers calls this one. */
  label: z.string().check(z.maxLength(120)),
  /** Binds the browser to its number before it sees the agent's (shared/agent-link/digits.ts). */
  commitment: Bytes32,
})

export const AskAnswer = z.object({
  id: Id,
  /** The agent's number. */
  nonce: Bytes32,
  /** The agent's key: the browser believes no other from here on. */
  agentJwk: Jwk,
  agentName: z.string(),
  until: z.iso.datetime(),
})

export const AskedAnswer = z.object({
  /** Null while nobody has decided. */
  joined: z.nullable(z.object({ person: z.object({ id: z.string(), name: z.string(), role: z.string() }), key: z.string() })),
})

export const AskShape = z.object({
  id: z.string(),
  label: z.string(),
  origin: z.string(),
  /** The computer it was asked from; null where that is not known. */
  address: z.nullable(z.string()),
  askedAt: z.iso.datetime(),
  until: z.iso.datetime(),
  /** Of its key; with the agent's own key and both numbers it makes the digits. */
  thumbprint: z.string(),
  browserNonce: z.string(),
  agentNonce: z.string(),
})
export type AskShape = z.infer<typeof AskShape>

export const askRoutes = {
  askToJoin: route({
    method: 'POST',
    path: '/asks',
    role: 'anyone',
    says: 'A browser asks to join: ten minutes, few at once. Nothing is told of who may use the agent.',
    body: AskRequest,
    answer: AskAnswer,
  }),
  asked: route({
    method: 'POST',
    path: '/asks/{id}',
    role: 'anyone',
    says: 'Shows the number that was committed to, and asks how the ask stands; with wait, as soon as somebody decided, or after 8 s.',
    body: z.object({ nonce: Bytes32, wait: z.optional(z.boolean()) }),
    answer: AskedAnswer,
  }),
  asks: route({
    method: 'GET',
    path: '/asks',
    role: 'admin',
    says: 'Browsers that ask to join now, with what the six digits are made of.',
    answer: z.object({ asks: z.array(AskShape) }),
  }),
  approveAsk: route({
    method: 'POST',
    path: '/asks/{id}/approve',
    role: 'admin',
    says: 'The digits are the same: this browser joins for this person. Somebody known by the same e-mail keeps their id.',
    body: z.object({
      ...{ name: PersonName, email: Email, role: z.enum(roles) },
      scope: z.optional(z.nullable(z.array(Id).check(z.maxLength(5000)))),
      /** Groups they join beside those they are in. */
      groups: z.optional(z.array(Id).check(z.maxLength(100))),
    }),
    answer: z.object({ person: z.string(), key: z.string() }),
  }),
  refuseAsk: route({
    method: 'POST',
    path: '/asks/{id}/refuse',
    role: 'admin',
    says: 'This browser does not join.',
    body: z.object({}),
    answer: z.object({ refused: z.boolean() }),
  }),
}
