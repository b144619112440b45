import type { Agent } from './agent.ts'
import { byOf } from './by.ts'
import type { Handlers } from './call.ts'
import { done, refuse } from './refusal.ts'

/** What is ticked in a connection's mapping, its versions, and the way back. */
export function mappingHandlers({
  mappings,
  columns,
}: Agent): Pick<Handlers, 'mappings' | 'mappingVersion' | 'saveMapping' | 'mappingBack' | 'proposeColumns' | 'saveColumns'> {
  const idOf = (params: Record<string, string>): number => Number(params['id'])
  return {
    proposeColumns: async ({ params, body }) => done(known((await columns()).propose(idOf(params), body), 'no-connection')),
    saveColumns: async ({ params, body, caller }) =>
      done(known(await (await columns()).keep(idOf(params), body, byOf(caller)), 'no-connection')),
    mappings: async ({ params }) => known((await mappings()).of(idOf(params)), 'no-connection'),
    mappingVersion: async ({ params }) => known((await mappings()).version(idOf(params), Number(params['version'])), 'no-version'),
    saveMapping: async ({ params, body, caller }) =>
      done(known(await (await mappings()).save(idOf(params), body, byOf(caller)), 'no-connection')),
    mappingBack: async ({ params, body, caller }) =>
      done(known(await (await mappings()).back(idOf(params), body, byOf(caller)), 'no-version')),
  }
}

function known<T>(found: T | null, lacking: 'no-connection' | 'no-version'): T {
  if (found === null) throw refuse(404, lacking)
  return found
}
