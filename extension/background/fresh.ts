/** States asked for since the background started, by agent and item; each stands until an event says that it changed. */
import type { StatusItem } from '../../shared/api/status.ts'
import { type Environment, environments } from '../../shared/pages/hosts.ts'

/** An item as a page of this environment means it: sandboxes hold the ids of production. Production has the plain key, as it was stored ever. */
export const keyAt = (environment: Environment, key: string): string => (environment === 'production' ? key : `${environment} ${key}`)

const fresh = new Map<string, Map<string, StatusItem>>()

export function freshOf(agent: string): Map<string, StatusItem> {
  const known = fresh.get(agent) ?? new Map<string, StatusItem>()
  fresh.set(agent, known)
  return known
}

/** What was forgotten while an answer was on its way: it may be from before. */
export type Underway = { agent: string; forgotten: Set<string>; all: boolean }
const underway = new Set<Underway>()

export function setOut(agent: string): Underway {
  const one = { agent, forgotten: new Set<string>(), all: false }
  underway.add(one)
  return one
}

export const arrived = (one: Underway): void => void underway.delete(one)

/** Forgets what is known of some items of an agent, or of all; the remembered copy stays, dated. */
export function forgetStatuses(agent: string, keys: readonly string[] | 'all'): void {
  if (keys === 'all') fresh.get(agent)?.clear()
  else for (const key of keys) for (const of of environments) fresh.get(agent)?.delete(keyAt(of, key))
  for (const one of underway) {
    if (one.agent !== agent) continue
    if (keys === 'all') one.all = true
    else for (const key of keys) one.forgotten.add(key)
  }
}
