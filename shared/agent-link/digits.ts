/**
 * Six digits two people compare, so that a browser and an agent can trust each other's keys over a way nobody vouches for (PROTOCOL.md,
 * “Asking to join”). Each side makes them of both keys and both numbers; they are never sent. The browser's number is bound by its commitment
 * before it sees the agent's, and shown after: a program in the middle would have to choose its key and number blindly, and is right once in a million.
 */
import { base64url } from 'jose'

/** `browser` and `agent`: thumbprints of their keys (RFC 7638). */
export type Compared = { browser: string; agent: string; browserNonce: string; agentNonce: string }

/** What a browser sends of its number before it knows the agent's; it holds for this key alone. */
export const commitmentTo = async (nonce: string, browser: string): Promise<string> =>
  base64url.encode(await sha256(['tieback ask commitment 1', browser, nonce]))

export async function digitsOf({ browser, agent, browserNonce, agentNonce }: Compared): Promise<string> {
  const bytes = await sha256(['tieback ask digits 1', browser, agent, browserNonce, agentNonce])
  const number = bytes.slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0) // 48 bits: no digits are likelier than others by more than 1 in 10⁸
  return String(number % 1_000_000).padStart(6, '0')
}

/** 32 random bytes, as they are sent. */
export const newNonce = (): string => base64url.encode(crypto.getRandomValues(new Uint8Array(32)))

const encoder = new TextEncoder()

/** None of the parts holds a line end: thumbprints and numbers are base64url. */
const sha256 = async (parts: readonly string[]): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(parts.join('\n'))))
