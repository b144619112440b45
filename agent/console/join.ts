/** How the console's page comes to be a browser the agent knows: by a code, as every browser. What it keeps is public but for its key. */
import * as z from 'zod/mini'
import type { PairedAgent } from '../../shared/agent-link/agents.ts'
import { type Client, createClient, type Reply } from '../../shared/agent-link/client.ts'
import type { Wire } from '../../shared/agent-link/exchange.ts'
import { parseJson } from '../../shared/agent-link/json.ts'
import { type BrowserKey, indexedDbKeys, openKey } from '../../shared/agent-link/key.ts'
import { pair } from '../../shared/agent-link/pairing.ts'
import { Jwk } from '../../shared/pairing.ts'

const keptAs = 'tieback-agent'
const limitMs = 20_000

const Kept = z.object({
  id: z.string(),
  name: z.string(),
  jwk: Jwk,
  addresses: z.array(z.string()),
  person: z.object({ id: z.string(), name: z.string(), role: z.string() }),
})

let key: Promise<BrowserKey> | null = null
const wire: Wire = {
  fetch: (url, init) => fetch(url, init),
  key: () => {
    key ??= openKey(indexedDbKeys(indexedDB))
    return key
  },
  limitMs,
}

/** The agent this page joined before, or null. */
export function joinedBefore(): Client | null {
  const kept = Kept.safeParse(parseJson(localStorage.getItem(keptAs) ?? ''))
  return kept.success ? clientOf(kept.data) : null
}

/** Joins by a code the server shows; `label` is what the list of browsers calls this one. */
export async function join(code: string, label: string): Promise<Reply<Client>> {
  const reply = await pair(wire, { address: location.origin, code, label })
  if ('problem' in reply) return reply
  localStorage.setItem(keptAs, JSON.stringify(reply.value))
  return { value: clientOf(reply.value) }
}

export const forgetAgent = (): void => localStorage.removeItem(keptAs)

/** The page talks to the server it came from, by whichever name that was reached. */
const clientOf = (agent: PairedAgent): Client => createClient({ ...agent, addresses: [location.origin] }, wire)

/** The code of a link `…/console/#join=CODE`; taken out of the address at once, so that it stays in no history. */
export function codeInAddress(): string | null {
  const code = /^#join=(\w{1,20})$/.exec(location.hash)?.[1] ?? null
  if (code !== null) history.replaceState(null, '', location.pathname)
  return code
}
