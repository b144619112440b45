import { problem } from '../../shared/problem.ts'
import type { Agent, Caller } from './agent.ts'
import { byOf } from './by.ts'
import type { Handlers } from './call.ts'
import { done, Refusal, refuse } from './refusal.ts'
import { seesPlace } from './sides.ts'

/** Syncs as plans: made, looked at, approved, held and let go. */
export function planHandlers({ plans }: Agent): Pick<Handlers, 'plans' | 'plan' | 'planRows' | 'askPlan' | 'approvePlan' | 'movePlan'> {
  const idOf = (params: Record<string, string>): number => (/^\d{1,15}$/.test(params['id'] ?? '') ? Number(params['id']) : -1)
  return {
    plans: async () => (await plans()).all(),
    plan: async ({ params }) => ({ plan: known((await plans()).one(idOf(params))) }),
    planRows: async ({ params, query: { connection, entity, what, state, after }, caller }) =>
      known(
        (await plans()).rows(
          idOf(params),
          { connection: Number(connection), entity, what, state: state ?? null, after: after ?? 0 },
          seesPlace(caller),
        ),
      ),
    async askPlan({ body, caller }) {
      ofEverything(caller)
      return { plan: String(done(await (await plans()).ask(body, byOf(caller)))) }
    },
    async approvePlan({ params, body: { groups }, caller }) {
      ofEverything(caller)
      return { rows: done(known(await (await plans()).approve(idOf(params), groups, byOf(caller)))) }
    },
    async movePlan({ params, body: { to }, caller }) {
      ofEverything(caller)
      return { plan: String(done(known(await (await plans()).move(idOf(params), to, byOf(caller))))) }
    },
  }
}

/** A plan is of whole connections: whoever sees only some projects cannot answer for it. */
function ofEverything({ scope }: Caller): void {
  if (scope !== null) throw new Refusal(403, problem('plan-scope'))
}

function known<T>(found: T | null): T {
  if (found === null) throw refuse(404, 'no-plan')
  return found
}
