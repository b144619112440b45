import type { Agent } from './agent.ts'
import { byOf } from './by.ts'
import type { Handlers } from './call.ts'
import { done, refuse } from './refusal.ts'
import { seesPlace } from './sides.ts'

/** Syncs as plans: made, looked at, approved, held and let go. */
export function planHandlers({ plans }: Agent): Pick<Handlers, 'plans' | 'plan' | 'planRows' | 'askPlan' | 'approvePlan' | 'movePlan'> {
  const idOf = (params: Record<string, string>): number => (/^\d{1,15}$/.test(params['id'] ?? '') ? Number(params['id']) : -1)
  return {
    plans: async () => (await plans()).all(),
    plan: async ({ params, caller }) => ({ plan: known((await plans()).one(idOf(params), caller.scope)) }),
    planRows: async ({ params, query: { connection, entity, what, state, after }, caller }) =>
      known(
        (await plans()).rows(
          idOf(params),
          { connection: Number(connection), entity, what, state: state ?? null, after: after ?? 0 },
          seesPlace(caller),
        ),
      ),
    async askPlan({ body, caller }) {
      return { plan: String(done(await (await plans()).ask(body, byOf(caller)))) }
    },
    async approvePlan({ params, body: { groups }, caller }) {
      return { rows: done(known(await (await plans()).approve(idOf(params), groups, caller.scope, byOf(caller)))) }
    },
    async movePlan({ params, body: { to }, caller }) {
      return { plan: String(done(known(await (await plans()).move(idOf(params), to, byOf(caller))))) }
    },
  }
}

function known<T>(found: T | null): T {
  if (found === null) throw refuse(404, 'no-plan')
  return found
}
