import type { QueryOf } from '../../shared/api.ts'
import { mayAct } from '../../shared/pairing.ts'
import { problem } from '../../shared/problem.ts'
import type { Agent, AskEvidence, Caller } from './agent.ts'
import type { Handlers } from './call.ts'
import { Refusal, refuse } from './refusal.ts'
import { createSides } from './sides.ts'

const dayMs = 86_400_000

/**
 * One page of evidence as text: JSON like every answer, so that no page of this server ever runs in a browser. A link is for everyone who sees it;
 * a run and a time tell of everybody's projects and acts, and are for an admin who sees all of them.
 */
export function evidenceHandler(agent: Agent): Handlers['evidence'] {
  const sideOf = createSides(agent)
  const asked = (query: QueryOf<'evidence'>, caller: Caller): AskEvidence => {
    if (query.link !== undefined) return { link: sideOf(query.link, caller) }
    if (!mayAct(caller.role, 'admin') || caller.scope !== null) throw new Refusal(403, problem('role-missing', { role: 'admin' }))
    if (query.run !== undefined) return { run: query.run }
    const [from, to] = [dayOf(query.from), dayOf(query.to)]
    if (from === null || to === null) throw refuse(400, 'which-evidence')
    return { from, to: to + dayMs }
  }
  return async ({ query, caller }) => {
    const html = await agent.evidence(asked(query, caller), query.lang ?? 'en', caller)
    if (html === null) throw refuse(404, 'no-run')
    return { html }
  }
}

/** A day, UTC; null where none was named. */
function dayOf(text: string | undefined): number | null {
  if (text === undefined) return null
  const at = Date.parse(`${text}T00:00:00Z`)
  if (Number.isNaN(at)) throw refuse(400, 'no-day')
  return at
}
