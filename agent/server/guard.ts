/** Before anything else: is the address ours, may this origin call, who proves to call, and may they do this? */
import type { Jwk, Role } from '../../shared/pairing.ts'
import { mayAct } from '../../shared/pairing.ts'
import { problem } from '../../shared/problem.ts'
import type { Caller, Reader } from './agent.ts'
import { createKeys } from './keys.ts'
import type { Nonces } from './nonces.ts'
import { BadProof, createProofCheck, type Proof } from './proof.ts'
import { Refusal, RightRefusal, refuse } from './refusal.ts'

/** What the guard looks at. `url` is scheme, host and path, without query. */
export type Incoming = {
  method: string
  url: string
  host: string | undefined
  origin: string | undefined
  /** Sec-Fetch-Site: what the browser itself says of where a call comes from; scripts cannot set it. */
  site: string | undefined
  proof: string | undefined
  /** Address of the other end; null when there is no socket. */
  address: string | null
}

export type RouteRole = Role | 'anyone' | 'machine'

export type Guard = ReturnType<typeof createGuard>

const extensionOrigin = /^(?:chrome|moz)-extension:\/\/[0-9a-z-]{8,64}$/
const loopback = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/

const isLoopback = (address: string | null): boolean => address !== null && loopback.test(address)

/** `hosts` are the exact Host headers this agent answers to, ports included (`127.0.0.1:4711`). */
export function createGuard({ hosts, reader, nonces }: { hosts: () => ReadonlySet<string>; reader: Reader; nonces: Nonces }) {
  const check = createProofCheck(nonces)
  const keys = createKeys(reader)

  const mayCall = (origin: string, call: Incoming, role: RouteRole): boolean =>
    role !== 'machine' && (keys.isPaired(origin) || (role === 'anyone' && (extensionOrigin.test(origin) || origin === ownOrigin(call))))

  return {
    /** Who has a key, with what they may see now: asked again for sockets that stay open. Null once it may no longer call. */
    callerNow: keys.now,
    /** Refuses names that were pointed at us from outside (DNS rebinding). */
    host({ host }: Incoming): void {
      if (host === undefined || !hosts().has(host.toLowerCase())) throw refuse(421, 'host')
    },
    /** The origin's CORS headers; none without an Origin. Refuses every page that is neither a paired extension nor the agent's own. */
    origin(call: Incoming, role: RouteRole): Record<string, string> {
      const { origin } = call
      if (origin === undefined) return {}
      if (!mayCall(origin, call, role)) throw refuse(403, 'origin')
      return { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': 'DPoP-Nonce, Tieback-Signature', Vary: 'Origin' }
    },
    /** For monitoring beside the agent: loopback only, and never from a web page. */
    machine({ address }: Incoming): void {
      if (!isLoopback(address)) throw refuse(403, 'loopback')
    },
    /** The proof alone, for a browser that is about to join. */
    proof(call: Incoming, bodyHash: string): Promise<Proof> {
      return prove(check, call, bodyHash)
    },
    /** Who calls, proven; key and origin must both be the paired ones. */
    async caller(call: Incoming, role: Role, bodyHash: string): Promise<Caller> {
      const { thumbprint } = await prove(check, call, bodyHash)
      const caller = keys.find(thumbprint)
      if (!caller) throw new Refusal(401, problem('not-paired'))
      requireOrigin(call, caller.origin)
      if (caller.suspended) throw new RightRefusal(problem('person-suspended', { name: caller.name }), caller)
      if (!mayAct(caller.role, role)) throw new RightRefusal(problem('role-missing', { role }), caller)
      return caller
    },
  }
}

async function prove(check: ReturnType<typeof createProofCheck>, call: Incoming, bodyHash: string): Promise<Proof> {
  try {
    return await check(call.proof, { method: call.method, url: call.url, bodyHash })
  } catch (error) {
    if (!(error instanceof BadProof)) throw error
    const says = error.fault === 'nonce' ? 'use_dpop_nonce' : 'invalid_dpop_proof'
    throw refuse(401, error.fault, {}, { 'WWW-Authenticate': `DPoP algs="ES256", error="${says}"` })
  }
}

/** Scheme, host and port the call was made to: the origin of the agent's own pages there. */
const ownOrigin = ({ url }: Incoming): string => new URL(url).origin

/**
 * Calls without an Origin are the command line's, and then come from this computer; or a question of the agent's own page: to its own server a
 * browser names no origin with a GET, but says that it is the same one (Fetch Metadata; browsers send it to TLS and to loopback).
 */
function requireOrigin(call: Incoming, paired: string): void {
  const fromCli = paired === 'cli' && isLoopback(call.address)
  const fromOwnPage = call.method === 'GET' && call.site === 'same-origin' && paired === ownOrigin(call)
  if (call.origin === undefined ? !fromCli && !fromOwnPage : call.origin !== paired) throw refuse(403, 'origin')
}

/** Refuses what lies in a connection that is open to others alone; an act is written down by whoever answers it. */
export function requireOpen(caller: Caller, connection: number): void {
  const name = caller.shut.get(connection)
  if (name !== undefined) throw new RightRefusal(problem('connection-closed', { name }), caller)
}

/** Whether a person may see an item of this project; company-level items belong to everyone. */
export const maySee = (caller: Caller, project: string | null | undefined): boolean =>
  caller.scope === null || project === null || project === undefined || caller.scope.has(project)

/** The public part of the key a proof carries. */
export type ProvenKey = { thumbprint: string; jwk: Jwk }
