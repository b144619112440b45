import { ProblemDetails } from '../api/problems.ts'
import { routes } from '../api.ts'
import { PairAnswer, readCode } from '../pairing.ts'
import { type PairedAgent, readAddress } from './agents.ts'
import type { Reply } from './client.ts'
import { exchange, type Received, type Wire } from './exchange.ts'
import { parseJson } from './json.ts'
import { isSignedBy, thumbprint } from './proof.ts'

/** Joins an agent with a code shown at the server, and pins the key it answers with. `label` names this browser in the agent's list. */
export async function pair(wire: Wire, ask: { address: string; code: string; label: string }): Promise<Reply<PairedAgent>> {
  const address = readAddress(ask.address)
  const code = readCode(ask.code)
  if (address === null) return { problem: { code: 'agent-unreachable' } }
  if (code === null) return { problem: { code: 'code-wrong' } }
  const { jwk } = await wire.key()
  const body = JSON.stringify({ code, jwk, label: ask.label.slice(0, 120) })
  const { method, path } = routes.pair
  const received = await exchange(wire, new Map(), { method, address, path, query: '', body }).catch(() => null)
  return received ? paired(address, received) : { problem: { code: 'agent-unreachable' } }
}

/** The first answer brings the key it is signed with; from here on no other will do. */
async function paired(address: string, received: Received): Promise<Reply<PairedAgent>> {
  const json = parseJson(received.text)
  const refused = ProblemDetails.safeParse(json)
  if (refused.success) return { problem: { code: refused.data.code, params: refused.data.params, says: refused.data.title } }
  const answer = PairAnswer.safeParse(json)
  if (!answer.success || !(await isSignedBy(answer.data.agentJwk, received.signature, received)))
    return { problem: { code: 'another-program' } }
  const { agentJwk, agentName, person } = answer.data
  return { value: { id: await thumbprint(agentJwk), name: agentName, jwk: agentJwk, addresses: [address], person } }
}
