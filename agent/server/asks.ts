/** Browsers that ask to join (shared/PROTOCOL.md, “Asking to join”): what they are told, and what an admin decides. */
import { calculateJwkThumbprint } from 'jose'
import type { Selectable } from 'kysely'
import { commitmentTo, digitsOf, newNonce } from '../../shared/agent-link/digits.ts'
import type { AskShape } from '../../shared/api/asks.ts'
import { problem } from '../../shared/problem.ts'
import type { AskRow } from '../ledger/schema/tables/people.ts'
import type { Agent } from './agent.ts'
import { askLifeMs } from './ask-commands.ts'
import { byOf } from './by.ts'
import type { Handlers } from './call.ts'
import type { ProvenKey } from './guard.ts'
import { requireAnAdmin } from './last-admin.ts'
import { Refusal, refuse } from './refusal.ts'
import { iso } from './says.ts'
import type { Signer } from './sign.ts'

export type AskRoutes = 'askToJoin' | 'asked' | 'asks' | 'approveAsk' | 'refuseAsk'

/** Less than a browser waits for an answer (10 s). */
const waitMs = 8_000

type Row = Selectable<AskRow>

export function askHandlers({ agent, signer }: { agent: Agent; signer: Signer }): Pick<Handlers, AskRoutes> {
  const { raw } = agent.reader
  const byId = raw.prepare('SELECT * FROM asks WHERE id = ?')
  const open = raw.prepare('SELECT * FROM asks WHERE outcome IS NULL AND nonce IS NOT NULL AND expires_at > ? ORDER BY id')
  const person = raw.prepare('SELECT name, role FROM people WHERE id = ?')
  const answered = createAnswered(agent)
  const rowOf = (id: string | undefined): Row | undefined => byId.get(Number(id)) as Row | undefined
  const agentThumbprint = calculateJwkThumbprint({ ...signer.jwk })

  const digits = async ({ thumbprint, agent_nonce }: Row, nonce: string): Promise<string> =>
    digitsOf({ browser: thumbprint, agent: await agentThumbprint, browserNonce: nonce, agentNonce: agent_nonce })

  /** The ask as its own browser may know it: to any other key, or from another origin, there is none. */
  const theirs = (id: string | undefined, proof: ProvenKey, origin: string | undefined): Row => {
    const row = rowOf(id)
    if (row?.thumbprint !== proof.thumbprint || row.origin !== origin) throw over()
    return row
  }

  /** The number they bound themselves to, shown once; any other is refused and changes nothing. */
  async function show(row: Row, nonce: string): Promise<void> {
    if (row.nonce === null && (await commitmentTo(nonce, row.thumbprint)) !== row.commitment) throw refuse(400, 'commitment')
    if (row.nonce !== null && row.nonce !== nonce) throw refuse(400, 'nonce-shown')
    if (row.nonce === null) await agent.write('showAsk', { ask: row.id, nonce, digits: await digits(row, nonce) })
  }

  function outcomeOf({ outcome, expires_at, ...row }: Row) {
    if (outcome === 'refused') throw new Refusal(403, problem('ask-refused'))
    if (outcome === 'approved') {
      const who = person.get(row.person) as { name: string; role: string }
      return { joined: { person: { id: String(row.person), ...who }, key: String(row.key) } }
    }
    if (outcome !== null || expires_at <= agent.now()) throw over()
    return { joined: null }
  }

  /** An ask an admin may still answer, and the digits it shows. */
  async function waiting(id: string | undefined): Promise<{ ask: number; digits: string }> {
    const row = rowOf(id)
    if (!row || row.nonce === null || row.outcome !== null || row.expires_at <= agent.now()) throw over()
    return { ask: row.id, digits: await digits(row, row.nonce) }
  }

  return {
    async askToJoin({ body, origin, address, proof }) {
      if (origin === undefined) throw refuse(403, 'origin')
      if (body.jwk.x !== proof.jwk.x || body.jwk.y !== proof.jwk.y) throw refuse(400, 'jwk')
      const nonce = newNonce()
      const key = { jwk: proof.jwk, thumbprint: proof.thumbprint, origin, label: body.label }
      const made = await agent.write('askToJoin', { ...key, address, commitment: body.commitment, agentNonce: nonce })
      if (made === null) throw new Refusal(429, problem('asks-many'), { 'Retry-After': String(askLifeMs / 1000) })
      return { id: String(made.id), nonce, agentJwk: signer.jwk, agentName: agent.name, until: iso(made.until) }
    },
    async asked({ params, body, proof, origin }) {
      const row = theirs(params['id'], proof, origin)
      await show(row, body.nonce)
      const left = row.expires_at - agent.now()
      if (body.wait && row.outcome === null && left > 0)
        await answered(row.id, Math.min(left, waitMs), () => (rowOf(params['id'])?.outcome ?? null) !== null)
      return outcomeOf(theirs(params['id'], proof, origin))
    },
    asks: () => ({ asks: (open.all(agent.now()) as unknown as Row[]).map(shapeOf) }),
    async approveAsk({ params, body: { scope = null, groups = [], ...who }, caller }) {
      requireAnAdmin(agent.reader, who)
      const given = { ...who, scope, groups: groups.map(Number), by: byOf(caller) }
      const done = await agent.write('approveAsk', { ...(await waiting(params['id'])), ...given })
      if (done === null) throw over()
      return { person: String(done.person), key: String(done.key) }
    },
    async refuseAsk({ params, caller }) {
      const refused = await agent.write('refuseAsk', { ...(await waiting(params['id'])), by: byOf(caller) })
      if (!refused) throw over()
      return { refused }
    },
  }
}

const over = (): Refusal => new Refusal(404, problem('ask-over'))

const shapeOf = (row: Row): AskShape => ({
  ...{ id: String(row.id), label: row.label, origin: row.origin, address: row.address, thumbprint: row.thumbprint },
  ...{ askedAt: iso(row.asked_at), until: iso(row.expires_at), browserNonce: row.nonce ?? '', agentNonce: row.agent_nonce },
})

/** Resolves once an ask was answered, or after a while. Of two calls that wait for the same ask the earlier is answered as it stands. */
function createAnswered({ onEvents }: Agent): (ask: number, ms: number, is: () => boolean) => Promise<void> {
  const ends = new Map<number, () => void>()
  return (ask, ms, is) =>
    new Promise((resolve) => {
      ends.get(ask)?.()
      const end = (): void => {
        clearTimeout(timer)
        stop()
        if (ends.get(ask) === end) ends.delete(ask)
        resolve()
      }
      const timer = setTimeout(end, ms).unref()
      const stop = onEvents((events) => events.some(({ kind }) => kind === 'people-changed') && is() && end())
      ends.set(ask, end)
      if (is()) end()
    })
}
