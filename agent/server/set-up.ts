import type { Agent } from './agent.ts'
import { byOf } from './by.ts'
import type { Handlers } from './call.ts'
import { done, refuse } from './refusal.ts'

/** Connections: what they are set to, their test, and whether they run. */
export function setUpHandlers({
  setUp,
}: Agent): Pick<
  Handlers,
  | 'connectors'
  | 'connections'
  | 'testConnection'
  | 'addConnection'
  | 'changeConnection'
  | 'deletion'
  | 'deleteConnection'
  | 'restoreConnection'
  | 'program'
  | 'agreeToProgram'
  | 'setActive'
> {
  return {
    connectors: async () => ({ connectors: (await setUp()).connectors() }),
    connections: async () => ({ connections: (await setUp()).connections() }),
    testConnection: async ({ body: { id, draft } }) => ({
      steps: done(await (await setUp()).test(draft, id === undefined ? undefined : Number(id))),
    }),
    addConnection: async ({ body: { draft }, caller }) => done(await (await setUp()).add(draft, byOf(caller))),
    changeConnection: async ({ params, body: { draft }, caller }) =>
      done(known(await (await setUp()).change(Number(params['id']), draft, byOf(caller)))),
    deletion: async ({ params }) => known((await setUp()).deletion(Number(params['id']))),
    deleteConnection: async ({ params, caller }) => ({ deleted: await (await setUp()).remove(Number(params['id']), byOf(caller)) }),
    restoreConnection: async ({ params, caller }) => ({ restored: await (await setUp()).restore(Number(params['id']), byOf(caller)) }),
    program: async ({ params }) => ({ program: done(known(await (await setUp()).program(Number(params['id'])))) }),
    agreeToProgram: async ({ params, body: { sha256 }, caller }) =>
      done(known(await (await setUp()).agree(Number(params['id']), sha256, byOf(caller)))),
    setActive: async ({ params, body: { active }, caller }) =>
      done(known(await (await setUp()).setActive(Number(params['id']), active, byOf(caller)))),
  }
}

function known<T>(found: T | null): T {
  if (found === null) throw refuse(404, 'no-connection')
  return found
}
