import type { ItemRef } from '../../shared/item.ts'
import type { Agent } from './agent.ts'

/** A place is told again when it was not for so long; on-screen lists are read at most once a minute anyway. */
const againMs = 5000
const atMost = 1000

/** Passes on what is on screens, once per list and project in five seconds instead of once per badge and answer. */
export function createOnScreen({ onScreen, now }: Pick<Agent, 'onScreen' | 'now'>): (items: readonly ItemRef[]) => void {
  const told = new Map<string, number>()
  return (items) => {
    const at = now()
    const fresh: ItemRef[] = []
    for (const ref of items) {
      const place = `${ref.type} ${ref.project ?? ''}`
      if (at - (told.get(place) ?? 0) < againMs) continue
      told.set(place, at)
      fresh.push(ref)
    }
    if (told.size > atMost) told.clear()
    if (fresh.length > 0) onScreen(fresh)
  }
}
