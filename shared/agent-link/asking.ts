/** The browser's side of asking to join (PROTOCOL.md, “Asking to join”): asks, shows six digits, and hears how it ended. */
import * as z from 'zod/mini'
import { AskAnswer, AskedAnswer } from '../api/asks.ts'
import { routes } from '../api.ts'
import { Jwk } from '../pairing.ts'
import { type PairedAgent, readAddress } from './agents.ts'
import type { Reply } from './client.ts'
import { commitmentTo, digitsOf, newNonce } from './digits.ts'
import { exchange, type Received, type Wire } from './exchange.ts'
import { parseJson } from './json.ts'
import { isSignedBy, thumbprint } from './proof.ts'
import { refusalOf } from './refusal-of.ts'

/** An ask that waits: all of it may be kept, nothing of it is secret once it was shown. */
export const Asking = z.object({
  address: z.string(),
  id: z.string(),
  agentJwk: Jwk,
  agentName: z.string(),
  /** Our number, and the agent's. */
  nonce: z.string(),
  agentNonce: z.string(),
  digits: z.string(),
  until: z.string(),
})
export type Asking = z.infer<typeof Asking>

/** Our number is bound by its hash before the agent says its own. From its answer on, only this agent's key is believed. */
export async function askToJoin(wire: Wire, ask: { address: string; label: string }): Promise<Reply<Asking>> {
  const address = readAddress(ask.address)
  if (address === null) return { problem: { code: 'agent-unreachable' } }
  const { jwk } = await wire.key()
  const browser = await thumbprint(jwk)
  const nonce = newNonce()
  const body = { jwk, label: ask.label.slice(0, 120), commitment: await commitmentTo(nonce, browser) }
  const received = await send(wire, address, routes.askToJoin.path, body)
  if (received === null) return { problem: { code: 'agent-unreachable' } }
  const refused = refusalOf(received)
  if (refused) return { problem: refused }
  const answer = AskAnswer.safeParse(parseJson(received.text))
  if (!answer.success || !(await isSignedBy(answer.data.agentJwk, received.signature, received)))
    return { problem: { code: 'another-program' } }
  const { id, agentJwk, agentName, nonce: agentNonce, until } = answer.data
  const digits = await digitsOf({ browser, agent: await thumbprint(agentJwk), browserNonce: nonce, agentNonce })
  return { value: { address, id, agentJwk, agentName, nonce, agentNonce, digits, until } }
}

/** Shows our number and asks how it stands; null while nobody has decided. With `wait` that may take some seconds. */
export async function askedToJoin(wire: Wire, asking: Asking, wait: boolean): Promise<Reply<PairedAgent | null>> {
  const { address, id, agentJwk, agentName, nonce } = asking
  const received = await send(wire, address, routes.asked.path.replace('{id}', encodeURIComponent(id)), { nonce, wait })
  if (received === null) return { problem: { code: 'agent-unreachable' } }
  if (!(await isSignedBy(agentJwk, received.signature, received))) return { problem: { code: 'another-program' } }
  const refused = refusalOf(received)
  if (refused) return { problem: refused }
  const answer = AskedAnswer.safeParse(parseJson(received.text))
  if (!answer.success) return { problem: { code: 'agent-too-old' } }
  const { joined } = answer.data
  if (joined === null) return { value: null }
  return { value: { id: await thumbprint(agentJwk), name: agentName, jwk: agentJwk, addresses: [address], person: joined.person } }
}

const send = (wire: Wire, address: string, path: string, body: object): Promise<Received | null> =>
  exchange(wire, new Map(), { method: 'POST', address, path, query: '', body: JSON.stringify(body) }).catch(() => null)
