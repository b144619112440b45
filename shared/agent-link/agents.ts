import type { Jwk } from '../pairing.ts'

/** An agent this browser is paired with: its pinned key, where it may be reached, and who we are to it. Plain data: it is stored. */
export type PairedAgent = {
  /** Thumbprint of its key. */
  id: string
  name: string
  jwk: Jwk
  /** Origins, best first: `https://erp-server:4712`. */
  addresses: string[]
  /** The one that answered last: tried first, also after the background was put away. */
  answered?: string
  person: { id: string; name: string; role: string }
}

const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/
const schemes = ['http:', 'https:']

/**
 * An address as a person types it → an origin, or null when it is none. Without a scheme it is https, on this computer http;
 * plain http to another computer is refused.
 */
export function readAddress(text: string): string | null {
  const plain = text.trim()
  const url = URL.parse(/^\w+:\/\//.test(plain) ? plain : `https://${plain}`)
  if (!url || plain === '' || !schemes.includes(url.protocol) || url.hostname === '') return null
  if (!/^\w+:\/\//.test(plain) && loopback.test(url.hostname)) return `http://${url.host}`
  return url.protocol === 'http:' && !loopback.test(url.hostname) ? null : url.origin
}
