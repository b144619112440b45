import type { PairedAgent } from '../../shared/agent-link/agents.ts'
import { forgetClient } from './agents.ts'
import { forgetStatuses } from './fresh.ts'
import { look } from './live.ts'
import { change } from './storage.ts'
import { tellPages } from './tell.ts'

/** An agent this browser has joined, from here on; known before or not. */
export async function keepAgent(joined: PairedAgent): Promise<void> {
  await change('agents', (all) => [...all.filter(({ id }) => id !== joined.id), joined])
  await refresh(joined.id)
}

/** Starts anew with one agent, in the background and in every page. */
export async function refresh(id: string): Promise<void> {
  forgetClient(id)
  forgetStatuses(id, 'all')
  await look()
  await tellPages(() => ({ news: 'settings' }))
}
