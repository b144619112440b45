import { readCode } from '../../shared/pairing.ts'
import { problem } from '../../shared/problem.ts'
import type { Agent } from './agent.ts'
import type { Handler } from './call.ts'
import { codeLifeMs } from './codes.ts'
import { Refusal, refuse } from './refusal.ts'
import type { Signer } from './sign.ts'
import { createTries } from './tries.ts'

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
