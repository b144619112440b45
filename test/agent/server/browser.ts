/** A browser as the agent meets one: the extension's own half of the protocol, over real HTTP, with an Origin that Node would not send by itself. */
import WebSocketClient from 'ws'
import { type Client, createClient } from '../../../shared/agent-link/client.ts'
import type { Wire } from '../../../shared/agent-link/exchange.ts'
import { openKey } from '../../../shared/agent-link/key.ts'
import { pair } from '../../../shared/agent-link/pairing.ts'
import type { MadeAgent } from './made-agent.ts'

export const extensionOrigin = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop'

export async function makeWire(origin: string | null = extensionOrigin, limitMs = 5000): Promise<Wire> {
  let pairOfKeys: CryptoKeyPair | undefined
  const key = await openKey({
    read: async () => pairOfKeys,
    write: async (made) => {
      pairOfKeys = made
    },
  })
  return {
    key: async () => key,
    limitMs,
    fetch: (url, init) =>
      fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), ...(origin === null ? {} : { Origin: origin }) } }),
  }
}

/** The agent's own page as a browser speaks for it: no Origin with a GET to its own server, but Sec-Fetch-Site. */
export async function ownPageWire(url: string, site = 'same-origin'): Promise<Wire> {
  const plain = await makeWire(null)
  const headersOf = ({ method, headers }: RequestInit) => ({
    ...(headers as Record<string, string>),
    'Sec-Fetch-Site': site,
    ...(method === 'GET' ? {} : { Origin: url }),
  })
  return { ...plain, fetch: (to, init) => fetch(to, { ...init, headers: headersOf(init) }) }
}

/** Pairs and answers the client; throws what pairing said when it was refused. */
export async function pairedClient(address: string, code: string, wire: Wire): Promise<Client> {
  const joined = await pair(wire, { address, code, label: 'Chromium on PC-7' })
  if ('problem' in joined) throw new Error(`pairing was refused: ${JSON.stringify(joined.problem)}`)
  return createClient(joined.value, wire)
}

/** Somebody who came with a code, as an accountant of all projects where nothing else is said. */
export const clientOf = async (made: Pick<MadeAgent, 'url' | 'code'>, ...who: Parameters<MadeAgent['code']>): Promise<Client> =>
  pairedClient(made.url, await made.code(...who), await makeWire())

export const openSocket = (url: string, origin = extensionOrigin): WebSocket => new WebSocketClient(url, { origin }) as unknown as WebSocket

/** The value of an answer; throws the problem where there is one. */
export function told<T>(reply: { value: T } | { problem: { code: string; params?: unknown } }): T {
  if ('problem' in reply) throw new Error(`${reply.problem.code} ${JSON.stringify(reply.problem.params ?? {})}`)
  return reply.value
}

export const codeOf = (reply: { value: unknown } | { problem: { code: string } }): string =>
  'problem' in reply ? reply.problem.code : 'no problem'
