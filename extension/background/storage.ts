/** What outlives the background, which browsers put away after half a minute: agents, settings, event numbers, last known states. */
import browser from 'webextension-polyfill'
import type { PairedAgent } from '../../shared/agent-link/agents.ts'
import type { Asking } from '../../shared/agent-link/asking.ts'
import type { MeAnswer } from '../../shared/api/me.ts'
import type { StatusItem } from '../../shared/api/status.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import type { Connections } from '../bridge/calls.ts'
import { defaults, type Settings } from './settings.ts'

/** States as last told by one agent, bounded; shown hollow and dated while it cannot be reached. */
export type LastKnown = { connections: Connections; items: Record<string, { status: StatusItem; asOf: string }> }
type Missing = { feature: string; anchor: string; kind: string; host: string; at: string }

/** Every name that is stored, and what is there before anything was. */
const empty = {
  agents: [] as PairedAgent[],
  settings: defaults,
  /** The language Procore was last read in; popup and notifications follow it. */
  locale: null as string | null,
  /** Number of the last event handled, by agent. */
  lastEvent: {} as Record<string, number>,
  /** The host Procore was last read on with each agent: where its records open. */
  hosts: {} as Record<string, string>,
  me: {} as Record<string, MeAnswer>,
  /** Our newest ask to join; null where it was granted, given up, or never made. `ended`: why nothing came of it, until we ask again. */
  asking: null as (Asking & { ended?: ToldProblem }) | null,
  lastKnown: {} as Record<string, LastKnown>,
  /** Why an agent could not be asked last; none for one that answered. */
  troubles: {} as Record<string, ToldProblem>,
  /** Anchors that pages did not show; newest per page kind and anchor. */
  missing: {} as Record<string, Missing>,
}
type Stored = typeof empty
export type StoredName = keyof Stored

/** Settings as chosen, over what they are before anybody chose: an older version stored fewer. */
export const readSettings = async (): Promise<Settings> => ({ ...defaults, ...(await read('settings')) })

export async function read<N extends StoredName>(name: N): Promise<Stored[N]> {
  const found: Record<string, unknown> = await browser.storage.local.get(name)
  return (found[name] as Stored[N] | undefined) ?? empty[name]
}

const turns = new Map<StoredName, Promise<void>>()

/** Changes one stored value; changes of one name happen one after the other, so none is lost. */
export function change<N extends StoredName>(name: N, how: (now: Stored[N]) => Stored[N]): Promise<void> {
  const turn = (turns.get(name) ?? Promise.resolve()).then(async () => {
    await browser.storage.local.set({ [name]: how(await read(name)) })
  })
  turns.set(
    name,
    turn.catch(() => undefined), // a failed change is told to who asked for it; the next one still has its turn
  )
  return turn
}

export const without = <T>(table: Record<string, T>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(table).filter(([name]) => name !== key))
