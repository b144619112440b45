import { readCode } from '../../shared/pairing.ts'
import { problem } from '../../shared/problem.ts'
import type { Agent } from './agent.ts'
import type { Handler } from './call.ts'
import { codeLifeMs, codeTries } from './codes.ts'
import { Refusal, refuse } from './refusal.ts'
import type { Signer } from './sign.ts'

/** `POST /pair`: a live code registers the key that proved itself, for the origin it came from. */
export function pairHandler({ agent, signer }: { agent: Agent; signer: Signer }): Handler<'pair'> {
  const tries = createTries(agent.now)
  return async ({ body, origin, address, proof }) => {
    if (origin === undefined) throw refuse(403, 'origin')
    if (body.jwk.x !== proof.jwk.x || body.jwk.y !== proof.jwk.y) throw refuse(400, 'jwk')
    if (!tries.mayTry(address)) throw new Refusal(429, problem('code-wrong'), { 'Retry-After': String(codeLifeMs / 1000) })
    const code = readCode(body.code)
    const key = { jwk: proof.jwk, thumbprint: proof.thumbprint, origin, label: body.label }
    const joined = code && (await agent.write('join', { code, key }))
    if (!joined) {
      tries.miss(address)
      throw new Refusal(403, problem('code-wrong'))
    }
    const person = { id: String(joined.person), name: joined.name, role: joined.role }
    return { person, key: String(joined.key), agentJwk: signer.jwk, agentName: agent.name }
  }
}

/** Misses per address: five, then that address waits. At most a thousand addresses are remembered, the oldest forgotten. */
function createTries(now: () => number) {
  const misses = new Map<string, { count: number; until: number }>()
  const of = (address: string | null) => {
    const found = misses.get(address ?? '')
    return found && found.until > now() ? found : { count: 0, until: 0 }
  }
  return {
    mayTry: (address: string | null): boolean => of(address).count < codeTries,
    miss(address: string | null): void {
      const oldest = misses.keys().next().value
      if (misses.size >= 1000 && oldest !== undefined) misses.delete(oldest)
      misses.set(address ?? '', { count: of(address).count + 1, until: now() + codeLifeMs })
    },
  }
}
